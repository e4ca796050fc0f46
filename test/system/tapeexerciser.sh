#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# tapeexerciser against the library's drives, with a tape and without. Runs in the lab with the shipped configuration.
. "$(dirname "$0")/tap.sh"

tapeexerciser -f "$TAPE0" >"$scratch/out" 2>&1
is 'an empty drive: status 255' $? 255
ok 'the robot loads slot 1' mtx -f "$CHANGER" load 1 0
ok 'every step is right' tapeexerciser -f "$TAPE0"
like 'and said so' "$(tapeexerciser -f "$TAPE0" | tail -1)" '^PASS: [0-9]+ steps$'
like 'in JSON, too' "$(tapeexerciser -f "$TAPE0" --json)" '"failed":0,"outcomes":\['
mt -f "$TAPE0" rewind
is 'the first block is the pattern' "$(dd if="$TAPE0" bs=64K count=1 status=none | wc -c)" 8192
ok 'the robot unloads' mtx -f "$CHANGER" unload 1 0
edit_tape -m E01001L8 -w on >/dev/null
ok 'the write-protected tape is loaded' mtx -f "$CHANGER" load 1 0
tapeexerciser -f "$TAPE0" >"$scratch/out" 2>&1
is 'a write-protected tape cannot be opened: status 255' $? 255
finish
