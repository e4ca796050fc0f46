#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Compiles mhvtl.ko, with W=1 and every warning an error, against the kernels of
# Debian's suites. Needs root and mmdebstrap; each suite is a chroot in the lab's
# cache, made once.
# usage: compile-all.sh [SUITE...]
set -u
SUITES="bookworm bookworm-backports trixie trixie-backports sid"

HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
CHROOTS=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/chroots
MIRROR=http://deb.debian.org/debian

# make_chroot SUITE: gcc, make, what kernel-doc (W=1) is written in, and the newest kernel headers of the suite.
make_chroot() {
	local suite=$1 release=${1%-backports} sources
	[ ! -e "$CHROOTS/$suite/.ready" ] || return 0
	rm -rf "${CHROOTS:?}/$suite"
	mkdir -p "$CHROOTS"
	sources="deb $MIRROR $release main"
	local options=(--variant=apt --aptopt='Acquire::Check-Valid-Until "false"')
	if [ "$suite" = "$release" ]; then
		# shellcheck disable=SC2054 # commas are mmdebstrap's
		options+=(--include=make,gcc,kmod,perl,python3,linux-headers-amd64)
	else
		sources+=$'\n'"deb $MIRROR $suite main"
		options+=(--include="make,gcc,kmod,perl,python3,linux-headers-amd64/$suite")
	fi
	nice mmdebstrap "${options[@]}" "$release" "$CHROOTS/$suite" - <<<"$sources" >"$CHROOTS/$suite.log" 2>&1 ||
		{ tail -n 20 "$CHROOTS/$suite.log" >&2; return 1; }
	touch "$CHROOTS/$suite/.ready"
}

# in_chroot DIRECTORY COMMAND...: objtool wants /proc.
in_chroot() {
	unshare --pid --fork --mount-proc="$1/proc" chroot "$@"
}

# compile SUITE: against every kernel the chroot has headers of.
compile() {
	local suite=$1 root=$CHROOTS/$1 build release status=0 count=0
	rm -rf "$root/build"
	mkdir -p "$root/build"
	cp -R "$REPO/kernel" "$REPO/package.json" "$root/build"
	for build in "$root"/usr/src/linux-headers-*-amd64; do
		[ -e "$build/Makefile" ] || continue
		release=${build##*/linux-headers-}
		count=$((count + 1))
		in_chroot "$root" make -s -C "/usr/src/linux-headers-$release" M=/build/kernel clean >/dev/null 2>&1
		if in_chroot "$root" make -C "/usr/src/linux-headers-$release" M=/build/kernel \
			W=1 KCFLAGS=-Werror modules >"$root/build/log" 2>&1 &&
			! grep -i 'warning' "$root/build/log"; then
			echo "ok - $suite, Linux $release"
		else
			cat "$root/build/log"
			echo "not ok - $suite, Linux $release"
			status=1
		fi
	done
	[ $count -gt 0 ] || { echo "not ok - $suite: no kernel headers"; status=1; }
	return $status
}

status=0
# shellcheck disable=SC2086,SC2048 # a list
for suite in ${*:-$SUITES}; do
	if make_chroot "$suite"; then
		compile "$suite" || status=1
	else
		echo "not ok - $suite: the chroot cannot be made, see above"
		status=1
	fi
done
exit $status
