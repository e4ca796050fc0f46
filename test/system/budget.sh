#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What commands may cost a drive's daemon: its system calls, counted, with a budget for each kind of command. Time says
# nothing on a machine that others use. A change that needs more has to raise the number here, where everybody sees it.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
repo=$(cd "$(dirname "$0")/../.." && pwd -P)
for program in "$repo/test/bench/load.c" "$repo/test/port/sgio.c"; do
  gcc -O2 -o "$scratch/$(basename "$program" .c)" "$program"
done
pid=$(lab-daemon pid "$(drive_unit 0)")

# The kernel interface's own part, then everything, in hundredths of a call for one command.
counted() { # counted COMMANDS COMMAND...
  local tracer
  strace -f -c -o "$scratch/counts" -p "$pid" 2>"$scratch/strace" >/dev/null &
  tracer=$!
  until grep -q attached "$scratch/strace"; do sleep 0.1; done
  "${@:2}" >"$scratch/out" 2>&1 || cat "$scratch/out" >&2
  kill -INT "$tracer"
  wait "$tracer"
  ioctls=$(awk -v n="$1" '$NF == "ioctl" { printf "%d", $4 * 100 / n }' "$scratch/counts")
  calls=$(awk -v n="$1" '$1 ~ /^[0-9.]+$/ && $NF != "total" { sum += $4 } END { printf "%d", sum * 100 / n }' "$scratch/counts")
}

# within NAME IOCTLS CALLS COMMANDS COMMAND...: no more than that many, in hundredths of a call.
within() {
  counted "${@:4}"
  ok "$1: at most $2 hundredths of an EXCHANGE a command, and it is $ioctls" test "${ioctls:-9999}" -le "$2"
  ok "$1: at most $3 hundredths of a system call a command, and it is $calls" test "${calls:-9999}" -le "$3"
  sed 's/^/# /' "$scratch/counts" | head -n 9
}

# What a drive without a cartridge keeps of its own, when it has given back what starting took.
other=$(lab-daemon pid "$(drive_unit 1)")
sleep 8
anonymous=$(awk '/^RssAnon:/ { print $2 }' "/proc/$other/status")
ok "an idle drive: at most 13000 kB of its own, and it is $anonymous" test "$anonymous" -le 13000

load=$scratch/load
commands=500
drive_loaded 0 || mtx -f "$CHANGER" load 1 0 >/dev/null
ready 0
"$load" stream write 65536 500 random "$TAPE0" >/dev/null
within 'TEST UNIT READY' 130 350 $commands "$scratch/sgio" "$SG0" time $commands 0 none 0 000000000000
within 'INQUIRY' 140 420 $commands "$scratch/sgio" "$SG0" time $commands 0 in 96 120000006000
within 'WRITE of 512 bytes' 130 400 $commands "$load" stream write 512 $commands random "$TAPE0"
within 'READ of 512 bytes' 130 400 $commands "$load" stream read 512 $commands random "$TAPE0"
within 'WRITE of 64 KiB' 140 600 $commands "$load" stream write 65536 $commands random "$TAPE0"
within 'READ of 64 KiB' 140 600 $commands "$load" stream read 65536 $commands random "$TAPE0"
finish
