#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups with tar through st, while the drive's daemon, the library's, or both are killed at random points, also while
# the cartridge is taken out. After every round all that was acknowledged reads back, and the tape is written on from
# there; every eighth round everything is read, and the tape is overwritten from its beginning.
# usage: kill-matrix.sh [ROUNDS [SEED]]
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
rounds=${1:-8}
seed=${2:-$RANDOM}
pool=$scratch/pool database=$scratch/database
. "$(dirname "$0")/backups.sh"
drive=$(drive_unit 0)
RANDOM=$seed
echo "# seed $seed"

# A tenth of a second to more than two.
random_while() { sleep "$((RANDOM % 2)).$((RANDOM % 90 + 10))"; }

kill_and_start() { # kill_and_start UNIT...
  local unit
  for unit; do lab-daemon kill "$unit" || return; done
  for unit; do lab-daemon start "$unit" || return; done
}

unload_and_kill() {
  mtx -f "$CHANGER" unload 1 0 &
  sleep "0.$((RANDOM % 40 + 10))"
  kill_and_start "$drive" "$LIBRARY"
  wait $!
  true
}

# The tape again, with its cartridge; a drive that starts anew takes a unit attention or two.
tape_is_back() {
  find_nodes
  drive_loaded 0 || drive_loaded 0 || mtx -f "$CHANGER" load 1 0
  ready 0 && mt -f "$TAPE0" status >/dev/null 2>&1 || mt -f "$TAPE0" status >/dev/null
}
find_nodes() { TAPE0=$(lab-daemon tape "$drive") SG0=$(lab-daemon sg "$drive") CHANGER=$(lab-daemon sg "$LIBRARY"); }

round() { # round NUMBER
  local writer
  go_on "$TAPE0" || return
  back_up "$TAPE0" & writer=$!
  random_while
  case $(($1 % 4)) in
    0) kill_and_start "$drive" ;;
    1) kill_and_start "$drive" "$LIBRARY" ;;
    2) kill_and_start "$LIBRARY" && random_while && kill_and_start "$drive" ;;
    3) unload_and_kill ;;
  esac || return
  wait $writer
  tape_is_back && verify "$TAPE0" "$(first_to_verify "$1")" || return
  [ $(($1 % 8)) != 7 ] || overwrite
}

make_pool
# Without PERSIST a library that is killed together with its drive takes the cartridge to be in its slot.
sed -i 's/^ PERSIST: .*/ PERSIST: yes/' /etc/mhvtl/device.conf
lab-daemon stop "$LIBRARY" && lab-daemon start "$LIBRARY"
find_nodes
mtx -f "$CHANGER" load 1 0 >/dev/null
ready 0
good=0
for ((i = 0; i < rounds; i++)); do
  if round $i >"$scratch/round" 2>&1; then good=$((good + 1)); else
    echo "# round $i, after $SECONDS s:"
    { cat "$scratch/round"; mtx -f "$CHANGER" status | head -n 8; lab-daemon log "$drive" | tail -n 12; lab-daemon log "$LIBRARY" | tail -n 12; } |
      diagnose
    tape_is_back >/dev/null 2>&1
  fi
done
echo "# $SECONDS s"
is "after each of $rounds kills all acknowledged backups read back" "$good" "$rounds"
ok "there were backups: $(ever_acknowledged)" test "$(ever_acknowledged)" -ge $((rounds / 2))
ok 'those of the last rounds, from the first' verify "$TAPE0" 0
ok 'the library knows where the cartridge is' drive_loaded 0
finish
