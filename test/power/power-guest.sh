#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage power-guest.sh SHARE FIRST. Tells in SHARE how it went.
share=$1
pool=$share/pool database=$share/database
. "$(dirname "$0")/../system/units.sh"
. "$(dirname "$0")/../system/backups.sh"

fail() {
  { echo "$*"; lab-daemon log "$(drive_unit 0)" | tail -n 15; } >"$share/failed"
  exit 1
}

mkdir -p /opt/mhvtl
mount -t ext4 /dev/ubda /opt/mhvtl || fail 'the disk does not mount'
[ -d /opt/mhvtl/E01001L8 ] || mktape -l 10 -m E01001L8 -s 2500 -t data -d LTO8 || fail 'no cartridge'
lab-daemon start "$(drive_unit 0)" && lab-daemon start "$LIBRARY" || fail 'a daemon does not start'
CHANGER=$(lab-daemon sg "$LIBRARY") SG0=$(lab-daemon sg "$(drive_unit 0)") TAPE0=$(lab-daemon tape "$(drive_unit 0)")
reload 1 0 >/dev/null || fail 'the cartridge does not load'
trouble=$(verify "$TAPE0" "$2" 2>&1) || fail "$trouble"
[ -e "$share/only-verify" ] || go_on "$TAPE0" || fail 'no way behind the last backup'
touch "$share/verified"
[ -e "$share/only-verify" ] || back_up "$TAPE0"
lab-daemon stop "$LIBRARY" && lab-daemon stop "$(drive_unit 0)"
umount /opt/mhvtl
