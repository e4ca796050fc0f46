#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One drive seen through two pseudo HBAs: what each initiator does, the other learns as SPC says. Runs with hosts=2.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

mapfile -t paths < <(lsscsi -g | awk '/ULT3580-TD8/ { print $NF, $(NF - 1) }')
is 'each TD8 drive has two paths' "${#paths[@]}" 4
read -r a tape_a <<<"${paths[0]}"
read -r b tape_b <<<"${paths[2]}"

in_() { sg_persist --in "$@" 2>&1; }                # in_ OPTION... DEVICE
out_() { sg_persist --out --no-inquiry "$@"; }      # out_ OPTION... DEVICE
# told DEVICE: what a command that nothing else hinders is told, the sense in words
told() { sg_raw -v "$1" 00 00 00 00 00 00 2>&1; }
heard() { told "$a" >/dev/null; told "$a" >/dev/null; told "$b" >/dev/null; told "$b" >/dev/null; }

mtx -f "$CHANGER" load 1 0 >/dev/null
heard
like 'nobody is registered' "$(in_ -k "$a")" 'NO registered reservation keys'
like 'capabilities' "$(in_ -c "$a" | tr -d '\n')" 'Compatible Reservation Handling.*: 1.*Persist Through Power Loss Capable.*: 1'
ok 'one registers' out_ --register --param-sark=0xa "$a"
fails 'with a key that is there no second time' '[Rr]eservation conflict' out_ --register --param-sark=0xa "$a"
ok 'the other registers' out_ --register --param-sark=0xb "$b"
like 'both keys' "$(in_ -k "$b" | tr '\n' ' ')" '2 registered reservation keys .*0xa .*0xb'
ok 'the first reserves' out_ --reserve --param-rk=0xa --prout-type=6 "$a"
like 'and is shown' "$(in_ -r "$b" | tr '\n' ' ')" 'Key=0xa .*Exclusive Access, registrants only'
full=$(in_ -s "$b" | tr '\n' ' ')
like 'full status: who and where' "$full" '306d6876746c0000.*306d6876746c0001'
like 'full status: one holds it' "$full" 'Reservation holder.*not reservation holder'

ok 'a registered one writes' dd if=/dev/zero of="$tape_b" bs=64k count=3 status=none
ok 'then unregisters' out_ --register --param-rk=0xb --param-sark=0 "$b"
fails 'and cannot write any more' 'error' dd if=/dev/zero of="$tape_b" bs=64k count=1 status=none
fails 'nor read' '[Rr]eservation conflict' sg_raw -v -r 64k "$b" 08 00 01 00 00 00
ok 'but may ask INQUIRY' sg_inq "$b"
ok 'TEST UNIT READY' sg_raw "$b" 00 00 00 00 00 00
ok 'and LOG SENSE' sg_logs -p 0 "$b"
ok 'the holder writes' dd if=/dev/zero of="$tape_a" bs=64k count=3 status=none

ok 'the other registers again, ignoring' out_ --register-ignore --param-sark=0xb "$b"
ok 'and preempts' out_ --preempt --param-rk=0xb --param-sark=0xa --prout-type=1 "$b"
like 'the first is told' "$(told "$a")" '[Rr]egistrations preempted'
ok 'once' sg_raw "$a" 00 00 00 00 00 00
like 'one key is left' "$(in_ -k "$a" | tr '\n' ' ')" '1 registered reservation key .*0xb'
fails 'the first cannot write' 'error' dd if=/dev/zero of="$tape_a" bs=64k count=1 status=none
ok 'Write Exclusive lets it read' sg_raw "$a" 01 00 00 00 00 00

ok 'moved to the first' out_ --register-move --param-rk=0xb --param-sark=0xc --relative-target-port=1 \
  --transport-id=sas,306d6876746c0000 "$b"
like 'who has it now' "$(in_ -r "$b")" 'Key=0xc'
ok 'the first clears' out_ --clear --param-rk=0xc "$a"
like 'the other is told' "$(told "$b")" '[Rr]eservations preempted'

ok 'registered for good' out_ --register --param-sark=0xd --param-aptpl "$a"
ok 'reserved for good' out_ --reserve --param-rk=0xd --prout-type=3 "$a"
lab-daemon kill "$(drive_unit 0)"
ok 'the daemon is started anew' lab-daemon start "$(drive_unit 0)"
heard
fails 'the other still conflicts' '[Rr]eservation conflict' sg_raw -v -r 64k "$b" 08 00 01 00 00 00
like 'the holder is the same' "$(in_ -r "$b" | tr '\n' ' ')" 'Key=0xd .*Exclusive Access'
ok 'and may let go' out_ --release --param-rk=0xd --prout-type=3 "$a"
ok 'for ever' out_ --clear --param-rk=0xd "$a"

heard
ok 'the timestamp is set' sg_timestamp --milliseconds=1700000000000 "$a"
like 'the other is told' "$(told "$b")" '[Tt]imestamp changed'
ok 'the timestamp is shown' sg_timestamp "$b"
ok 'a name is set' sg_raw -s 4 -i <(printf tape) "$a" a4 06 00 00 00 00 00 00 00 04 00 00
like 'the other is told' "$(told "$b")" '[Dd]evice identifier changed'
like 'the name is shown' "$(sg_ident --ascii "$b" 2>&1)" tape
printf '\x00\x00\x10\x00\x0f\x0e\x40\x80\x00\x00\x00\x10\x00\x00\x00\x10\x00\x00\x00\x00' >"$scratch/select"
heard
ok 'compression is turned off by one' sg_raw -s 20 -i "$scratch/select" "$a" 15 10 00 00 14 00
like 'the other is told' "$(told "$b")" '[Mm]ode parameters changed'
ok 'who did it is not' sg_raw "$a" 00 00 00 00 00 00
od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$scratch/key"
ok 'one sets a key for all' stenc -f "$a" -e on -k "$scratch/key" -a 1
like 'the other is told' "$(told "$b")" '[Dd]ata encryption parameters changed'
ok 'and takes it away' stenc -f "$a" -e off -a 1
heard
mtx -f "$CHANGER" unload 1 0 >/dev/null
mtx -f "$CHANGER" load 1 0 >/dev/null
like 'a cartridge that was changed is told to one' "$(told "$a")" 'medium may have changed'
like 'and to the other' "$(told "$b")" 'medium may have changed'
sg_reset -d "$a" >/dev/null 2>&1
like 'a reset by one is told the other' "$(told "$b")" 'reset'
told "$a" >/dev/null

for tool in 'sg_opcodes' 'sg_opcodes -t' 'sg_opcodes -t -R' 'sg_senddiag -t' 'sg_senddiag -l' 'sg_rtpg -d' 'sg_rtpg -e' \
  'sg_read_buffer --mode=desc --length=4' 'sg_read_buffer --mode=data --length=512' 'sg_ident --itype=127'; do
  ok "$tool" $tool "$a"
done
like 'sg_read_attr' "$(sg_read_attr "$a" 2>&1)" 'Remaining capacity in partition'
like 'sg_read_attr, what there can be' "$(sg_read_attr --sa=5 "$a" 2>&1)" '0x80c|Volume coherency'
ok 'sg_logs resets' sg_logs --reset "$a"
like 'the other is told' "$(told "$b")" '[Ll]og parameters changed'
ok 'sg_opcodes lists PERSISTENT RESERVE OUT' grep -q 'Persistent reserve out, preempt and abort' <(sg_opcodes "$a")

mapfile -t changers < <(lsscsi -g | awk '$2 == "mediumx" { print $NF }')
c=${changers[0]} d=${changers[${#changers[@]} / 2]}
for _ in 1 2; do told "$c" >/dev/null; told "$d" >/dev/null; done
ok 'the changer: one registers' out_ --register --param-sark=0xa "$c"
ok 'and reserves' out_ --reserve --param-rk=0xa --prout-type=3 "$c"
fails 'the other moves nothing' '[Rr]eservation conflict' sg_raw -v "$d" a5 00 00 01 03 e8 03 e9 00 00 00 00
fails 'nor does it look' '[Rr]eservation conflict' sg_raw -v -r 8 "$d" b8 00 00 00 ff ff 00 00 00 08 00 00
ok 'but where the robot need not move' sg_raw -r 8 "$d" b8 00 00 00 ff ff 02 00 00 08 00 00
ok 'sg_opcodes on a changer' sg_opcodes "$c"
ok 'the first clears' out_ --clear --param-rk=0xa "$c"
finish
