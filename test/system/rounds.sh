#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: rounds.sh [ROUNDS]: two changers load and unload eight drives, both at once and each in so many rounds, without
# an error.
. "$(dirname "$0")/tap.sh"
rounds=${1:-500}
here=$(dirname "$0")

# Every drive takes what lies in the first slots; the shipped library has two that do not.
sed -i 's/ULT3580-TD6/ULT3580-TD8/' /etc/mhvtl/device.conf
for drive in 13 14; do lab-daemon stop $drive && lab-daemon start $drive; done

node() { lab-daemon sg "$1"; }
status() { mtx -f "$(node 10)" status; mtx -f "$(node 30)" status; }
# shellcheck disable=SC2046 # words, not text
work() { perl "$here/rounds.pl" "$rounds" "$(node "$1")" $(for drive in 1 2 3 4; do node $(($1 + drive)); done); }

before=$(status)
work 10 >"$scratch/10" 2>&1 & first=$!
work 30 >"$scratch/30" 2>&1 & second=$!
wait $first
report $? "$rounds rounds of the first changer, four drives" "$scratch/10"
wait $second
report $? "$rounds rounds of the second changer, four drives" "$scratch/30"
cat "$scratch/10" "$scratch/30"
is 'everything is where it was' "$(status)" "$before"
for unit in 10 30; do
  ok "library $unit has logged no error" sh -c "! lab-daemon log $unit | grep -E ' error: |was not moved'"
done
echo "# $((2 * rounds)) rounds in $SECONDS seconds"
finish
