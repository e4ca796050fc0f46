#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage power-guest.sh SHARE FIRST. Tells in SHARE how it went.
share=$1
pool=$share/pool database=$share/database
. "$(dirname "$0")/../system/units.sh"
. "$(dirname "$0")/../system/backups.sh"
drive=$(drive_unit 0)

fail() {
  {
    echo "$*"
    for unit in "$drive" "$LIBRARY"; do lab-daemon log "$unit" | tail -n 15; done
  } >"$share/failed"
  exit 1
}

# All that a machine keeps is on the disk: cartridges, configuration with the inventory, what units remember.
use_disk() {
  local name
  mkdir -p /disk /opt/mhvtl /var/lib/mhvtl
  mount -t ext4 /dev/ubda /disk || fail 'the disk does not mount'
  if [ ! -d /disk/etc ]; then
    mkdir /disk/opt /disk/lib
    cp -R /etc/mhvtl /disk/etc.new
    sed -i 's/^ PERSIST: .*/ PERSIST: yes/' /disk/etc.new/device.conf
    sync /disk/etc.new/*
    mv /disk/etc.new /disk/etc
  fi
  mount --bind /disk/opt /opt/mhvtl && mount --bind /disk/etc /etc/mhvtl && mount --bind /disk/lib /var/lib/mhvtl ||
    fail 'no bind mounts'
  # Whole or not at all; a cut may have come before.
  [ -d /opt/mhvtl/E01001L8 ] || mktape -l 10 -m E01001L8 -s 2000 -t data -d LTO8 || fail 'no cartridge'
}

use_disk
lab-daemon start "$drive" && lab-daemon start "$LIBRARY" || fail 'a daemon does not start'
CHANGER=$(lab-daemon sg "$LIBRARY") SG0=$(lab-daemon sg "$drive") TAPE0=$(lab-daemon tape "$drive")
reload 1 0 >/dev/null || fail "the cartridge does not load: $(mtx -f "$CHANGER" status | head -n 6)"
trouble=$(verify "$TAPE0" "$2" 2>&1) || fail "$trouble"
if [ ! -e "$share/only-verify" ]; then
  [ ! -e "$share/overwrite" ] || { overwrite && rm "$share/overwrite"; }
  go_on "$TAPE0" || fail 'no way behind the last backup'
fi
touch "$share/verified"
[ -e "$share/only-verify" ] || back_up "$TAPE0"
lab-daemon stop "$LIBRARY" && lab-daemon stop "$drive"
umount /opt/mhvtl /etc/mhvtl /var/lib/mhvtl /disk
