#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The four drives of the documentation, each with a cartridge of its own. Runs in the lab with configs/doc.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# slot_of SUFFIX: the first storage element with such a barcode
slot_of() { mtx -f "$CHANGER" status | sed -n "s/^ *Storage Element \([0-9]*\):Full :VolumeTag=[^ ]*$1 *$/\1/p" | head -1; }

# drive NUMBER PRODUCT SUFFIX DENSITY: its whole life with one cartridge
drive() {
  local tape=TAPE$1 sg=SG$1 slot
  slot=$(slot_of "$3")
  like "$2: identity" "$(sg_inq "${!sg}" | tr -d '\n')" "$2 .*XYZZY_A$(($1 + 1))"
  ok "$2: loads ${3} from slot $slot" mtx -f "$CHANGER" load "$slot" "$1"
  ok "$2: ready" ready "$1"
  like "$2: density $4" "$(mt -f "${!tape}" status)" "Density code 0x$4"
  dd if=/dev/urandom of="$scratch/data" bs=64K count=20 iflag=fullblock status=none
  ok "$2: writes" dd if="$scratch/data" of="${!tape}" bs=64K status=none
  mt -f "${!tape}" rewind
  dd if="${!tape}" of="$scratch/back" bs=64K status=none
  ok "$2: reads back" cmp "$scratch/data" "$scratch/back"
  ok "$2: unloads" mtx -f "$CHANGER" unload "$slot" "$1"
}

drive 0 SDX-900V X4 33
drive 1 SDLT600 S3 4a
drive 2 ULT3580-TD3 L3 44
drive 3 ULT3580-TD8 L8 5e
fails 'an LTO-8 cartridge does not go into an LTO-3 drive' 'Incompatible|MOVE MEDIUM|Illegal' \
  mtx -f "$CHANGER" load "$(slot_of L8)" 2
fails 'nor an AIT cartridge into an SDLT drive' 'Incompatible|MOVE MEDIUM|Illegal' \
  mtx -f "$CHANGER" load "$(slot_of X4)" 1
finish
