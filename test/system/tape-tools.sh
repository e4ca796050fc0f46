#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The tape tools beside a running library, on the same cartridges as its drives. Runs in the lab with the shipped
# configuration.
. "$(dirname "$0")/tap.sh"

tapeexerciser -f "$TAPE0" >"$scratch/out" 2>&1
is 'tapeexerciser: an empty drive is status 255' $? 255
ok 'the robot loads slot 1' mtx -f "$CHANGER" load 1 0
ok 'tapeexerciser: every step is right' tapeexerciser -f "$TAPE0"
like 'and in JSON' "$(tapeexerciser -f "$TAPE0" --json)" '"failed":0,"outcomes":\['
mt -f "$TAPE0" rewind
is 'the first block is the pattern' "$(dd if="$TAPE0" bs=64K count=1 status=none | wc -c)" 8192

fails 'edit_tape refuses a cartridge in a drive' 'in use by vtltape@11 \(process [0-9]+\)' edit_tape -m E01001L8 -s 1000
fails 'mhvtl-fsck does not mend one either' 'in use by vtltape@11' mhvtl-fsck --repair E01001L8
is 'but looks at it' "$(mhvtl-fsck E01001L8 2>/dev/null)" 'E01001L8: whole'

fails 'a second drive does not take it either' 'E01001L8 is in use by vtltape@11 \(process [0-9]+\)' \
  vtlcmd 12 load E01001L8
like 'the log says so, and what to do' "$(lab-daemon log 12)" \
  'cannot load E01001L8: .*in use by vtltape@11 .*unload it there first: vtlcmd 11 unload'
like 'dump_tape looks at it and says who has it' "$(dump_tape -m E01001L8 2>&1)" 'in use by vtltape@11'
ok 'a drive is loaded behind the back of the library' vtlcmd 12 load E01002L8
fails 'the library cannot have the cartridge' 'Additional Sense Code = 53' mtx -f "$CHANGER" load 2 2
like 'and says who knows' "$(lab-daemon log 10)" 'E01002L8 is open elsewhere. The log of vtltape@13 says who has it'
ok 'unloaded there' vtlcmd 12 unload
ok 'it can be had' mtx -f "$CHANGER" load 2 1
ok 'and goes back' mtx -f "$CHANGER" unload 2 1

mkdir "$scratch/tree"
cp /bin/tar "$scratch/tree/"
seq 100000 >"$scratch/tree/numbers"
mt -f "$TAPE0" rewind
ok 'tar writes' tar -C "$scratch" -cf "$TAPE0" tree
ok 'a second file' dd if="$scratch/tree/numbers" of="$TAPE0" bs=10K status=none
ok 'the robot unloads' mtx -f "$CHANGER" unload 1 0

is 'mhvtl-fsck finds nothing' "$(mhvtl-fsck E01001L8)" 'E01001L8: whole'
like 'dump_tape: two filemarks' "$(dump_tape -m E01001L8)" 'Total num of filemarks: 2'
ok 'dump_tape writes the files out' dump_tape -m E01001L8 --extract "$scratch/files"
ok 'the first is the archive' tar -C "$scratch" -df "$scratch/files/p0-file00000"
ok 'the second what dd wrote' cmp "$scratch/tree/numbers" "$scratch/files/p0-file00001"

ok 'preload_tape writes files' preload_tape -m E01002L8 -F "$scratch/files/p0-file00000" "$scratch/tree/numbers" -b 10240 -c LZO
ok 'the robot loads slot 2' mtx -f "$CHANGER" load 2 0
mt -f "$TAPE0" setblk 0
ok 'tar reads the first' tar -C "$scratch" -df "$TAPE0"
mt -f "$TAPE0" rewind
mt -f "$TAPE0" fsf 1
dd if="$TAPE0" of="$scratch/back" bs=10K status=none
ok 'dd the second' cmp "$scratch/tree/numbers" "$scratch/back"
ok 'the robot unloads it' mtx -f "$CHANGER" unload 2 0

ok 'edit_tape sets the write-protect switch' edit_tape -m E01001L8 -w on
ok 'the robot loads it' mtx -f "$CHANGER" load 1 0
like 'st says so' "$(mt -f "$TAPE0" status)" 'WR_PROT'
finish
