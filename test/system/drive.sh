#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A tape drive as st, mt, dd and tar see it. Runs in the lab with the shipped configuration.
. "$(dirname "$0")/tap.sh"
N=$TAPE0
export TAPE=$N

number() { mt -f "$N" tell | sed 's/[^0-9]//g'; }
file_and_block() { mt -f "$N" status | sed -n 's/^File number=\(-*[0-9]*\), block number=\(-*[0-9]*\),.*/\1 \2/p'; }
# write_read SIZE COUNT: random blocks come back byte for byte.
write_read() {
  dd if=/dev/urandom of="$scratch/data" bs="$1" count="$2" iflag=fullblock status=none &&
    mt -f "$N" rewind &&
    dd if="$scratch/data" of="$N" bs="$1" status=none &&
    mt -f "$N" rewind &&
    dd if="$N" of="$scratch/back" bs="$1" status=none &&
    cmp "$scratch/data" "$scratch/back"
}

like 'an empty drive has a status, not an I/O error' "$(mt -f "$N" status 2>&1)" 'DR_OPEN|No medium'
ok 'the robot loads slot 1' mtx -f "$CHANGER" load 1 0
like 'the tape stands at its beginning' "$(mt -f "$N" status)" 'BOT'
ok 'TEST UNIT READY answers GOOD' sg_turs "$SG0"
ok 'variable blocks' mt -f "$N" setblk 0

for size in 512 64K 1M 8M; do
  case $size in 512) count=64 ;; 64K | 1M) count=16 ;; *) count=3 ;; esac
  ok "$count blocks of $size write and read back" write_read "$size" "$count"
done
dd if=/dev/urandom of="$scratch/odd" bs=8388607 count=1 iflag=fullblock status=none
mt -f "$N" rewind
ok 'a block of 8 MiB - 1 writes' dd if="$scratch/odd" of="$N" bs=8388607 status=none
mt -f "$N" rewind
dd if="$N" of="$scratch/back" bs=8388607 count=1 status=none
ok 'and reads back' cmp "$scratch/odd" "$scratch/back"
mt -f "$N" rewind
fails 'more than the 8 MiB an LTO drive takes is refused' 'Invalid argument' \
  dd if=/dev/zero of="$N" bs=8388609 count=1 status=none

mt -f "$N" rewind
for i in 1 2 3; do
  dd if=/dev/zero bs=1K count=5 status=none | dd of="$N" bs=1K status=none
done
is 'three files of five blocks end at object 18' "$(number)" 18
ok 'bsf goes back over a filemark' mt -f "$N" bsf 1
is 'to stand before it' "$(number)" 17
ok 'rewind' mt -f "$N" rewind
ok 'fsf 1' mt -f "$N" fsf 1
is 'stands after the first mark' "$(number)" 6
is 'which st calls file 1, block 0' "$(file_and_block)" '1 0'
ok 'fsr 3' mt -f "$N" fsr 3
is 'three blocks on' "$(number)" 9
ok 'bsr 2' mt -f "$N" bsr 2
is 'two back' "$(number)" 7
fails 'fsr over a filemark is an error' 'Input/output error' mt -f "$N" fsr 10
ok 'eod' mt -f "$N" eod
is 'end of data' "$(number)" 18
ok 'seek 4' mt -f "$N" seek 4
is 'tell 4' "$(number)" 4
fails 'seek past the end of data is an error' 'Input/output error' mt -f "$N" seek 1000
fails 'fsf past the end of data is an error' 'Input/output error' mt -f "$N" fsf 9
ok 'eod again' mt -f "$N" eod
ok 'weof 2' mt -f "$N" weof 2
is 'two marks more' "$(number)" 20
ok 'bsfm 1' mt -f "$N" bsfm 1
ok 'rewind' mt -f "$N" rewind
fails 'bsf at the beginning is an error' 'Input/output error' mt -f "$N" bsf 1

ok 'fixed blocks of 512' mt -f "$N" setblk 512
mt -f "$N" rewind
dd if=/dev/urandom of="$scratch/fixed" bs=512 count=1000 status=none
ok '1000 fixed blocks, 100 in a command' dd if="$scratch/fixed" of="$N" bs=51200 status=none
is 'are 1000 objects and a filemark' "$(number)" 1001
mt -f "$N" rewind
ok 'read in other portions' dd if="$N" of="$scratch/back" bs=10240 status=none
ok 'each block comes back as its own' cmp "$scratch/fixed" "$scratch/back"
mt -f "$N" setblk 0
mt -f "$N" rewind
dd if="$N" of="$scratch/back" bs=64K count=1000 status=none
is 'in variable mode each is a block of 512' "$(stat -c %s "$scratch/back")" 512000
ok 'the same bytes' cmp "$scratch/fixed" "$scratch/back"
mt -f "$N" rewind
fails 'a shorter buffer than the block is an error' 'Cannot allocate memory|Input/output error' \
  dd if="$N" of=/dev/null bs=100 count=1

cp -r /usr/share/common-licenses "$scratch/tree"
mt -f "$N" rewind
ok 'tar writes' tar -C "$scratch" -cf "$N" tree
mt -f "$N" rewind
mkdir "$scratch/restored"
ok 'tar restores' tar -C "$scratch/restored" -xf "$N"
ok 'every byte of it' diff -r "$scratch/tree" "$scratch/restored/tree"
mt -f "$N" rewind
ok 'mt erase' mt -f "$N" erase
is 'leaves nothing' "$(number)" 0
ok 'mt offline' mt -f "$N" offline
like 'the drive is open now' "$(mt -f "$N" status 2>&1)" 'DR_OPEN|No medium'
fails 'TEST UNIT READY says so' 'not ready' sg_turs -v "$SG0"
ok 'mt load threads it again' mt -f "$N" load
like 'at the beginning' "$(mt -f "$N" status)" 'BOT'
ok 'the robot fetches it' mtx -f "$CHANGER" unload 1 0

like 'INQUIRY' "$(sg_inq "$SG0")" 'ULT3580-TD8'
like 'VPD 80h' "$(sg_vpd -p sn "$SG0")" 'XYZZY_A1'
like 'VPD 83h' "$(sg_vpd -p di "$SG0")" '0x50223344ab000100'
ok 'REPORT SUPPORTED OPERATION CODES' sg_opcodes "$SG0"
ok 'MODE SENSE of all pages' sg_modes -a "$SG0"
ok 'LOG SENSE' sg_logs "$SG0"
finish
