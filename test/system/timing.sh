#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Mechanics that take their time: `timing` of device.conf, changed while a drive runs, and the optimisation of a new LTO-9
# cartridge. Runs in the lab with configs/families.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

unit=$(drive_unit 2)
# What TEST UNIT READY is told.
told() { sg_raw -v "$SG2" 00 00 00 00 00 00 2>&1 | tr '\n' ' '; }
# milliseconds COMMAND...: how long it takes
milliseconds() {
  local began
  began=$(date +%s%N)
  "$@" >/dev/null 2>&1
  echo $((($(date +%s%N) - began) / 1000000))
}
between() { # between DESCRIPTION LEAST MOST VALUE
  if [ "$4" -ge "$2" ] && [ "$4" -le "$3" ]; then report 0 "$1"; else
    echo "$4 is not from $2 to $3" >"$scratch/out"
    report 1 "$1" "$scratch/out"
  fi
}
slot=$(mtx -f "$CHANGER" status | sed -n 's/^ *Storage Element \([0-9]*\):Full :VolumeTag=[^ ]*L9 *$/\1/p')

like 'movements take no time at first' "$(vtlcmd "$unit" timing 2>&1)" 'off'
lab-daemon kill "$unit"
sed -i '/Unit serial number: XYZZY_F3/a\ timing: 600x' /etc/mhvtl/device.conf
ok 'a daemon with timing 600x' lab-daemon start "$unit"
like 'it says so' "$(vtlcmd "$unit" timing 2>&1)" '600x'

# 15 s to load and 2400 s to optimise, 600 times faster: 4 s.
ok 'a new LTO-9 cartridge is loaded' mtx -f "$CHANGER" load "$slot" 2
told >/dev/null
like 'it is not ready' "$(told)" 'becoming ready'
like 'and tells how far it is' "$(sg_requests -v "$SG2" 2>&1; sg_requests --progress "$SG2" 2>&1)" '[Pp]rogress'
between 'it is ready in four seconds' 1500 9000 "$(milliseconds ready 2)"
ok 'it takes data' dd if=/dev/zero of="$TAPE2" bs=64k count=20 status=none
mt -f "$TAPE2" rewind
ok 'the robot takes it' mtx -f "$CHANGER" unload "$slot" 2
ok 'and brings it again' mtx -f "$CHANGER" load "$slot" 2
between 'this time it is not optimised' 0 1500 "$(milliseconds ready 2)"

# Unloading and rewinding take the time of the way, a hundredth of it.
ok 'a hundred times faster than real' vtlcmd "$unit" timing 100x
ok 'data as far as they go' dd if=/dev/urandom of="$TAPE2" bs=256k count=100 status=none
between 'an unload takes its time' 100 6000 "$(milliseconds mt -f "$TAPE2" offline)"
ok 'no time again' vtlcmd "$unit" timing off
ok 'the tape is loaded' mt -f "$TAPE2" load
between 'rewinding takes none' 0 900 "$(milliseconds mt -f "$TAPE2" rewind)"
fails 'a timing there is not' 'timing' vtlcmd "$unit" timing soon
finish
