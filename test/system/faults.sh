#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Daemons that stop, die and come back: errors, never a hang, never a false success, nobody else disturbed.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# Drive 2 takes LTO-6.
for pair in "1 0" "2 1" "30 2"; do ok "load ${pair% *} into drive ${pair#* }" mtx -f "$CHANGER" load $pair; done

# Two drives write while a third's daemon stands still.
kill -STOP "$(lab-daemon pid "$(drive_unit 2)")"
timeout 60 sg_raw -t 60 "$SG2" 00 00 00 00 00 00 >/dev/null 2>&1 & hanging=$!
started=$SECONDS
dd if=/dev/zero of="$TAPE0" bs=256K count=400 status=none & first=$!
dd if=/dev/zero of="$TAPE1" bs=256K count=400 status=none & second=$!
wait $first; report $? 'drive 0 writes 100 MiB beside a stopped drive'
wait $second; report $? 'drive 1 too'
ok 'and both are done before the stopped drive is given up' test $((SECONDS - started)) -lt 45
kill -CONT "$(lab-daemon pid "$(drive_unit 2)")"
wait $hanging
ok 'the stopped drive goes on afterwards' ready 2

# A command that times out is never GOOD, and the unit goes on.
kill -STOP "$(lab-daemon pid "$(drive_unit 2)")"
fails 'a command without an answer ends as an error' '.' sg_raw -t 2 "$SG2" 00 00 00 00 00 00
kill -CONT "$(lab-daemon pid "$(drive_unit 2)")"
sleep 1
ok 'the drive answers again' ready 2

# A load into a drive whose daemon stands still.
mtx -f "$CHANGER" unload 30 2 >/dev/null
kill -STOP "$(lab-daemon pid "$(drive_unit 2)")"
fails 'a load into a drive that does not answer fails' '.' timeout 100 mtx -f "$CHANGER" load 30 2
kill -CONT "$(lab-daemon pid "$(drive_unit 2)")"
sleep 1
ok 'the cartridge stayed in its slot or is where the library says' truthful 30 2
ok 'and the drive can be loaded afterwards' reload 30 2

# Killed in the middle of writing.
mt -f "$TAPE0" rewind
dd if=/dev/zero of="$TAPE0" bs=64K count=100000 >"$scratch/dd" 2>&1 & writer=$!
sleep 1
started=$SECONDS
lab-daemon kill "$(drive_unit 0)"
wait $writer
is 'the writer gets an error' $? 1
like 'an I/O error' "$(cat "$scratch/dd")" 'Input/output error|No such device|Device or resource busy|No medium'
ok 'at once, not by a timeout' test $((SECONDS - started)) -lt 10
fails 'the drive is gone for now' 'DID_NO_CONNECT' test_unit_ready "$SG0"
ok 'the daemon starts again' lab-daemon start "$(drive_unit 0)"
ok 'under the same device nodes' test -c "$TAPE0" -a -c "$SG0"
like 'the first thing it says is POWER ON OCCURRED' \
  "$(sg_raw -v "$SG0" 00 00 00 00 00 00 2>&1)" '[Pp]ower on'
ok 'it holds its cartridge again' ready 0
ok 'what was written before reads back' \
  sh -c "mt -f $TAPE0 rewind; dd if=$TAPE0 of=/dev/null bs=64K count=100"
ok 'and it writes on' sh -c "mt -f $TAPE0 rewind; dd if=/dev/zero of=$TAPE0 bs=64K count=10"
ok 'the library unloads it' mtx -f "$CHANGER" unload 1 0

# The library's daemon dies with tapes in drives.
ok 'the library is killed' lab-daemon kill "$LIBRARY"
fails 'moves fail at once' '.' timeout 20 mtx -f "$CHANGER" status
ok 'it starts again' lab-daemon start "$LIBRARY"
ok 'and answers' mtx -f "$CHANGER" status
finish
