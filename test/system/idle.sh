#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Idle daemons make no system calls.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# Times any thread of a process was scheduled.
switches() { cat /proc/"$1"/task/*/status | awk '/ctxt_switches/ { sum += $2 } END { print sum }'; }

# System calls in a trace, but for those of its first second: attaching interrupts the calls that wait.
calls() {
  awk '!start { start = $2 } $2 > start + 1 && !/\+\+\+|---|<detached/ { print }' "$1"
}

mtx -f "$CHANGER" load 1 0 >/dev/null
# Buffers that were used go back to the system within two seconds, what starting took within seven.
sleep 10
for unit in "$LIBRARY" "$(drive_unit 0)" "$(drive_unit 1)"; do
  pid=$(lab-daemon pid "$unit")
  before=$(switches "$pid")
  sleep 5
  is "unit $unit is not woken in five seconds" "$(switches "$pid")" "$before"
  timeout 6 strace -f -ttt -o "$scratch/trace" -p "$pid" >/dev/null 2>&1
  ok "unit $unit was traced" test -s "$scratch/trace"
  is "unit $unit makes no system call in five seconds" "$(calls "$scratch/trace")" ''
done
finish
