#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The .debs in a root of their Debian, where no systemd runs: installed, upgraded, removed, installed again, purged; DKMS for
# kernels of several flavours; an installation of mhvtl 1 taken over. Prints TAP.
# usage: lifecycle.sh [--flavours] [SUITE [DIRECTORY-OF-DEBS]]
# --flavours: fetches the headers of the cloud, rt and backports kernels, too.
set -u
cd "$(dirname "$0")/../.." || exit
repo=$PWD
cache=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/package
flavours=no
[ "${1-}" != --flavours ] || { flavours=yes && shift; }
suite=${1:-bookworm}
debs=${2:-build/packages/$suite}
. packaging/tools.sh
. test/system/tap.sh
. test/package/image.sh
need mmdebstrap mmdebstrap dpkg-deb dpkg
rm -rf "$scratch"
scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/mhvtl-lifecycle.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root

# fresh: a new root, with the packages in /debs.
fresh() {
	rm -rf "$root"
	mkdir -p "$root"
	tar -xf "$cache/$suite/guest.tar" -C "$root" || exit
	mkdir "$root/debs"
	cp "$debs"/*.deb "$root/debs"
}
inside() { unshare --ipc --pid --fork --mount-proc="$root/proc" chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
owner() { inside stat -c %U:%G:%a "$1"; }
headers() { inside sh -c 'cd /usr/src && for one in linux-headers-*; do [ ! -e "$one/.config" ] && [ ! -e /lib/modules/${one#linux-headers-}/build/.config ] || echo ${one#linux-headers-}; done'; }
modules() { (cd "$root/lib/modules" && find . -name 'mhvtl.ko*' -path '*/updates/dkms/*' | cut -d/ -f2 | sort); }
left_behind() {
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./debs -o -path ./var/log -o -path ./var/cache \) -prune -o \
		\( -name '*mhvtl*' -o -name '*vtltape*' -o -name '*vtllibrary*' -o -name vtlcmd -o -name mktape \) -print)
}

# repack VERSION: the packages again, with another version of the package.
repack() {
	local deb tree=$scratch/deb fresh=$scratch/fresh
	rm -rf "$fresh" && mkdir "$fresh"
	for deb in "$root"/debs/mhvtl_*.deb "$root"/debs/mhvtl-dkms_*.deb; do
		rm -rf "$tree"
		dpkg-deb -R "$deb" "$tree"
		sed -i "s/2\.0\.0-1/$1/" "$tree/DEBIAN/control"
		# A conffile that changed: only the one nobody edited may be replaced.
		[ ! -e "$tree/etc/mhvtl" ] || for file in device.conf mhvtl.conf; do echo '# of the new version' >>"$tree/etc/mhvtl/$file"; done
		(cd "$tree" && find usr etc lib -type f -print0 2>/dev/null | xargs -0 md5sum >DEBIAN/md5sums)
		dpkg-deb --root-owner-group -b "$tree" "$fresh/${deb##*/}" >/dev/null
	done
	rm "$root"/debs/*
	mv "$fresh"/*.deb "$root/debs"
}

install_all() { inside sh -c 'apt-get install -y -o Dpkg::Options::=--force-confold /debs/mhvtl*_*.deb'; }

install_new() {
	rm -f "$root"/debs/*dbgsym*
	ok 'apt installs the packages' install_all
	is 'node runs the programs' "$(inside vtltape --version)" "$(sed -n 's/^ *"version": "\(.*\)",/\1/p' package.json)"
	echo "# node $(inside node --version)"
	is 'dpkg finds the files as they were packed' "$(inside dpkg --verify mhvtl mhvtl-dkms | grep -v /usr/share/doc/)" ''
	is 'DKMS made a module for every kernel with headers' "$(modules)" "$(headers | sort)"
	ok 'the modules are signed with the key of this machine' signed_by_own_key
	like 'mhvtl.target starts at boot' "$(readlink "$root/etc/systemd/system/multi-user.target.wants/mhvtl.target")" /mhvtl.target
	is 'the cartridges are the daemons'\''' "$(owner /opt/mhvtl)" mhvtl:mhvtl:750
	like 'there are cartridges' "$(ls "$root/opt/mhvtl")" E01001L8
	mkdir -p "$root/source" && cp -r debian "$root/source"
	like 'autopkgtest: programs' "$(inside autopkgtest -B --test-name=programs /source -- null 2>&1)" '^programs +PASS'
	rm -r "$root/source"
	is 'systemd-analyze verify has nothing to say' "$(verify_units)" ''
}

signed_by_own_key() {
	local release
	for release in $(modules); do
		inside modinfo -k "$release" -F signer mhvtl | grep -q . || { echo "$release: not signed"; return 1; }
	done
	[ -e "$root/var/lib/dkms/mok.pub" ]
}

verify_units() {
	inside systemd-analyze verify --man=no mhvtl.target mhvtl.service mhvtl-load-modules.service mhvtl-metrics.service mhvtl-metrics.timer vtltape@11.service vtllibrary@10.service 2>&1 |
		grep -E 'mhvtl|vtl(tape|library)'
}

more_kernels() {
	local count kernel
	count=$(modules | wc -l)
	printf '%s\n' "deb $MIRROR $suite main" "deb $MIRROR $suite-backports main" >"$root/etc/apt/sources.list"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	ok 'headers of cloud, rt and backports are installed' inside sh -c "apt-get -qq update &&
		apt-get install -y --no-install-recommends linux-headers-cloud-amd64 linux-headers-rt-amd64 &&
		apt-get install -y --no-install-recommends -t $suite-backports linux-headers-amd64"
	is 'DKMS made a module for each of them' "$(modules)" "$(headers | sort)"
	ok 'there are three more' test "$(modules | wc -l)" -ge $((count + 3))
	for kernel in $(modules); do
		is "the module of $kernel is for it" "$(inside modinfo -k "$kernel" -F vermagic mhvtl | cut -d' ' -f1)" "$kernel"
	done
}

upgrade() {
	echo '# mine' >>"$root/etc/mhvtl/device.conf"
	echo data >"$root/opt/mhvtl/E01001L8/mine"
	repack 2.0.1-1
	ok 'apt upgrades them without a question' install_all
	like 'the new version is there' "$(inside dpkg-query -W -f '${Version}' mhvtl)" '^2\.0\.1-1$'
	ok 'an edited configuration file is kept' grep -qx '# mine' "$root/etc/mhvtl/device.conf"
	ok 'one that nobody edited is the new one' grep -q 'of the new version' "$root/etc/mhvtl/mhvtl.conf"
	ok 'the module is there for every kernel' test -n "$(modules)" -a "$(modules)" = "$(headers | sort)"
}

remove_and_purge() {
	ok 'apt removes them' inside apt-get remove -y mhvtl mhvtl-dkms
	is 'no module is left' "$(modules)" ''
	ok 'the programs are gone' test ! -e "$root/usr/bin/vtltape"
	ok 'the configuration stays' grep -qx '# mine' "$root/etc/mhvtl/device.conf"
	ok 'the cartridges stay' test -e "$root/opt/mhvtl/E01001L8/mine"
	ok 'they can be installed again' install_all
	ok 'with the configuration there was' grep -qx '# mine' "$root/etc/mhvtl/device.conf"
	ok 'and the cartridges there were' test -e "$root/opt/mhvtl/E01001L8/mine"
	ok 'the timer of the metrics is enabled by the administrator' inside systemctl enable mhvtl-metrics.timer
	ok 'apt purges them' inside apt-get purge -y mhvtl mhvtl-dkms
	ok 'cartridges stay' test -e "$root/opt/mhvtl/E01001L8/mine"
	rm -r "$root/opt/mhvtl"
	is 'nothing else is left' "$(left_behind)" ''
}

# What `make install` of mhvtl 1 leaves, and a library in use.
mhvtl_1() {
	local kernel unit
	kernel=$(headers | head -n 1)
	mkdir -p "$root/etc/mhvtl" "$root/opt/mhvtl/F01001L8" "$root/srv/tapes/F01002L8" "$root/srv/tapes/other" "$root/run/lock/mhvtl" \
		"$root/lib/modules/$kernel/kernel/drivers/scsi" "$root/etc/systemd/system/multi-user.target.wants" "$root/etc/systemd/system/mhvtl.target.wants"
	sed 's/XYZZY_A$/MY_LIBRARY/; s|^ Home directory: .*| Home directory: /srv/tapes|' etc/mhvtl/device.conf >"$root/etc/mhvtl/device.conf"
	echo 'MHVTL_HOME_PATH=/opt/mhvtl' >"$root/etc/mhvtl/mhvtl.conf"
	printf 'VERSION: 2\n\nDrive 1:\n\nPicker 1:\n\nMAP 1:\n\nSlot 1: F01002L8\n' >"$root/etc/mhvtl/library_contents.10"
	: >"$root/opt/mhvtl/F01001L8/indx.0"
	: >"$root/srv/tapes/F01002L8/indx.0"
	: >"$root/srv/tapes/F01002L8/data.0"
	: >"$root/run/lock/mhvtl/mhvtl11"
	: >"$root/lib/modules/$kernel/kernel/drivers/scsi/mhvtl.ko"
	for file in usr/bin/vtltape usr/bin/vtllibrary usr/bin/mktape etc/init.d/mhvtl usr/lib/libvtlscsi.so usr/lib/systemd/system-generators/mhvtl-device-conf-generator; do
		printf '#!/bin/sh\necho mhvtl 1; exit 1\n' >"$root/$file"
		chmod 755 "$root/$file"
	done
	for unit in mhvtl.target mhvtl-load-modules.service vtltape@.service vtllibrary@.service; do
		printf '[Unit]\nDescription=mhvtl 1\n' | tee "$root/usr/lib/systemd/system/$unit" >"$root/etc/systemd/system/$unit"
	done
	ln -s /lib/systemd/system/mhvtl.target "$root/etc/systemd/system/multi-user.target.wants/mhvtl.target"
	ln -s /lib/systemd/system/mhvtl-load-modules.service "$root/etc/systemd/system/mhvtl.target.wants/mhvtl-load-modules.service"
}

take_over() {
	local kernel
	mhvtl_1
	cp "$root/etc/mhvtl/device.conf" "$scratch/device.conf"
	ok 'apt installs over mhvtl 1' install_all
	ok 'its configuration is used as it is' cmp "$scratch/device.conf" "$root/etc/mhvtl/device.conf"
	is 'its cartridges are the daemons'\''' "$(owner /opt/mhvtl/F01001L8/indx.0 | cut -d: -f1)" mhvtl
	is 'those elsewhere, too' "$(owner /srv/tapes/F01002L8/data.0 | cut -d: -f1)" mhvtl
	is 'what is no cartridge is left alone' "$(owner /srv/tapes/other | cut -d: -f1)" root
	ok 'its init script is replaced, and kept' grep -q 'mhvtl 1' "$root/etc/init.d/mhvtl.dpkg-old"
	ok 'ours passes on to systemd' grep -q 'exec systemctl' "$root/etc/init.d/mhvtl"
	is 'no unit of it is in use' "$(cd "$root" && grep -l 'mhvtl 1' etc/systemd/system/*.service etc/systemd/system/*.target usr/lib/systemd/system/* 2>/dev/null)" ''
	ok 'no lock of it is left' test ! -e "$root/run/lock/mhvtl/mhvtl11"
	is 'the programs are ours' "$(inside vtltape --version)" 2.0.0
	kernel=$(headers | head -n 1)
	like 'the module is ours' "$(inside modinfo -k "$kernel" -F filename mhvtl)" /updates/dkms/
}

# Read whole before it runs: who edits this file meanwhile changes nothing.
main() {
	make_guest "$suite"
	fresh
	install_new
	upgrade
	remove_and_purge
	fresh
	rm -f "$root"/debs/*dbgsym*
	take_over
	[ $flavours = no ] || more_kernels
	finish
}

main
