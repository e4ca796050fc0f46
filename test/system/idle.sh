#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Idle daemons make no system calls.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# Times any thread of a process was scheduled.
switches() { cat /proc/"$1"/task/*/status | awk '/ctxt_switches/ { sum += $2 } END { print sum }'; }

mtx -f "$CHANGER" load 1 0 >/dev/null
sleep 5
for unit in "$LIBRARY" "$(drive_unit 0)" "$(drive_unit 1)"; do
  pid=$(lab-daemon pid "$unit")
  before=$(switches "$pid")
  sleep 5
  is "unit $unit is not woken in five seconds" "$(switches "$pid")" "$before"
  timeout 8 strace -f -o "$scratch/trace" -p "$pid" >/dev/null 2>&1
  is "unit $unit makes no system call in eight seconds" \
    "$(grep -Evc 'resumed|unfinished|restart_syscall|\+\+\+|---|<detached' "$scratch/trace")" 0
done
finish
