#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Encryption as stenc sees it, logical block protection and drive commands by sg_raw. Runs in the lab.
. "$(dirname "$0")/tap.sh"
N=$TAPE0

raw() { sg_raw "$SG0" "$@" 2>&1; }
# Files of the store that hold the text.
in_clear() { grep -rlF 'plain text that nobody must see' /opt/mhvtl | wc -l; }
read_back() { dd if="$N" of="$scratch/back" bs=64K count=100 status=none; }

yes 'plain text that nobody must see' | dd of="$scratch/data" bs=64K count=20 iflag=fullblock status=none
od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$scratch/key"
od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$scratch/other"

ok 'the robot loads slot 1' mtx -f "$CHANGER" load 1 0
mt -f "$N" setblk 0
like 'stenc shows the drive, encryption off' "$(stenc -f "$SG0" 2>&1)" 'off|disabled'
ok 'stenc sets a key' stenc -f "$SG0" -e on -k "$scratch/key" -a 1
like 'and says so' "$(stenc -f "$SG0" --detail 2>&1)" 'on'
ok 'encrypted blocks are written' dd if="$scratch/data" of="$N" bs=64K status=none
is 'nothing of them can be seen in the store' "$(in_clear)" 0
mt -f "$N" rewind
ok 'and read with the key' read_back
ok 'every byte of them' cmp "$scratch/data" "$scratch/back"
mt -f "$N" rewind
ok 'stenc sets another key' stenc -f "$SG0" -e on -k "$scratch/other" -a 1
fails 'which reads nothing' 'Input/output error|error' read_back
ok 'stenc turns encryption off' stenc -f "$SG0" -e off -a 1
fails 'without a key nothing is read either' 'Input/output error|error' read_back
like 'the sense says UNABLE TO DECRYPT' "$(raw -r 65536 08 00 01 00 00 00)" 'decrypt|74'
ok 'clear blocks are written over them' dd if="$scratch/data" of="$N" bs=64K status=none
mt -f "$N" rewind
ok 'and read back' read_back
ok 'every byte of them' cmp "$scratch/data" "$scratch/back"

mt -f "$N" offline
is 'in the store they can be seen' "$(in_clear)" 1
ok 'mt load' mt -f "$N" load

like 'SECURITY PROTOCOL IN: random numbers' "$(raw -r 64 a2 20 00 30 00 00 00 00 00 40 00 00)" 'Received 36 bytes'
like 'REPORT DENSITY SUPPORT' "$(raw -r 512 44 00 00 00 00 00 00 02 00 00)" 'U-832'
like 'by medium type' "$(raw -r 512 44 02 00 00 00 00 00 02 00 00)" 'U-832'
like 'of the medium' "$(raw -r 512 44 01 00 00 00 00 00 02 00 00)" 'U-'
like 'READ MEDIA SERIAL NUMBER' "$(raw -r 64 ab 01 00 00 00 00 00 00 00 40 00 00)" 'E0100'
mt -f "$N" rewind
ok 'VERIFY of one filemark' sg_raw "$SG0" 13 08 00 00 01 00
like 'passes twenty blocks and the mark' "$(mt -f "$N" tell)" '21'
like 'READ END OF WRAP POSITION' "$(raw -r 512 a3 1f 45 02 00 00 00 00 02 00 00 00)" 'Received'
ok 'the robot fetches the cartridge' sh -c "mt -f $N offline; mtx -f $CHANGER unload 1 0"
finish
