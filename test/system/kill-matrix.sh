#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups with tar through st, while the drive's daemon, the library's, or both are killed at random points. After every
# round all that was acknowledged reads back, and the tape is written on from there.
# usage: kill-matrix.sh [ROUNDS [SEED]]
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
rounds=${1:-9}
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

# The tape again, with its cartridge; a drive that starts anew takes a unit attention or two.
tape_is_back() {
  find_nodes && ready 0 && mt -f "$TAPE0" status >/dev/null 2>&1 || mt -f "$TAPE0" status >/dev/null
}
find_nodes() { TAPE0=$(lab-daemon tape "$drive") SG0=$(lab-daemon sg "$drive") CHANGER=$(lab-daemon sg "$LIBRARY"); }

round() { # round NUMBER
  local first writer
  go_on "$TAPE0" || return
  back_up "$TAPE0" & writer=$!
  random_while
  case $(($1 % 3)) in
    0) kill_and_start "$drive" ;;
    1) kill_and_start "$drive" "$LIBRARY" ;;
    2) kill_and_start "$LIBRARY" && random_while && kill_and_start "$drive" ;;
  esac || return
  wait $writer
  tape_is_back || return
  # All of it now and then; else what is new.
  [ $(($1 % 8)) = 7 ] && first=0 || first=$(($(acknowledged) - 4))
  verify "$TAPE0" $((first > 0 ? first : 0))
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
    diagnose <"$scratch/round"
  fi
done
is "after each of $rounds kills all acknowledged backups read back" "$good" "$rounds"
ok "there were backups: $(acknowledged)" test "$(acknowledged)" -ge "$rounds"
ok 'all of them, from the first' verify "$TAPE0" 0
ok 'the library knows where the cartridge is' drive_loaded 0
finish
