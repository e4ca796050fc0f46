#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fifty rounds of stop and start under I/O. The lab fails if the kernel log has a warning.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
rounds=${1:-50}

mtx -f "$CHANGER" load 1 0 >/dev/null
mtx -f "$CHANGER" load 2 1 >/dev/null
while :; do sg_raw "$SG1" 00 00 00 00 00 00 >/dev/null 2>&1; dd if=/dev/zero of="$TAPE1" bs=64K count=50 >/dev/null 2>&1; done & other=$!
good=0
for round in $(seq "$rounds"); do
  dd if=/dev/zero of="$TAPE0" bs=64K count=100000 >/dev/null 2>&1 & writer=$!
  case $((round % 3)) in
    0) lab-daemon stop "$(drive_unit 0)" ;;
    *) lab-daemon kill "$(drive_unit 0)" ;;
  esac
  wait $writer
  lab-daemon start "$(drive_unit 0)" || { echo "# round $round: no start"; continue; }
  # A stopped drive's devices were removed; they come back under names of their own.
  SG0=$(lab-daemon sg "$(drive_unit 0)") TAPE0=$(lab-daemon tape "$(drive_unit 0)")
  ready 0 && good=$((good + 1)) || echo "# round $round: not ready"
done
kill $other
is 'after every round the drive was there, with its cartridge' "$good" "$rounds"
ok 'and the library still knows everything' mtx -f "$CHANGER" status
finish
