#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Drives and library end and start again in every order, stopped or killed, with a cartridge loaded, one let go, and an
# empty drive: they agree afterwards. With PERSIST everything is also where it was.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
drives="$(drive_unit 0) $(drive_unit 1) $(drive_unit 2)"

# Nodes of stopped units come back under other names.
find_nodes() {
  CHANGER=$(lab-daemon sg "$LIBRARY")
  SG0=$(lab-daemon sg "$(drive_unit 0)") SG1=$(lab-daemon sg "$(drive_unit 1)") SG2=$(lab-daemon sg "$(drive_unit 2)")
  for sg in "$CHANGER" "$SG0" "$SG1" "$SG2"; do test_unit_ready "$sg" >/dev/null 2>&1; done
}
each_drive() { for unit in $drives; do lab-daemon "$1" "$unit" || return; done; }
status() { mtx -f "$CHANGER" status; }
# is_ready DRIVE: at once, with one more try for the unit attention.
is_ready() { local sg=SG$1; test_unit_ready "${!sg}" >/dev/null 2>&1 || test_unit_ready "${!sg}" >/dev/null 2>&1; }

# What the library says of drives, and what the drives say of themselves.
picture() {
  local i list
  list=$(status) || echo 'no status'
  for i in 0 1 2; do
    echo "$i: $(sed -n "s/^Data Transfer Element $i:\(.*\)/\1/p" <<<"$list" | tr -s ' ') $(is_ready $i && echo ready || echo 'not ready')"
  done
  echo "cartridges: $(grep -c ':Full' <<<"$list")"
}

# agree: full and ready, or empty and not ready; one that was let go is full and not ready.
agree() {
  local list i
  list=$(status) || return
  for i in 0 1 2; do
    if grep -q "^Data Transfer Element $i:Full" <<<"$list"; then
      is_ready $i || [ $i = 1 ] || { echo "drive $i is full and not ready"; return 1; }
    else
      ! is_ready $i || { echo "drive $i is empty and ready"; return 1; }
    fi
  done
  [ "$(grep -c ':Full' <<<"$list")" = "$cartridges" ] || { echo "not $cartridges cartridges"; return 1; }
}

set_up() {
  mtx -f "$CHANGER" load 1 0 >/dev/null && mtx -f "$CHANGER" load 2 1 >/dev/null || return
  is_ready 1
  sg_raw "$SG1" 1b 00 00 00 00 00 >/dev/null 2>&1
}

round() { # round HOW ORDER
  local how=$1
  case $2 in
    drives) each_drive "$how" && each_drive start ;;
    library) lab-daemon "$how" "$LIBRARY" && lab-daemon start "$LIBRARY" ;;
    'both, drives first') lab-daemon "$how" "$LIBRARY" && each_drive "$how" && each_drive start && lab-daemon start "$LIBRARY" ;;
    'both, the library first') each_drive "$how" && lab-daemon "$how" "$LIBRARY" && lab-daemon start "$LIBRARY" && each_drive start ;;
  esac
}

set_persist() {
  sed -i "s/^ PERSIST: .*/ PERSIST: $1/" /etc/mhvtl/device.conf
  lab-daemon stop "$LIBRARY" && lab-daemon start "$LIBRARY"
  find_nodes
}

set_persist yes
cartridges=$(status | grep -c ':Full')
ok 'a drive with a cartridge, one that let it go, an empty one' set_up
before=$(picture)
like 'that is how it is' "$before" '0: Full.*E01001L8 +ready'
for how in stop kill; do
  # One after the other: drives, then the library; the library, then drives (with the next way to end).
  for order in drives library 'both, drives first' 'both, the library first'; do
    round $how "$order" >"$scratch/round" 2>&1
    report $? "$how $order: all start again" "$scratch/round"
    find_nodes
    for _ in 1 2 3 4 5 6; do [ "$(picture)" = "$before" ] && break; sleep 0.5; done
    is "$how $order: everything is where it was" "$(picture)" "$before"
  done
done

# Without PERSIST the library starts from library_contents, and drives that went on keep what they hold.
set_persist no
like 'without PERSIST: what a drive holds is found there' "$(picture)" '0: Full.*E01001L8 +ready'
for order in 'both, drives first' 'both, the library first' library; do
  round kill "$order" >"$scratch/round" 2>&1
  find_nodes
  for _ in 1 2 3 4 5 6; do agree >"$scratch/agree" 2>&1 && break; sleep 0.5; done
  agree >"$scratch/agree" 2>&1
  report $? "without PERSIST, $order: they agree" "$scratch/agree"
done
ok 'and a load works' reload 1 0
finish
