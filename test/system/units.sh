# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by system tests: unit numbers of the shipped configuration, and questions about drives.
LIBRARY=10
drive_unit() { echo $((11 + $1)); }

# test_unit_ready NODE: answers GOOD. (sg_turs of sg3-utils 1.46 succeeds when the transport fails.)
test_unit_ready() { sg_raw "$1" 00 00 00 00 00 00; }

# ready DRIVE: ready within ten seconds.
ready() {
  local sg=SG$1 i
  for i in $(seq 100); do
    test_unit_ready "${!sg}" >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  test_unit_ready "${!sg}"
}

drive_loaded() { mtx -f "$CHANGER" status | grep -q "^Data Transfer Element $1:Full"; }

# truthful SLOT DRIVE: the cartridge is in one of the two, and the drive is ready exactly when it holds it.
truthful() {
  local sg=SG$2
  if drive_loaded "$2"; then test_unit_ready "${!sg}"; else
    mtx -f "$CHANGER" status | grep -q "^ *Storage Element $1:Full" && ! test_unit_ready "${!sg}"
  fi
}

# reload SLOT DRIVE: in the drive now, whether it was there or not.
reload() { drive_loaded "$2" || mtx -f "$CHANGER" load "$1" "$2"; ready "$2"; }
