# SPDX-License-Identifier: GPL-2.0-or-later
# The disk of a virtual machine: Debian with systemd, its stock kernel and headers, dkms, and what mhvtl depends on, as
# there is no network inside. Reads $cache and $repo; tools.sh and this file are sourced.

GUEST_PACKAGES=systemd-sysv,udev,dbus,kmod,initramfs-tools,linux-image-amd64,linux-headers-amd64,dkms,make,gcc,mtx,mt-st,lsscsi,sg3-utils,nodejs,liblzo2-2,libisal2,liblz4-1,libzstd1,zlib1g,procps,openssl,autopkgtest

# make_guest SUITE: $cache/SUITE/guest.tar
make_guest() {
	make_root "$1" guest --variant=important --include="$GUEST_PACKAGES" \
		--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*'
}

# make_image FILE SUITE [COMMAND]: the disk; the command gets its tree, to put more into it.
make_image() {
	local file=$1 suite=$2 tree status
	tree=$(mktemp -d "$cache/$suite/tree.XXXXXX")
	tar -xf "$cache/$suite/guest.tar" -C "$tree" && configure_guest "$tree" && ${3:-true} "$tree" &&
		rm -f "$file" && mke2fs -q -t ext4 -E lazy_itable_init=1 -d "$tree" "$file" 5G >&2
	status=$?
	rm -rf "$tree"
	return $status
}

# Everything that is started by the clock or waits for a network would disturb; the test itself is a unit.
configure_guest() {
	local unit
	mkdir -p "$1/lab"
	echo 'lab /lab 9p trans=virtio,version=9p2000.L,msize=524288 0 0' >"$1/etc/fstab"
	echo mhvtl-test >"$1/etc/hostname"
	: >"$1/etc/machine-id"
	# Everything needed is installed; reading lists and indexing pages takes an emulated machine minutes.
	rm -rf "$1"/var/lib/apt/lists/* "$1/var/lib/man-db/auto-update" "$1"/var/cache/apt/*.bin
	for unit in timers.target apt-daily.service systemd-timesyncd.service networking.service e2scrub_reap.service \
		systemd-firstboot.service getty.target serial-getty@ttyS0.service; do
		ln -sf /dev/null "$1/etc/systemd/system/$unit"
	done
	cat >"$1/etc/systemd/system/lab.service" <<-'UNIT'
		[Unit]
		Description=The test
		After=multi-user.target lab.mount
		[Service]
		Type=oneshot
		ExecStart=/bin/bash /lab/guest/phase.sh
		StandardOutput=file:/lab/out
		StandardError=append:/lab/err
		TimeoutStartSec=infinity
	UNIT
	mkdir -p "$1/etc/systemd/system/graphical.target.wants"
	ln -s ../lab.service "$1/etc/systemd/system/graphical.target.wants/lab.service"
}

# kernels IMAGE: releases of the kernels in the image, newest last.
kernels() {
	debugfs -R 'ls -p /boot' "$1" 2>/dev/null | sed -n 's|.*/vmlinuz-\([^/]*\)/.*|\1|p' | sort -V
}

# extract IMAGE FILE TO: one file out of the image.
extract() {
	debugfs -R "dump $2 $3" "$1" 2>/dev/null
	[ -s "$3" ]
}
