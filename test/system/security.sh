#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who gets what: nobody in particular gets nothing, and the group mhvtl does not get root. Runs in the lab with systemd,
# without the lab's daemons. docs/security.md has the reasons.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/install-units.sh"
# One library and one drive are enough.
sed -i '/^Drive: 12 /,$d' /etc/mhvtl/device.conf
rm -f /etc/mhvtl/library_contents.30
systemctl daemon-reload
setpriv --reuid=mhvtl --regid=mhvtl --clear-groups mktape -l 10 -m E01001L8 -s 20 -t data -d LTO8
systemctl start dbus
ok 'the units start' timeout 100 systemctl start mhvtl.target
tape=/dev/tape/by-id/scsi-350223344ab000100-nst
sg=/dev/$(basename "$(echo /sys/class/scsi_tape/nst0/device/scsi_generic/*)")
changer=/dev/tape/by-id/scsi-SSTK_L700_XYZZY_A-changer
pid=$(systemctl show --property=MainPID --value vtltape@11)

nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
member() { setpriv --reuid=65534 --regid=mhvtl --clear-groups "$@"; }
denied='[Pp]ermission denied|[Aa]ccess denied|not permitted|not privileged|may not'
# refused DESCRIPTION COMMAND...: nobody in particular may not.
refused() {
  local description=$1
  shift
  fails "nobody may not $description" "$denied" nobody "$@"
}

refused 'open the device of the module' bash -c 'exec 3<>/dev/mhvtl'
refused 'open it to read' bash -c 'exec 3</dev/mhvtl'
refused 'open a tape' bash -c "exec 3<$tape"
refused 'open a changer' bash -c "exec 3<$changer"
refused 'open the generic device of a drive' bash -c "exec 3<$sg"
refused 'look at cartridges' ls /opt/mhvtl
refused 'look at what units remember' ls /var/lib/mhvtl
refused 'make files in the configuration' touch /etc/mhvtl/x
refused 'change the configuration' bash -c 'echo >>/etc/mhvtl/device.conf'
refused 'delete a device' bash -c 'echo 1 >/sys/class/scsi_tape/nst0/device/delete'
refused 'have a port scanned' bash -c 'for f in /sys/class/scsi_host/*/scan; do echo "- - -" >$f || exit; done'
refused 'end a daemon' bash -c "kill $pid"
refused 'read the memory of a drive' cat "/proc/$pid/mem"
refused 'read its environment' cat "/proc/$pid/environ"
refused 'command a drive' vtlcmd 11 load E01001L8
queue=$((0x4d61726b))
refused 'read the message queue' perl -e "defined msgget($queue, 0) && defined(\$q = msgget($queue, 0400)) or die \"\$!\\n\"; msgrcv(\$q, \$m, 99, 0, 2048) or die \"\$!\\n\""
refused 'write to the message queue' perl -e "defined(\$q = msgget($queue, 0200)) or die \"\$!\\n\"; msgsnd(\$q, pack('l! a*', 11, 'x'), 2048) or die \"\$!\\n\""
refused 'remove the message queue' ipcrm --queue-key 0x4d61726b
call() { busctl --system call org.mhvtl.Drive11 /org/mhvtl/drive/11 "$@"; }
export -f call
refused 'load by the bus' bash -c 'call org.mhvtl.Drive1 Load s E01001L8'
refused 'make faults by the bus' bash -c 'call org.mhvtl.Unit1 AddFault s unreadable'
refused 'take a name on the bus' busctl --system call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus RequestName su org.mhvtl.Drive99 0
ok 'but may look at a property' nobody busctl --system get-property org.mhvtl.Drive11 /org/mhvtl/drive/11 org.mhvtl.Drive1 Serial

ok 'a member of the group commands a drive' member vtlcmd 11 status
# A library keeps its inventory in /etc/mhvtl, so whoever has its group writes there. What systemd makes of it, it does as root.
smuggle=$(printf '/opt/a\rExecStartPre=+/usr/bin/touch /run/smuggled\rX=')
member bash -c "sed 's|^ Home directory:.*| Home directory: $smuggle|' /etc/mhvtl/device.conf >/etc/mhvtl/evil && mv -f /etc/mhvtl/evil /etc/mhvtl/device.conf"
ok 'the group can write the configuration' grep -q smuggled /etc/mhvtl/device.conf
systemctl daemon-reload
is 'but no setting of units' "$(systemctl show --property=ExecStartPre --value vtltape@11)" ''
systemctl restart vtltape@11 >/dev/null 2>&1
ok 'and nothing is done as root' test ! -e /run/smuggled
member ln -sf /run/overwritten /etc/mhvtl/library_contents.10.new
vtlcmd add slot 10 >/dev/null 2>&1
ok 'root writes through no link in the configuration' test ! -e /run/overwritten

is 'the daemons are not root' "$(systemctl show --property=User --value vtltape@11 vtllibrary@10 | sort -u | grep .)" mhvtl
like 'a drive, which has keys, leaves no core' "$(systemctl show --property=LimitCORE vtltape@11)" '=0$'

packaging/install.sh "$scratch/root" /usr /usr/lib/systemd/system /usr/lib/systemd/system-generators
is 'no installed file is writable for others or the group, or runs with rights of its owner' \
  "$(find "$scratch/root" ! -type l -perm /7022 ! -path '*/etc/mhvtl' -printf '%m %P\n')" ''
is 'what is executable are programs' \
  "$(find "$scratch/root" -type f -perm /111 -printf '%P\n' | grep -Ev '^usr/(s?bin|lib/systemd/system-generators|lib/mhvtl|libexec)/|^etc/init.d/')" ''
[ "$failures" -eq 0 ] || journalctl -b --no-pager -u 'vtl*' -u 'mhvtl*' | tail -n 40 >&2
finish
