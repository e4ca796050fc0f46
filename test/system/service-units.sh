#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The units as systemd runs them: user, hardening, READY=1, restarts in a row and under I/O. Runs in the lab with systemd, without
# the lab's daemons. usage: service-units.sh [RESTARTS]
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/install-units.sh"

units='vtltape@11 vtltape@12 vtltape@13 vtltape@14 vtltape@31 vtltape@32 vtltape@33 vtltape@34 vtllibrary@10 vtllibrary@30'
changer=/dev/tape/by-id/scsi-SSTK_L700_XYZZY_A-changer
tape=/dev/tape/by-id/scsi-350223344ab000100-nst

systemctl daemon-reload
setpriv --reuid=mhvtl --regid=mhvtl --clear-groups mktape -l 10 -m E01001L8 -s 20 -t data -d LTO8

is 'the group mhvtl may play devices' "$(stat -c %U:%G:%a /dev/mhvtl)" root:mhvtl:660
ok 'systemctl start mhvtl.target' timeout 100 systemctl start mhvtl.target
is 'every unit is active when it returns' "$(systemctl is-active $units | sort | uniq -c | tr -s ' ')" ' 10 active'
is 'all names are there' "$(find /dev/tape/by-id -name 'scsi-3*-nst' -o -name '*-changer' | wc -l)" 10
ok 'the library loads' mtx -f $changer load 1 0
ok 'the drive writes' tar -cf $tape -C "$PWD" src
ok 'the drive rewinds' mt -f $tape rewind
ok 'the drive reads' tar -df $tape -C "$PWD"
pids() { systemctl show --property=MainPID --value $units | grep .; }
before=$(pids)
systemctl kill --signal=KILL --kill-who=main vtltape@11
for _ in $(seq 100); do
  sleep 0.1
  [ "$(pids)" = "$before" ] || [ "$(systemctl is-active vtltape@11)" != active ] || break
done
is 'a drive that was killed is active again' "$(systemctl is-active vtltape@11)" active
is 'the others went on' "$(diff <(echo "$before") <(pids) | grep -c '^>')" 1

# One that hangs: the watchdog ends it. Its time is shortened; its start has to be another one for that.
mkdir -p /run/systemd/system/vtltape@34.service.d
printf '[Service]\nWatchdogSec=3\n' >/run/systemd/system/vtltape@34.service.d/watchdog.conf
systemctl daemon-reload
systemctl restart vtltape@34
hanging=$(systemctl show --property=MainPID --value vtltape@34)
kill -STOP "$hanging"
for _ in $(seq 200); do
  sleep 0.1
  [ "$(systemctl show --property=MainPID --value vtltape@34)" = "$hanging" ] || [ "$(systemctl is-active vtltape@34)" != active ] || break
done
is 'a drive that hung is active again' "$(systemctl is-active vtltape@34)" active
ok 'as another process' test "$(systemctl show --property=MainPID --value vtltape@34)" != "$hanging"
# A loaded machine may be slower than that.
rm -r /run/systemd/system/vtltape@34.service.d
systemctl daemon-reload
systemctl restart vtltape@34
ok 'mt rewinds' mt -f $tape rewind
ok 'the library unloads' mtx -f $changer unload 1 0
ok 'systemctl reload mhvtl' systemctl reload mhvtl.service

# restarts COUNT WHEN [COMMAND...]: after each all names are there at once, and the library answers. The command comes before each.
restarts() {
  local count names trouble='' number=$1 when=$2
  shift 2
  for count in $(seq "$number"); do
    [ $# -eq 0 ] || "$@" || trouble="$trouble $count:$*"
    timeout 300 systemctl restart mhvtl.target || trouble="$trouble $count:status $?"
    names=$(find /dev/tape/by-id \( -name 'scsi-3*-nst' -o -name '*-changer' \) -type l | wc -l)
    [ "$names" = 10 ] || trouble="$trouble $count:$names names"
    mtx -f $changer status >/dev/null || trouble="$trouble $count:library"
  done
  is "$number restarts $when, all devices there each time" "$trouble" ''
}

# Where a restart has put the cartridge back into its slot: st waits two minutes for one in an empty drive.
load_and_write() {
  mtx -f $changer load 1 0 >/dev/null 2>&1
  sleep 2
}

# Never creates the file: that would lie where udev is to make the link.
writer() {
  until [ -e "$scratch/enough" ]; do
    dd if=/dev/urandom of=$tape bs=64k count=50 conv=nocreat && echo >>"$scratch/written" || sleep 0.1
  done >/dev/null 2>&1
}

restarts "${1:-3}" 'in a row'
writer &
restarts "${1:-3}" 'under I/O' load_and_write
load_and_write
touch "$scratch/enough"
wait
ok 'the writer wrote between them' test -s "$scratch/written"
ok 'the drive works afterwards' mt -f $tape status
ok 'systemctl stop mhvtl.target' timeout 60 systemctl stop mhvtl.target
is 'every unit is inactive when it returns' "$(systemctl is-active $units | sort | uniq -c | tr -s ' ')" ' 10 inactive'
is 'nothing holds the module' "$(cat /sys/module/mhvtl/refcnt)" 0
udevadm settle
is 'no unit failed' "$(systemctl --failed --no-legend --plain | grep -E 'mhvtl|vtl(tape|library)')" ''
[ "$failures" -eq 0 ] || journalctl -b --no-pager -o short-monotonic -u 'vtl*' -u 'mhvtl*' | tail -n 100 >&2
finish
