#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every fault vtlcmd makes, as st, sg and ch see it: the sense or the status it promises.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
add() { vtlcmd "$1" faults add "${@:2}" >/dev/null; }
clear_faults() { vtlcmd 11 faults remove all >/dev/null; vtlcmd 10 faults remove all >/dev/null; }
tur() { sg_raw -v "$SG0" 00 00 00 00 00 00 2>&1; }
read_block() { sg_raw -v -r 64k "$SG0" 08 00 01 00 00 00 2>&1; }
write_block() { sg_raw -v -s 64k -i /dev/zero "$SG0" 0a 00 01 00 00 00 2>&1; }

ok 'a cartridge' mtx -f "$CHANGER" load 1 0
ready 0
for i in 1 2 3; do write_block >/dev/null; done
mt -f "$TAPE0" rewind
add 11 medium-error block=1
read_block >/dev/null
like 'medium-error' "$(read_block)" 'Medium Error'
like 'with its additional sense' "$(read_block)" 'Unrecovered read error'
clear_faults
add 11 write-error after=0 count=1
like 'write-error' "$(write_block)" 'Medium Error'
clear_faults
# Linux tries again what ends in these two, so that sg sees the second status; the trace tells of the first.
for kind in busy queue-full; do
  add 11 $kind
  like "$kind is tried again" "$(tur)" 'SCSI Status: Good'
done
like 'busy' "$(vtlcmd 11 trace)" 'TEST UNIT READY.*BUSY'
like 'queue-full' "$(vtlcmd 11 trace)" 'TEST UNIT READY.*TASK SET FULL'
add 11 offline count=1
like 'offline' "$(tur)" 'offline|Offline'
add 11 attention code=2800
like 'attention' "$(tur)" '[Nn]ot ready to ready'
add 11 tape-alert flags=4
like 'tape-alert' "$(sg_logs -m 400 -p 0x2e "$SG0")" 'Hard error: 1'
add 11 slow ms=1500 count=1
before=$(date +%s%N)
tur >/dev/null
ok 'slow' test $((($(date +%s%N) - before) / 1000000)) -ge 1400
add 11 hang opcode=01
timeout 20 sg_raw -t 3 "$SG0" 01 00 00 00 00 00 >"$scratch/hang" 2>&1
ok 'hang: the time-out of the initiator' test $? -ne 0
clear_faults
ok 'and afterwards it works' ready 0
mt -f "$TAPE0" rewind
add 11 dirty-unmount
ok 'dirty-unmount' mtx -f "$CHANGER" unload 1 0
ok 'shows after the next load' mtx -f "$CHANGER" load 1 0
ready 0
like 'as lost statistics' "$(sg_logs -m 400 -p 0x2e "$SG0")" '[Ll]ost statistics: 1'
mtx -f "$CHANGER" unload 1 0 >/dev/null 2>&1
add 11 load-failure count=1
fails 'load-failure' '.' mtx -f "$CHANGER" load 1 0
like 'the cartridge stays where it was' "$(mtx -f "$CHANGER" status)" 'Storage Element 1:Full'
add 10 robot-jam count=1
fails 'robot-jam' 'Hardware Error|Mechanical|4/15|15 01|Sense' mtx -f "$CHANGER" load 1 0
ok 'once only' mtx -f "$CHANGER" load 1 0
clear_faults
finish
