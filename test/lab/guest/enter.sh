#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: enter.sh ROOT OUT ERR. Run as the first process, with the overlay at
# ROOT: leaves the boot file system and starts either systemd or a
# plain init. OUT and ERR are the devices for the script's output.
. /run/lab/conf
root=$1
{
	printf 'LAB_KERNEL=%q\n' "$LAB_KERNEL"
	printf 'LAB_OUT=%q\n' "$2"
	printf 'LAB_ERR=%q\n' "$3"
} >>/run/lab/conf
echo 1 >/proc/sys/kernel/sysrq

if [ "$OPT_SYSTEMD" = no ]; then
	exec switch_root "$root" /run/lab/guest/init.sh
fi
# The host's mounts, consoles and machine are not the guest's.
: >"$root/etc/fstab"
mkdir -p /run/systemd/system
ln -s /dev/null /run/systemd/system/tmp.mount
cat >/run/systemd/system/lab.target <<'UNIT'
[Unit]
Description=Lab
Requires=basic.target lab.service
After=basic.target
UNIT
cat >/run/systemd/system/lab.service <<'UNIT'
[Unit]
Description=Lab job
After=basic.target
[Service]
Type=oneshot
ExecStart=/run/lab/guest/job.sh
TimeoutStartSec=infinity
UNIT
exec switch_root "$root" /lib/systemd/systemd --unit=lab.target \
	--show-status=0 --log-target=journal
