# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by system tests: unit numbers of the shipped configuration, and questions about drives.
LIBRARY=10
drive_unit() { echo $((11 + $1)); }

# ready DRIVE: ready within ten seconds.
ready() {
  local sg=SG$1 i
  for i in $(seq 100); do
    sg_turs "${!sg}" >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}

drive_loaded() { mtx -f "$CHANGER" status | grep -q "^Data Transfer Element $1:Full"; }

# truthful SLOT DRIVE: the cartridge is in one of the two, and the drive is ready exactly when it holds it.
truthful() {
  local sg=SG$2
  if drive_loaded "$2"; then sg_turs "${!sg}"; else
    mtx -f "$CHANGER" status | grep -q "^ *Storage Element $1:Full" && ! sg_turs "${!sg}"
  fi
}

# reload SLOT DRIVE: in the drive now, whether it was there or not.
reload() { drive_loaded "$2" || mtx -f "$CHANGER" load "$1" "$2"; ready "$2"; }
