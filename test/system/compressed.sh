#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every compression through st with a daemon killed in the middle of writing, and a cartridge of an old release. Runs in
# the lab with the shipped configuration.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
unit=$(drive_unit 0)

# Text, noise and zeros in turn.
seq 200000 >"$scratch/text"
for piece in 1 2 3 4; do
  cat "$scratch/text"
  head -c 1500000 /dev/urandom
  head -c 500000 /dev/zero
done >"$scratch/data"

# killed_while_writing TYPE: what was before the filemark is there, the drive goes on.
killed_while_writing() {
  ok "$1: the drive takes it" vtlcmd "$unit" compression "$1"
  mt -f "$TAPE0" rewind
  ok "$1: a file and a filemark" dd if="$scratch/data" of="$TAPE0" bs=64K status=none
  dd if=/dev/urandom of="$TAPE0" bs=64K count=100000 status=none 2>/dev/null & writer=$!
  sleep 0.5
  lab-daemon kill "$unit" >/dev/null
  wait $writer
  fails "$1: the writer hears of the death of the daemon" '^[1-9]' sh -c "echo $?; exit 1"
  lab-daemon start "$unit" >/dev/null
  ok "$1: the drive holds its cartridge again" ready 0
  mt -f "$TAPE0" rewind
  dd if="$TAPE0" of="$scratch/back" bs=64K status=none 2>/dev/null
  ok "$1: every byte before the filemark" cmp "$scratch/data" "$scratch/back"
  mt -f "$TAPE0" eod 2>/dev/null
  ok "$1: and it is written on" dd if="$scratch/text" of="$TAPE0" bs=64K status=none
}

ok 'the robot loads slot 1' mtx -f "$CHANGER" load 1 0
mt -f "$TAPE0" setblk 0
for type in lzo zlib lz4 zstd none; do killed_while_writing $type; done
ok 'unloaded' mtx -f "$CHANGER" unload 1 0
is 'mhvtl-fsck finds the cartridge whole' "$(mhvtl-fsck E01001L8)" 'E01001L8: whole'

# Format 3, as releases up to 1.7 wrote it: block, block, filemark, block, filemark.
cp -r test/fixtures/media/F01030L6 /opt/mhvtl/OLD001L6
chown -R --reference=/opt/mhvtl /opt/mhvtl/OLD001L6
ok 'a cartridge in format 3 is loaded' vtlcmd "$(drive_unit 2)" load OLD001L6
ok 'the drive is ready' ready 2
mt -f "$TAPE2" setblk 0
is 'its first block' "$(dd if="$TAPE2" bs=128K count=1 status=none)" 'the first block of an old tape'
is 'its second one' "$(dd if="$TAPE2" bs=128K count=1 status=none | wc -c)" 70000
mt -f "$TAPE2" rewind
mt -f "$TAPE2" fsf 1
is 'the block after the filemark' "$(dd if="$TAPE2" bs=128K count=1 status=none)" 'after the filemark'
ok 'reading changed nothing' test -f /opt/mhvtl/OLD001L6/data -a ! -e /opt/mhvtl/OLD001L6/data.0
mt -f "$TAPE2" eod
ok 'it is written to' dd if="$scratch/text" of="$TAPE2" bs=64K status=none
ok 'which makes it one of today' test -f /opt/mhvtl/OLD001L6/data.0
ok 'and keeps the old memory' test -f /opt/mhvtl/OLD001L6/format-3.saved/meta
mt -f "$TAPE2" rewind
is 'what was there is there' "$(dd if="$TAPE2" bs=128K count=1 status=none)" 'the first block of an old tape'
finish
