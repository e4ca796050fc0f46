#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The library as mtx and the ch driver see it. Runs in the lab with the shipped configuration.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
M="mtx -f $CHANGER"

in_slot() { $M status | sed -n "s/^ *Storage Element $1:Full :VolumeTag=\([^ ]*\) *$/\1/p"; }
in_drive() { $M status | sed -n "s/^Data Transfer Element $1:Full (Storage Element [0-9]* Loaded):VolumeTag = \([^ ]*\) *$/\1/p"; }

status=$($M status)
like '4 drives' "$status" 'Storage Changer .*:4 Drives'
is 'the first status and the second are the same' "$($M status)" "$status"
is 'slot 1 holds its cartridge' "$(in_slot 1)" E01001L8
like 'INQUIRY' "$($M inquiry | tr -d '\n')" "Vendor ID: 'STK +'Product ID: 'L700 "
ok 'inventory' $M inventory
ok 'load slot 1 into drive 0' $M load 1 0
is 'the drive holds it' "$(in_drive 0)" E01001L8
is 'the slot is empty' "$(in_slot 1)" ''
ok 'the drive is ready' ready 0
fails 'loading an empty slot is refused' 'Empty' $M load 1 1
fails 'loading a full drive is refused' 'Full' $M load 2 0
fails 'the same by plain SCSI: destination full' 'destination element full' \
  sg_raw -v "$CHANGER" a5 00 00 01 03 e9 01 f4 00 00 00 00
fails 'source empty' 'source element empty' sg_raw -v "$CHANGER" a5 00 00 01 03 e8 01 f5 00 00 00 00
fails 'no such element' '[Ii]nvalid element address' sg_raw -v "$CHANGER" a5 00 00 01 0f ff 01 f5 00 00 00 00
ok 'unload to another slot' $M unload 21 0
is 'which holds it now' "$(in_slot 21)" E01001L8
ok 'transfer back' $M transfer 21 1
is 'home again' "$(in_slot 1)" E01001L8
fails 'transfer into a full slot is refused' 'Full' $M transfer 1 2
fails 'transfer from an empty slot is refused' 'Empty' $M transfer 21 22
ok 'load into drive 1' $M load 2 1
ok 'drive 0 and drive 1 at once' $M load 1 0
ok 'both drives hold tapes' test "$(in_drive 0)$(in_drive 1)" = E01001L8E01002L8
ok "unload drive 0" $M unload 1 0
ok 'unload drive 1' $M unload 2 1
ok 'EXCHANGE MEDIUM of two slots' sg_raw "$CHANGER" a6 00 00 01 03 e8 03 e9 03 e8 00 00
is 'slot 1 holds the other one' "$(in_slot 1)" E01002L8
is 'slot 2 the first' "$(in_slot 2)" E01001L8
ok 'POSITION TO ELEMENT' sg_raw "$CHANGER" 2b 00 00 01 03 e8 00 00 00 00
ok 'loads again after mt offline' $M load 3 0
ok 'offline' mt -f "$TAPE0" offline
ok 'fetched' $M unload 3 0
fails 'a cartridge of the wrong generation is refused' 'Sense Key=|MOVE MEDIUM' $M load 30 0
is 'and stays in its slot' "$(in_slot 30)" F01030L6
is 'the drive is empty' "$(in_drive 0)" ''
for round in 1 2 3 4 5 6 7 8 9 10; do
  $M load 5 0 >"$scratch/out" 2>&1 && ready 0 >>"$scratch/out" 2>&1 &&
    $M unload 5 0 >>"$scratch/out" 2>&1 || break
done
report $? 'ten rounds of load and unload' "$scratch/out"
finish
