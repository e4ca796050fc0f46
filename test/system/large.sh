#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A library of 10,000 slots, 64 drive places and 240 mail slots, as mtx and plain SCSI see it.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
contents=/etc/mhvtl/library_contents.10

milliseconds() { # milliseconds COMMAND...: how long it took
  local before=${EPOCHREALTIME/./}
  "$@" >"$scratch/timed" 2>&1 || return
  echo $(((${EPOCHREALTIME/./} - before) / 1000))
}

{
  echo 'Picker 1:'
  for n in $(seq 64); do echo "Drive $n:"; done
  for n in $(seq 240); do echo "MAP $n:"; done
  grep -E '^Slot [0-9]:' "$contents"
  for n in $(seq 10 10000); do printf 'Slot %d: X%05dL8\n' "$n" "$n"; done
} >"$contents.new"
mv "$contents.new" "$contents"
kill -HUP "$(lab-daemon pid "$LIBRARY")"
for _ in $(seq 50); do mtx -f "$CHANGER" status >"$scratch/status" 2>&1; grep -q '64 Drives' "$scratch/status" && break; sleep 0.2; done
like 'read again while it runs' "$(head -1 "$scratch/status")" '64 Drives, 10240 Slots \( 240 Import/Export \)'
is 'every slot is shown' "$(grep -c '^ *Storage Element [0-9]*' "$scratch/status")" 10240
like 'the last one too' "$(grep 'Element 10000:' "$scratch/status")" 'X10000L8'
took=$(milliseconds sg_raw -r 700000 "$CHANGER" b8 10 00 00 ff ff 01 0a ae 60 00 00)
first=$(sed -n 's/.*Received \([0-9]*\) bytes.*/\1/p' "$scratch/timed" | head -1)
is 'READ ELEMENT STATUS of everything: one picker, 240 + 64 + 10000 others' "$first" $((8 + 4 * 8 + 10241 * 52 + 64 * 86))
took=$(milliseconds sg_raw -r 700000 "$CHANGER" b8 10 00 00 ff ff 01 0a ae 60 00 00)
echo "# READ ELEMENT STATUS of 10,305 elements, with the start of sg_raw and its printing: $took ms"
# The command alone: its data are 560 KB.
took=$(perl -I "$(dirname "$0")" -MTime::HiRes=time -Msg -e '
  my $changer = sg->open(shift);
  my @took = map { my $before = time; $changer->command("b8 10 0000 ffff 01 0aae60 00 00", 700000); time - $before } 1 .. 9;
  printf "%d", 1000 * (sort { $a <=> $b } @took)[4];' "$CHANGER")
echo "# READ ELEMENT STATUS of 10,305 elements: $took ms, the median of nine"
ok 'it takes milliseconds' test "$took" -lt 100
ok 'loads' mtx -f "$CHANGER" load 1 0
ok 'unloads into the last but one, which is emptied first' mtx -f "$CHANGER" transfer 9999 10001
ok 'and there' mtx -f "$CHANGER" unload 9999 0
like 'it is there' "$(mtx -f "$CHANGER" status | grep 'Element 9999:')" 'E01001L8'
lab-daemon stop "$LIBRARY"
took=$(milliseconds lab-daemon start "$LIBRARY")
echo "# start of the library until its devices are served: $took ms"
ok 'it starts within ten seconds' test "$took" -lt 10000
finish
