#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: rounds.sh [ROUNDS]: two changers load and unload eight drives, both at once, without an error.
. "$(dirname "$0")/tap.sh"
rounds=${1:-100}

# work LIBRARY DRIVES: a round loads a cartridge into one of the first DRIVES, moves it to the next every fifth time,
# and unloads it to its slot.
work() {
  local changer i drive slot drives=$2
  changer=$(lab-daemon sg "$1")
  for ((i = 0; i < rounds; i++)); do
    drive=$((i % drives)) slot=$((i % 16 + 1))
    mtx -f "$changer" load $slot $drive || { echo "round $i: load $slot $drive"; return 1; }
    if [ $((i % 5)) = 4 ]; then
      sg_raw "$changer" a5 00 00 01 01 "$(printf %02x $((0xf4 + drive)))" 01 "$(printf %02x $((0xf4 + (drive + 1) % drives)))" \
        00 00 00 00 || { echo "round $i: from drive $drive to the next"; return 1; }
      drive=$(((drive + 1) % drives))
    fi
    mtx -f "$changer" unload $slot $drive || { echo "round $i: unload $slot $drive"; return 1; }
  done
}

before=$(mtx -f "$(lab-daemon sg 10)" status; mtx -f "$(lab-daemon sg 30)" status)
# Slots 1 to 16 hold LTO-8, which drives 3 and 4 of the first library do not take.
work 10 2 >"$scratch/10" 2>&1 & first=$!
work 30 4 >"$scratch/30" 2>&1 & second=$!
wait $first
report $? "$rounds rounds of the first changer" <(tail -5 "$scratch/10")
wait $second
report $? "$rounds rounds of the second changer" <(tail -5 "$scratch/30")
is 'everything is where it was' "$(mtx -f "$(lab-daemon sg 10)" status; mtx -f "$(lab-daemon sg 30)" status)" "$before"
echo "# $((2 * rounds)) rounds in $SECONDS seconds"
finish
