#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The packages on a real Debian: QEMU, systemd, the stock kernel. Prints TAP.
# usage: system.sh [--short] [--packages DIR] [--restarts COUNT] [SUITE...]   (default: bookworm and trixie; with --short: bookworm)
# The machine installs them by apt, uses them, restarts 25 times in a row and 25 times under I/O, kills, reboots, gets a
# second kernel, removes. --short: they are installed in its disk before; one boot, few restarts.
# --packages DIR: use the .debs in DIR/SUITE instead of building them. --restarts COUNT: so many, both times.
set -u
cd "$(dirname "$0")/../.." || exit
repo=$PWD
cache=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/package
form=long debs='' suites='' restarts=''
while [ $# -gt 0 ]; do
	case $1 in
	--short) form=short ;;
	--packages) debs=$2 && shift ;;
	--restarts) restarts=$2 && shift ;;
	-*) sed -n '3,7s/^# //p' "$0" >&2 && exit 2 ;;
	*) suites="$suites $1" ;;
	esac
	shift
done
[ -n "$restarts" ] || restarts=$([ $form = long ] && echo 25 || echo 2)
[ -n "$suites" ] || { [ $form = long ] && suites='bookworm trixie' || suites=bookworm; }

. packaging/tools.sh
. test/package/image.sh
need mmdebstrap mmdebstrap qemu-system-x86_64 qemu-system-x86 mke2fs e2fsprogs dpkg-parsechangelog dpkg-dev
scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/mhvtl-system.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
# Emulated, everything takes minutes.
BOOT_LIMIT=${MHVTL_BOOT_LIMIT:-$([ $form = long ] && echo 5400 || echo 1200)}

# boot RELEASE: one life of the machine, from kernel to power off; a reboot ends it, too.
boot() {
	extract "$scratch/disk" "/boot/vmlinuz-$1" "$scratch/vmlinuz" &&
		extract "$scratch/disk" "/boot/initrd.img-$1" "$scratch/initrd" || die "the image has no kernel $1"
	timeout --foreground "$BOOT_LIMIT" qemu-system-x86_64 \
		-nodefaults -no-user-config -display none -no-reboot -M q35,sata=off,smbus=off,usb=off \
		-accel tcg,thread=multi -smp 2 -cpu max -m 2G -kernel "$scratch/vmlinuz" -initrd "$scratch/initrd" \
		-append 'root=/dev/vda rw console=ttyS0 panic=-1 mitigations=off audit=0 module_blacklist=lpc_ich,iTCO_wdt,kvm,kvm_amd,kvm_intel' \
		-drive "file=$scratch/disk,format=raw,if=virtio,cache=unsafe" -device virtio-rng-pci \
		-virtfs "local,path=$scratch/lab,mount_tag=lab,security_model=none,multidevs=remap" \
		-serial "file:$scratch/console" </dev/null >"$scratch/qemu.log" 2>&1 ||
		say "the machine did not power off in $BOOT_LIMIT seconds: $(tail -n 3 "$scratch/qemu.log")"
}

# install_before TREE: by the kernel here, which is many times faster.
install_before() {
	cp "$scratch"/lab/packages/*.deb test/package/guest/library.sh "$1/tmp"
	unshare --pid --fork --mount-proc="$1/proc" chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
		sh -c 'apt-get install -y /tmp/*.deb && rm /tmp/*.deb' >"$scratch/install.log" 2>&1 || { tail -n 30 "$scratch/install.log" >&2; return 1; }
	chroot "$1" bash -c 'scratch=/tmp && . /tmp/library.sh && fewer_drives && rm /tmp/library.sh /tmp/device.conf'
}

# What the machine told, numbered on; prefixed with the suite.
results() {
	cat "$scratch"/lab/tap.* 2>/dev/null
}

run_suite() {
	local suite=$1 phase release log
	rm -rf "$scratch/lab" && mkdir -p "$scratch/lab/packages" "$scratch/lab/guest"
	mkdir "$scratch/lab/source" && cp -r debian "$scratch/lab/source"
	cp test/package/guest/* test/system/tap.sh "$scratch/lab/guest"
	cp "${debs:-build/packages}/$suite"/mhvtl_*.deb "${debs:-build/packages}/$suite"/mhvtl-dkms_*.deb "$scratch/lab/packages" || die "there are no packages for $suite"
	echo "$restarts" >"$scratch/lab/restarts"
	if [ $form = long ]; then
		make_guest "$suite" && make_image "$scratch/disk" "$suite" || die "no image of $suite"
		fetch_second_kernel "$suite" "$scratch/lab/kernel"
		echo install >"$scratch/lab/next"
	else
		make_guest "$suite" && make_image "$scratch/disk" "$suite" install_before || die "no image of $suite"
		echo boot >"$scratch/lab/next"
	fi
	while [ -s "$scratch/lab/next" ]; do
		phase=$(<"$scratch/lab/next")
		mv "$scratch/lab/next" "$scratch/lab/phase"
		release=$(kernels "$scratch/disk" | tail -n 1)
		say "$suite: $phase, Linux $release"
		boot "$release"
		if [ ! -e "$scratch/lab/done.$phase" ]; then
			echo "not ok - $suite: the phase '$phase' did not end"
			tail -c 3000 "$scratch/console" "$scratch/lab/err" >&2
			tail -n 20 "$scratch/lab/tap.$phase" >&2
			break
		fi
	done
	[ -z "${MHVTL_SYSTEM_KEEP:-}" ] || cp -r "$scratch/lab" "$scratch/console" "$MHVTL_SYSTEM_KEEP"
	results | sed "s/^\(ok\|not ok\) [0-9]* *-\? */\1 - $suite: /"
	log=$scratch/lab/err
	! results | grep -q '^not ok' || tail -c 6000 "$log" >&2
}

# fetch_second_kernel SUITE DIRECTORY: image and headers of the suite's backports, with what they need.
fetch_second_kernel() {
	local root=$scratch/root sources="deb $MIRROR $1-backports main"
	mkdir -p "$root" "$2"
	tar -xf "$cache/$1/guest.tar" -C "$root"
	echo "$sources" >"$root/etc/apt/sources.list.d/backports.list"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	chroot "$root" sh -c "apt-get -qq update && apt-get -y --download-only -t $1-backports install linux-image-amd64 linux-headers-amd64" >"$scratch/fetch.log" 2>&1 ||
		die "no second kernel: $(tail -n 3 "$scratch/fetch.log")"
	mv "$root"/var/cache/apt/archives/*.deb "$2"
	rm -rf "$root"
}

# Read whole before it runs: who edits this file meanwhile changes nothing.
main() {
	local suite
	if [ -z "$debs" ]; then
		# shellcheck disable=SC2086 # a list
		bash packaging/package.sh $suites >"$scratch/package.log" 2>&1 ||
			{ tail -n 30 "$scratch/package.log"; echo 'not ok - the packages are built'; exit 1; }
		echo 'ok - the packages are built'
	fi
	for suite in $suites; do
		run_suite "$suite"
	done | tee "$scratch/tap"
	! grep -q '^not ok' "$scratch/tap" && grep -q '^ok' "$scratch/tap"
	exit
}

main
