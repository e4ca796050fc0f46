#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: init.sh uml|qemu OUT ERR
# The first process once the overlay is the root: mounts the shares, then either
# becomes systemd or does the little that is needed itself and runs the job. OUT
# and ERR are the devices for the script's output.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
printf 'LAB_KERNEL=%q\nLAB_OUT=%q\nLAB_ERR=%q\n' "$@" >>/run/lab/conf
. /run/lab/conf
echo 1 >/proc/sys/kernel/sysrq

mount_shares() {
	local index
	for index in "${!LAB_SHARES[@]}"; do
		mkdir -p "${LAB_SHARES[index]}"
		if [ "$LAB_KERNEL" = uml ]; then
			mount -t hostfs none "${LAB_SHARES[index]}" -o "${LAB_SHARES[index]}"
		else
			mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288 "share$index" "${LAB_SHARES[index]}"
		fi
	done
}

# The job is all that is started beyond the basic system. What the host mounts,
# does by the clock or keeps of its boots is not the guest's; /.dockerenv would
# make systemd believe that it runs in a container.
become_systemd() {
	local unit
	: >/etc/fstab
	rm -rf /.dockerenv /var/log/journal
	mkdir -p /run/systemd/system
	for unit in tmp.mount timers.target systemd-timesyncd.service systemd-update-utmp.service \
		systemd-random-seed.service proc-sys-fs-binfmt_misc.automount systemd-binfmt.service \
		systemd-journal-flush.service systemd-firstboot.service modprobe@.service; do
		ln -s /dev/null "/run/systemd/system/$unit"
	done
	# Its tmp.conf empties /tmp, where the script or all of the repository may be.
	mkdir -p /run/tmpfiles.d
	ln -s /dev/null /run/tmpfiles.d/tmp.conf
	cat >/run/systemd/system/lab.target <<'UNIT'
[Unit]
Description=Lab
Requires=basic.target
Wants=lab.service
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
	exec /lib/systemd/systemd --unit=lab.target --show-status=0
}

mount_basics() {
	mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
	mkdir -p /dev/pts /dev/shm /run/lock
	mount -t devpts -o ptmxmode=666,gid=5 devpts /dev/pts
	mount -t tmpfs -o mode=1777 tmpfs /dev/shm
	ln -sfn /proc/self/fd /dev/fd
	ln -sfn /proc/self/fd/0 /dev/stdin
	ln -sfn /proc/self/fd/1 /dev/stdout
	ln -sfn /proc/self/fd/2 /dev/stderr
	ip link set lo up 2>/dev/null
}

mount_shares
[ "$OPT_SYSTEMD" = no ] || become_systemd
mount_basics
/run/lab/guest/job.sh
