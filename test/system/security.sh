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
denied='[Pp]ermission denied|[Aa]ccess denied|not permitted|not privileged|may not|not allowed|Rejected send|does not let you'
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

# A key: what a drive has been given is in no file, not in the journal, not in the trace.
od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$scratch/key"
perl -ne 'print pack "H*", $_' "$scratch/key" >"$scratch/key.raw"
vtlcmd 11 load E01001L8 >/dev/null
for _ in $(seq 50); do sg_raw "$sg" 00 00 00 00 00 00 >/dev/null 2>&1 && break; sleep 0.1; done
ok 'a drive gets a key' stenc -f "$sg" -e on -k "$scratch/key" -a 1
ok 'and writes with it' dd if=/dev/zero of="$tape" bs=64K count=10 status=none
{ journalctl -b --no-pager; vtlcmd 11 trace; } >"$scratch/told" 2>&1
like 'the trace has its command' "$(cat "$scratch/told")" 'SECURITY PROTOCOL OUT'
is 'not in the journal and not in the trace' "$(grep -icF -f "$scratch/key" "$scratch/told")" 0
# holding FILE...: those that have the key, as bytes or as text.
cat >"$scratch/holding.pl" <<'PERL'
my ($raw) = map { open my $f, '<:raw', $_ or die "$_: $!"; local $/; <$f> } shift;
my $text = unpack 'H*', $raw;
for (@ARGV) {
  open my $f, '<:raw', $_ or next;
  local $/;
  my $all = <$f>;
  print "$_\n" if index($all, $raw) >= 0 || index(lc $all, $text) >= 0;
}
PERL
holding() { perl "$scratch/holding.pl" "$scratch/key.raw" "$@"; }
is 'the search finds the key where it is' "$(holding "$scratch/key")" "$scratch/key"
find /opt/mhvtl /var/lib/mhvtl /run/mhvtl /etc/mhvtl -type f -exec perl "$scratch/holding.pl" "$scratch/key.raw" {} + >"$scratch/found"
is 'nor in any file of the daemons' "$(cat "$scratch/found")" ''

# Owner and permissions of what the daemons use and make.
modes() { stat -c '%A %U:%G' "$@"; }
is 'the device of the module' "$(modes /dev/mhvtl)" 'crw-rw---- root:mhvtl'
is 'cartridges' "$(modes /opt/mhvtl)" 'drwxr-x--- mhvtl:mhvtl'
is 'what units remember' "$(modes /var/lib/mhvtl)" 'drwxr-x--- mhvtl:mhvtl'
is 'the runtime directory' "$(modes /run/mhvtl)" 'drwxr-xr-x mhvtl:mhvtl'
is 'the configuration' "$(modes /etc/mhvtl)" 'drwxrwsr-x root:mhvtl'
is 'the message queue' "$(ipcs -q | awk '$1 == "0x4d61726b" { print $3, $4 }')" 'mhvtl 660'
is 'nothing there is writable for others, and nothing runs with rights of its owner' \
  "$(find /opt/mhvtl /var/lib/mhvtl /run/mhvtl /etc/mhvtl ! -type l \( -perm /o+w -o -perm /u+s -o -type f -perm /g+s \) -printf '%M %p\n')" ''
is 'cartridges and what units remember are for nobody else to read' \
  "$(find /opt/mhvtl /var/lib/mhvtl -mindepth 1 -type f -perm /o+r -printf '%M %p\n')" ''

# Every installed file, whatever the umask of who builds.
installed() { # installed UMASK
  (umask "$1" && packaging/install.sh "$scratch/root$1" /usr /usr/lib/systemd/system /usr/lib/systemd/system-generators)
  find "$scratch/root$1" -mindepth 1 -printf '%M %u:%g %P\n' | sort -k 3
}
installed 000 >"$scratch/open"
ok 'there are installed files' test "$(wc -l <"$scratch/open")" -gt 50
is 'the umask of who builds does not matter' "$(installed 077 | diff "$scratch/open" -)" ''
is 'all is of root, directories and programs are 755, links are links, other files 644' "$(awk '
  $2 != "root:root" { print; next }
  $1 == "drwxr-xr-x" || $1 == "lrwxrwxrwx" || $1 == "-rw-r--r--" { next }
  $1 == "-rwxr-xr-x" && $3 ~ "^(usr/libexec/mhvtl/|usr/lib/systemd/system-generators/|etc/init.d/)" { next }
  { print }' "$scratch/open")" ''
is 'every link leads to a program' \
  "$(find "$scratch/root000" -type l ! -exec test -x {} \; -printf '%P\n')" ''
systemctl stop mhvtl.target
[ "$failures" -eq 0 ] || journalctl -b --no-pager -u 'vtl*' -u 'mhvtl*' | tail -n 40 >&2
finish
