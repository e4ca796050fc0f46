#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Where systemd runs the daemons: units that are added, removed and edited by hand start and stop, the others go on; entries of
# the journal have fields; the timer writes metrics. Runs in the lab with systemd, without the lab's daemons.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/install-units.sh"
# One library and one drive; another drive for later.
sed -n '/^Drive: 12 /,/^$/p' /etc/mhvtl/device.conf >"$scratch/drive12"
sed -i '/^Drive: 12 /,$d' /etc/mhvtl/device.conf
rm -f /etc/mhvtl/library_contents.30
systemctl daemon-reload
for barcode in E01001L8 E01002L8; do
  setpriv --reuid=mhvtl --regid=mhvtl --clear-groups mktape -l 10 -m "$barcode" -s 200 -t data -d LTO8
done
systemctl start dbus
ok 'the units start' timeout 100 systemctl start mhvtl.target
changer=/dev/tape/by-id/scsi-SSTK_L700_XYZZY_A-changer
tape=/dev/tape/by-id/scsi-350223344ab000100-nst
active() { systemctl is-active "$@" | tr '\n' ' '; }
pids() { systemctl show --property=MainPID --value vtltape@11 vtllibrary@10 | grep .; }
# node_of NUMBER: the tape device of a drive, as its daemon tells systemd
node_of() { systemctl show --property=StatusText --value "vtltape@$1" | grep -o '/dev/nst[0-9]*' | head -n 1; }
before=$(pids)

mtx -f $changer load 1 0
until [ -e "$scratch/enough" ]; do
  dd if=/dev/zero of=$tape bs=256K count=100 conv=nocreat status=none && mt -f $tape rewind || exit
done 2>"$scratch/stream" &
stream=$!
renice -n 19 -p $stream >/dev/null
trouble=''
for number in $(seq "${1:-1}"); do
  vtlcmd add drive 12 --library 10 --product ULT3580-TD8 >/dev/null || trouble="$trouble $number:add"
  node=$(node_of 12)
  [ -e "$node" ] || trouble="$trouble $number:$node"
  mtx -f $changer load 2 1 >/dev/null || trouble="$trouble $number:load"
  dd if=/dev/zero of="$node" bs=64K count=50 conv=nocreat status=none || trouble="$trouble $number:write"
  mtx -f $changer unload 2 1 >/dev/null || trouble="$trouble $number:unload"
  vtlcmd remove drive 12 >/dev/null || trouble="$trouble $number:remove"
  [ "$(active vtltape@12)" = 'inactive ' ] || trouble="$trouble $number:$(active vtltape@12)"
done
is "a drive was added, used and removed, and its service with it: ${1:-1} times" "$trouble" ''
kill -0 $stream 2>/dev/null
report $? 'while another wrote without an error' "$scratch/stream"
touch "$scratch/enough"
wait $stream

# Edited by hand.
cat "$scratch/drive12" >>/etc/mhvtl/device.conf
ok 'a drive that was added by hand: systemctl reload mhvtl' systemctl reload mhvtl.service
is 'starts it' "$(active vtltape@12)" 'active '
twelve=$(systemctl show --property=MainPID --value vtltape@12)
sed -i 's/XYZZY_A2/XYZZY_Z2/' /etc/mhvtl/device.conf
like 'a serial number that was changed' "$(vtlcmd apply)" 'systemctl restart vtltape@12.service'
ok 'has the drive play another one' test "$(systemctl show --property=MainPID --value vtltape@12)" != "$twelve"
sed -i '/^Drive: 12 /,$d' /etc/mhvtl/device.conf
ok 'a drive that was removed by hand' systemctl reload mhvtl.service
is 'ends' "$(active vtltape@12)" 'inactive '
echo 'Drive: 77' >>/etc/mhvtl/device.conf
fails 'with a mistake nothing is done' 'Nothing was done:' vtlcmd apply
sed -i '$d' /etc/mhvtl/device.conf
is 'the other daemons are those of the beginning' "$(pids)" "$before"

# A library of its own: its cartridges belong to the daemons.
ok 'a library is added' vtlcmd add library 40 --preset stk-l700-lto8 --drives 1 --slots 2 --maps 1
is 'it runs' "$(active vtllibrary@40 vtltape@41)" 'active active '
is 'its cartridges belong to the daemons' "$(stat -c %U /opt/mhvtl/40 /opt/mhvtl/40/*/data* | sort -u)" mhvtl
ok 'one is loaded' vtlcmd load 41 V40001L8
ok 'and written' dd if=/dev/zero of="$(node_of 41)" bs=64K count=10 conv=nocreat status=none
ok 'a slot more' vtlcmd add slot --library 40
ok 'with a cartridge' vtlcmd add cartridge V40009L8 --library 40 --slot 3 --size 100000
is 'which is theirs, too' "$(stat -c %U /opt/mhvtl/40/V40009L8)" mhvtl
ok 'it is removed, with a cartridge in its drive' vtlcmd remove library 40 --force
is 'it ends' "$(active vtllibrary@40 vtltape@41)" 'inactive inactive '
ok 'its files are gone' test ! -e /etc/mhvtl/library_contents.40 -a -e /opt/mhvtl/40/V40001L8

# The journal.
vtlcmd 11 faults add medium-error --block 5 >/dev/null
mt -f $tape rewind
dd if=$tape of=/dev/null bs=256K count=10 status=none 2>/dev/null
journalctl --sync
entry=$(journalctl -b -o json MHVTL_BARCODE=E01001L8 MHVTL_SENSE=3/11/00 | head -1)
like 'an entry tells the unit, the cartridge' "$entry" '"MHVTL_UNIT":"11".*'
for field in '"MHVTL_KIND":"drive"' '"MHVTL_BARCODE":"E01001L8"' '"MHVTL_COMMAND":"READ' '"MHVTL_CDB":"08' '"MHVTL_STATUS":"CHECK CONDITION"' \
  '"PRIORITY":"4"' '"SYSLOG_IDENTIFIER":"vtltape"' '"_SYSTEMD_UNIT":"vtltape@11.service"'; do
  like "the entry has $field" "$entry" "$field"
done
like 'the library says what it is about' "$(journalctl -b -o json -u vtllibrary@10)" '"MHVTL_KIND":"library"'

# The timer.
mkdir -p /var/lib/prometheus/node-exporter
ok 'the timer is started' systemctl start mhvtl-metrics.timer
for _ in $(seq 300); do
  [ ! -s /var/lib/prometheus/node-exporter/mhvtl.prom ] || break
  sleep 0.1
done
metrics=$(cat /var/lib/prometheus/node-exporter/mhvtl.prom)
like 'it writes which daemons live' "$metrics" '^mhvtl_up\{device="11",kind="drive"\} 1$'
like 'bytes' "$metrics" '^mhvtl_bytes_from_host_total\{device="11",kind="drive"\} [0-9]{6}'
like 'the histogram of times' "$metrics" '^mhvtl_command_seconds_bucket\{device="11",kind="drive",le="\+Inf"\} [1-9]'
like 'cartridges' "$metrics" '^mhvtl_cartridge_info\{device="11",kind="drive",barcode="E01001L8",density="LTO8"\} 1$'
is 'node_exporter may read it' "$(stat -c %a /var/lib/prometheus/node-exporter/mhvtl.prom)" 644
is 'no unit failed' "$(systemctl --failed --no-legend --plain | grep -E 'mhvtl|vtl(tape|library)')" ''
timeout 60 systemctl stop mhvtl.target
[ "$failures" -eq 0 ] || journalctl -b --no-pager -o short-monotonic -u 'vtl*' -u 'mhvtl*' | tail -n 100 >&2
finish
