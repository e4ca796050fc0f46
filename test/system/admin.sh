#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# vtlcmd against running daemons; a drive is added, used and removed while another streams; faults; the system bus.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
rounds=${1:-50}
here=$(cd "$(dirname "$0")/../.." && pwd)

like 'status knows every unit' "$(vtlcmd status)" '^ +11 +drive 1 +IBM ULT3580-TD8 +empty'
is 'and finds a daemon for each' "$(vtlcmd status --json | grep -c '"no daemon"')" 0
like 'inventory lists the cartridges' "$(vtlcmd inventory 10)" 'Slot 1 +1000 +E01001L8'
ok 'a move by an administrator' vtlcmd 10 move slot:1 drive:1
like 'is seen by mtx' "$(mtx -f "$CHANGER" status)" 'Element 0:Full.*E01001L8'
like 'and in the status' "$(vtlcmd 11 status)" '"barcode":"E01001L8"'
fails 'what is refused is not a success' 'is in|refuse|full|empty|FULL|EMPTY' vtlcmd 10 move slot:1 drive:2
fails 'a MAP that is closed takes nothing' 'MAP not opened' vtlcmd 10 load map E01002L8
is 'as ever: opening it' "$(vtlcmd library open map)" OK
like 'listing it' "$(vtlcmd 10 list map)" '^Contents:'
is 'closing it' "$(vtlcmd 10 close map)" OK

# Flags, the trace, faults.
ready 0
ok 'TapeAlert flag 20' vtlcmd 11 TapeAlert 80000
like 'is in the log page' "$(sg_logs -m 400 -p 0x2e "$SG0")" 'Cleaning required: 1'
like 'the trace names commands' "$(vtlcmd 11 trace)" 'LOG SENSE'
ok 'a fault: block 5 cannot be read' vtlcmd 11 faults add medium-error --block 5
dd if=/dev/zero of="$TAPE0" bs=64K count=10 status=none
mt -f "$TAPE0" rewind
fails 'and it cannot' 'Input/output error' dd if="$TAPE0" of=/dev/null bs=64K count=10
like 'which is counted' "$(vtlcmd 11 faults)" 'medium-error block=5, struck [1-9]'
ok 'removed' vtlcmd 11 faults remove all
mt -f "$TAPE0" rewind
ok 'it reads again' dd if="$TAPE0" of=/dev/null bs=64K count=10 status=none
ok 'a jammed robot' vtlcmd 10 faults add robot-jam count=1
fails 'moves nothing' 'Hardware Error|HARDWARE|sense key|4/15|Mechanical|Sense Key' mtx -f "$CHANGER" load 3 1
ok 'and then it does' mtx -f "$CHANGER" load 3 1

# A daemon that is not there is reported soon.
lab-daemon stop 14
started=$SECONDS
fails 'a dead daemon is an error' 'is its daemon running' vtlcmd 14 status
ok 'within seconds' test $((SECONDS - started)) -lt 10
lab-daemon start 14

# A drive comes and goes while another streams, until the rounds are done.
mt -f "$TAPE0" rewind
(
  until [ -e "$scratch/enough" ]; do
    dd if=/dev/zero of="$TAPE0" bs=256K count=100 status=none || exit
    echo >>"$scratch/written"
    mt -f "$TAPE0" rewind || exit
  done
) 2>"$scratch/stream" & stream=$!
# It takes what the one processor has left over, so that the rounds end soon.
for task in "/proc/$(lab-daemon pid 11)"/task/* $stream; do renice -n 19 -p "${task##*/}" >/dev/null; done
# round: one drive. Prints the step that failed.
round() {
  vtlcmd add drive 15 --library 10 --product ULT3580-TD8 >/dev/null || { echo add; return; }
  lab-daemon start 15 || { echo start; return; }
  tape=$(lab-daemon tape 15) || { echo node; return; }
  mtx -f "$CHANGER" load 2 4 >/dev/null || { echo load; return; }
  dd if=/dev/zero of="$tape" bs=64K count=50 status=none || { echo write; return; }
  [ "$1" -gt 1 ] || ! vtlcmd remove drive 15 2>/dev/null || { echo 'removed with a cartridge in it'; return; }
  mtx -f "$CHANGER" unload 2 4 >/dev/null || { echo unload; return; }
  vtlcmd remove drive 15 >/dev/null || { echo remove; return; }
  lab-daemon stop 15 || { echo stop; return; }
}
trouble=''
began=$SECONDS
for number in $(seq "$rounds"); do
  wrong=$(round "$number" 2>&1)
  [ -z "$wrong" ] || trouble="$trouble $number: $wrong"
done
is "a drive was added, used and removed $rounds times" "$trouble" ''
echo "# $rounds rounds in $((SECONDS - began)) s"
kill -0 $stream 2>/dev/null
report $? 'while another wrote without an error' "$scratch/stream"
touch "$scratch/enough"
wait $stream
ok 'all the time' test "$(wc -l <"$scratch/written")" -ge "$((rounds / 5))"
ok 'the configuration is as before' diff "$here/etc/mhvtl/device.conf" /etc/mhvtl/device.conf
is 'and nothing is wrong with it' "$(vtlcmd check)" 'The configuration can be used.'

# Slots and cartridges.
ok 'three more slots' vtlcmd add slot 3 --library 10
like 'are there' "$(mtx -f "$CHANGER" status)" '46 Slots'
ok 'and a cartridge' vtlcmd add cartridge E01099L8 --library 10 --slot 41
like 'which mtx sees' "$(mtx -f "$CHANGER" status)" 'E01099L8'
like 'and what is in a drive is still there' "$(mtx -f "$CHANGER" status)" 'Element 0:Full.*E01001L8'

# The system bus, with the policy that is installed.
mkdir -p /run/dbus /usr/share/dbus-1/system.d
cp "$here/src/dbus/org.mhvtl.conf" /usr/share/dbus-1/system.d/
dbus-daemon --system --fork
# The daemons run since before there was a bus, or a place for one.
object=(org.mhvtl.Drive13 /org/mhvtl/drive/13 org.mhvtl.Drive1)
for i in $(seq 50); do busctl status org.mhvtl.Drive13 >/dev/null 2>&1 && break; sleep 0.1; done
is 'the drive is on the system bus' "$(busctl get-property "${object[@]}" Serial)" 's "XYZZY_A3"'
like 'with what it can do' "$(busctl introspect "${object[@]}")" '^\.SetTapeAlert +method +t'
for i in $(seq 50); do busctl status org.mhvtl.Library10 >/dev/null 2>&1 && break; sleep 0.1; done
like 'the library is, with its elements' "$(busctl tree --list org.mhvtl.Library10)" '^/org/mhvtl/library/10/element/1000$'
busctl monitor org.mhvtl.Drive13 >"$scratch/monitor" 2>&1 & monitor=$!
for i in $(seq 50); do [ ! -s "$scratch/monitor" ] || break; sleep 0.1; done
ok 'root administers' busctl call "${object[@]}" SetTapeAlert t 4
for i in $(seq 50); do ! grep -q 'Member=PropertiesChanged' "$scratch/monitor" || break; sleep 0.1; done
kill $monitor
like 'whoever watches is told' "$(tr -d '\n' <"$scratch/monitor")" 'Member=Alert.*Member=PropertiesChanged.*"Alerts"'
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
is 'others look' "$(as_nobody busctl get-property "${object[@]}" Alerts)" 't 4'
fails 'and change nothing' 'Access denied|AccessDenied|rejected' as_nobody busctl call "${object[@]}" Unload
like 'vtlcmd asks over the bus, without rights to the queue' "$(as_nobody vtlcmd 13 status)" '"alerts":"4"'
fails 'and is refused there' 'does not let you administer' as_nobody vtlcmd 13 unload
like 'the queue is there as before' "$(vtlcmd --queue 13 status)" '"alerts":"4"'
finish
