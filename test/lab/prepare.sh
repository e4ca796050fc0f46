#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes sure that everything the lab needs is there: Debian packages, the kernel
# trees modules are built in (in a cache outside the repository), and mhvtl.ko.
# usage: prepare.sh [uml|sanitized|qemu|systemd]...   (also read by lab.sh)

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	set -u
	LAB_DIR=$(cd "$(dirname "$0")" && pwd -P)
	REPO=$(cd "$LAB_DIR/../.." && pwd -P)
	. "$LAB_DIR/host/common.sh"
fi
CACHE=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}

# A command or file, and the package that brings it.
NEEDED_ALWAYS='gcc gcc
make make
flex flex
bison bison
bc bc
kmod kmod
xz xz-utils
stdbuf coreutils
setpriv util-linux
lsscsi lsscsi
sg_inq sg3-utils
mtx mtx
stenc stenc
mt-st mt-st
tar tar'
NEEDED_uml='linux.uml user-mode-linux
dpkg-source dpkg-dev
patch patch'
NEEDED_sanitized=$NEEDED_uml
NEEDED_qemu='qemu-system-x86_64 qemu-system-x86
busybox busybox-static
cpio cpio
/usr/share/doc/linux-headers-amd64 linux-headers-amd64'
NEEDED_systemd='/lib/systemd/systemd systemd
udevadm udev
/usr/bin/dbus-daemon dbus-daemon'

# prepare_packages GROUP...: installs what is missing; needs root only then.
prepare_packages() {
	local group list=$NEEDED_ALWAYS missing=() file package
	for group; do
		group=NEEDED_$group
		list+=$'\n'${!group}
	done
	while read -r file package; do
		[ -e "$file" ] || PATH=$PATH:/usr/sbin:/sbin type -P "$file" >/dev/null || missing+=("$package")
	done <<<"$list"
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" != 0 ]; then
		say "these packages are missing: apt-get install ${missing[*]}"
		return 1
	fi
	say "installing ${missing[*]}"
	apt-get update >&2 && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends "${missing[@]}" >&2
}

# under_lock COMMAND...: one preparation at a time.
under_lock() {
	mkdir -p "$CACHE" || return 1
	(
		flock 9 && "$@"
	) 9>"$CACHE/.lock"
}

# fetch_package NAME=VERSION DIRECTORY: unpacks a package without installing it.
fetch_package() {
	local download
	download=$(mktemp -d "$CACHE/download.XXXXXX") || return 1
	(cd "$download" && apt-get download "$1" >&2) || { say "apt-get download $1 failed; apt-get update may help"; return 1; }
	mkdir -p "$2" && dpkg-deb -x "$download"/*.deb "$2" || return 1
	rm -rf "$download"
}

. "$LAB_DIR/host/prepare-uml.sh"
. "$LAB_DIR/host/prepare-sanitized.sh"
. "$LAB_DIR/host/prepare-qemu.sh"

# prepare_kernel uml|sanitized|qemu: sets KERNEL_RELEASE and KERNEL_TREE.
prepare_kernel() {
	"find_$1_kernel" && return 0
	under_lock "make_$1_kernel" && "find_$1_kernel"
}

# prepare_module uml|sanitized|qemu: sets MODULE_FILE. The sources are copied, so that
# their directory stays clean; unchanged sources are not built again.
prepare_module() {
	local directory=$REPO/build/lab/$KERNEL_RELEASE sum
	MODULE_FILE=$directory/mhvtl.ko
	sum=$(cat "$REPO"/kernel/* "$REPO/package.json" "$LAB_DIR/prepare.sh" | sha256sum) || return 1
	[ "$sum" != "$(cat "$directory/sources.sha256" 2>/dev/null)" ] || return 0
	mkdir -p "$directory" || return 1
	(
		flock 9
		[ "$sum" != "$(cat "$directory/sources.sha256" 2>/dev/null)" ] || exit 0
		build_module "$1" "$directory" && echo "$sum" >"$directory/sources.sha256"
	) 9>"$directory/.lock"
}

# build_module uml|sanitized|qemu DIRECTORY. Kbuild reads ../package.json.
build_module() {
	local arguments=(-C "$KERNEL_TREE" "M=$2/kernel")
	[ "$1" = qemu ] || arguments+=(ARCH=um KBUILD_MODPOST_WARN=1)
	rm -rf "$2/kernel"
	mkdir -p "$2/kernel"
	cp -p "$REPO"/kernel/* "$2/kernel"
	cp -p "$REPO/package.json" "$2"
	if ! make "${arguments[@]}" modules >"$2/build.log" 2>&1; then
		tail -n 60 "$2/build.log" >&2
		return 1
	fi
	! grep -A 5 ' warning:' "$2/build.log" >&2 || say "mhvtl.ko builds with warnings, see $2/build.log"
	mv "$2/kernel/mhvtl.ko" "$2/mhvtl.ko"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	[ $# -gt 0 ] || set -- uml qemu systemd
	prepare_packages "$@" || exit 91
	for kernel; do
		[ "$kernel" = systemd ] || { prepare_kernel "$kernel" && prepare_module "$kernel"; } || exit 91
	done
fi
