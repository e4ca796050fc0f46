#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What mkltfs and ltfs send to a drive, through the kernel by sg_raw: partitions, labels, coherency attributes, append-only
# mode, mounting again. The order and the bytes of the commands follow the source of LTFS (libltfs/tape.c, sg_tape.c).
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# The first LTO-8 drive of the shipped configuration.
drive=0
for sg in "$SG0" "$SG1" "$SG2" "$SG3"; do
  ! sg_inq "$sg" | grep -q TD8 || break
  drive=$((drive + 1))
done
slot=$(mtx -f "$CHANGER" status | sed -n 's/^ *Storage Element \([0-9]*\):Full :VolumeTag=[^ ]*L8 *$/\1/p' | head -1)

raw() { sg_raw "$sg" "$@"; }
# out FILE CDB...: with the file as data-out
out() {
  local file=$1
  shift
  sg_raw -s "$(stat -c %s "$file")" -i "$file" "$sg" "$@"
}
# in_ LENGTH CDB...: data-in as hex, without blanks
in_() {
  local length=$1
  shift
  sg_raw -r "$length" -o "$scratch/in" "$sg" "$@" >/dev/null 2>&1
  od -An -v -tx1 "$scratch/in" | tr -d ' \n'
}
bytes() { printf "$(printf '%s' "$*" | sed 's/ //g; s/../\\x&/g')"; } # bytes HEX...
hex() { printf '%0*x' "$2" "$1"; }                                   # hex NUMBER DIGITS

locate() { raw 92 02 00 "0$1" 00 00 00 00 00 00 00 "$(hex "$2" 2)" 00 00 00 00; }
block() { # block FILE: WRITE(6) in variable mode
  local length
  length=$(hex "$(stat -c %s "$1")" 6)
  out "$1" 0a 00 "${length:0:2}" "${length:2:2}" "${length:4:2}" 00
}
filemark() { raw 10 00 00 00 01 00; }
position() { # partition, block, file of READ POSITION, long form
  local data
  data=$(in_ 32 34 06 00 00 00 00 00 00 00 00)
  echo $((0x${data:8:8})) $((0x${data:16:16})) $((0x${data:32:16}))
}
change_reference() { in_ 32 8c 00 00 00 00 00 00 00 00 09 00 00 00 20 00 00 | cut -c19-26; }

# attribute PARTITION ID FORMAT FILE: WRITE ATTRIBUTE of one
attribute() {
  local length
  length=$(stat -c %s "$4")
  { bytes "$(hex $((length + 5)) 8)$2$3$(hex "$length" 4)"; cat "$4"; } >"$scratch/list"
  out "$scratch/list" 8d 00 00 00 00 00 00 "0$1" 00 00 00 00 00 "$(hex $((length + 9)) 2)" 00 00
}
text_attribute() { # text_attribute ID FORMAT LENGTH TEXT
  printf "%-$3s" "$4" >"$scratch/text"
  attribute 0 "$1" "$2" "$scratch/text"
}
# coherency PARTITION GENERATION BLOCK: attribute 080Ch
coherency() {
  {
    bytes "0800000000$(change_reference)00000000$(hex "$2" 8)00000000$(hex "$3" 8)00" | head -c 25
    bytes 002b
    printf 'LTFS\0''6f0e0cd2-9f2c-4b8e-9b7c-0e8e3c3c8f11\0\1'
  } >"$scratch/coherency"
  attribute "$1" 080c 00 "$scratch/coherency"
}
read_coherency() { # generation and block
  local data
  data=$(in_ 128 8c 00 00 00 00 00 00 "0$1" 08 0c 00 00 00 80 00 00)
  data=${data:18}
  echo $((0x${data:18:16})) $((0x${data:34:16}))
}
# labels PARTITION: what mkltfs writes to each
labels() {
  locate "$1" 0 && block "$scratch/vol1" && filemark && block "$scratch/label" && filemark &&
    block "$scratch/index1" && filemark && coherency "$1" 1 4
}

ok 'the cartridge is loaded' mtx -f "$CHANGER" load "$slot" "$drive"
ok 'and ready' ready "$drive"
printf '%-80s' 'VOL1ABC123L             LTFS' >"$scratch/vol1"
for name in label index1 index2; do printf '%-4096s' "<$name>" >"$scratch/$name"; done
head -c 524288 /dev/urandom >"$scratch/file"

ok 'PREVENT' raw 1e 00 00 00 01 00
ok 'REWIND by LOAD' raw 1b 00 00 00 01 00
# Header, block descriptor of variable blocks, Medium Partition page: IDP, units of 10^9 bytes, one and the rest.
bytes 0000001000000008 0000000000000000 110e03013c030900 0001ffff00000000 >"$scratch/select"
ok 'MODE SELECT: two partitions' out "$scratch/select" 55 10 00 00 00 00 00 00 20 00
ok 'FORMAT MEDIUM' raw 04 00 01 00 00 00
ok 'labels and an index in partition 1' labels 1
ok 'and in partition 0' labels 0
is 'where the drive stands' "$(position)" '0 6 3'
ok 'who wrote it' text_attribute 0800 01 8 IBM
ok 'with what' text_attribute 0801 01 32 'IBM LTFS'
ok 'which version' text_attribute 0802 01 8 2.4.8.4
ok 'barcode' text_attribute 0806 01 32 ABC123L8
ok 'format' text_attribute 080b 01 16 2.4.0
bytes 81 >"$scratch/utf8"
ok 'text localization' attribute 0 0805 00 "$scratch/utf8"
like 'sg_read_attr shows them' "$(sg_read_attr "$sg" 2>&1 | tr '\n' ' ')" 'IBM LTFS.*2\.4\.8\.4.*ABC123L8'

ok 'to the end of partition 1' raw 92 02 00 01 00 00 00 00 00 00 00 06 00 00 00 00
ok 'a file' block "$scratch/file"
ok 'filemark' filemark
ok 'the second index' block "$scratch/index2"
ok 'filemark' filemark
ok 'coherency of partition 1' coherency 1 2 8
ok 'over the index of partition 0' locate 0 4
ok 'the second index' block "$scratch/index2"
ok 'filemark' filemark
ok 'coherency of partition 0' coherency 0 2 4
reference=$(change_reference)
ok 'ALLOW' raw 1e 00 00 00 00 00
ok 'the tape is unloaded' raw 1b 00 00 00 00 00

ok 'and loaded again' raw 1b 00 00 00 01 00
raw 00 00 00 00 00 00 >/dev/null 2>&1
is 'mounting changed nothing' "$(change_reference)" "$reference"
is 'coherency of partition 0' "$(read_coherency 0)" '2 4'
is 'of partition 1' "$(read_coherency 1)" '2 8'
ok 'to the index of partition 0' locate 0 4
sg_raw -r 4096 -o "$scratch/back" "$sg" 08 02 00 10 00 00 >/dev/null 2>&1
ok 'it is the second one' cmp "$scratch/index2" "$scratch/back"
ok 'to the file' locate 1 6
sg_raw -r 524288 -o "$scratch/back" "$sg" 08 02 08 00 00 00 >/dev/null 2>&1
ok 'every byte of it' cmp "$scratch/file" "$scratch/back"

# Append-only mode: header, block descriptor, Device Configuration Extension page with WRITE MODE 1.
bytes 0000001000000008 0000000000000000 5001001c 0012000000000000 >"$scratch/append"
head -c 20 /dev/zero >>"$scratch/append"
ok 'MODE SELECT: append only' out "$scratch/append" 55 10 00 00 00 00 00 00 30 00
ok 'to an old block' locate 1 4
fails 'which is not overwritten' '[Dd]ata [Pp]rotect' block "$scratch/vol1"
ok 'ALLOW OVERWRITE of that block' raw 82 00 01 01 00 00 00 00 00 00 00 04 00 00 00 00
ok 'then it is' block "$scratch/index2"
finish
