#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Compiles mhvtl.ko, with W=1 and every warning an error, against the kernels of
# Debian's suites. Needs root and mmdebstrap; each suite is a chroot in the lab's
# cache, made once. SUITE:ARCHITECTURE is one of another architecture, emulated.
# usage: compile-all.sh [SUITE[:ARCHITECTURE]...]
set -u
SUITES="bookworm bookworm-backports trixie trixie-backports sid"

cd "$(dirname "$0")/../.." || exit
CHROOTS=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/chroots
NATIVE=$(dpkg --print-architecture)
. packaging/tools.sh

# make_chroot DIRECTORY SUITE ARCHITECTURE: gcc, make, what kernel-doc (W=1) is written in, and the newest kernel headers.
make_chroot() {
	local root=$1 suite=$2 headers=linux-headers-$3 release=${2%-backports} sources
	[ ! -e "$root/.ready" ] || return 0
	[ "$3" = "$NATIVE" ] || run_foreign "$3"
	need mmdebstrap mmdebstrap
	rm -rf "${root:?}"
	mkdir -p "$CHROOTS"
	sources="deb $MIRROR $release main"
	[ "$suite" = "$release" ] || {
		sources+=$'\n'"deb $MIRROR $suite main"
		headers+=/$suite
	}
	nice mmdebstrap --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' --architectures="$3" \
		--include="make,gcc,kmod,perl,python3,$headers" "$release" "$root" - <<<"$sources" >"$root.log" 2>&1 ||
		{ tail -n 20 "$root.log" >&2; return 1; }
	touch "$root/.ready"
}

# in_chroot DIRECTORY COMMAND...: objtool wants /proc.
in_chroot() {
	unshare --pid --fork --mount-proc="$1/proc" chroot "$@"
}

# compile DIRECTORY NAME ARCHITECTURE: against every kernel the chroot has headers of.
compile() {
	local root=$1 build release status=0 count=0
	rm -rf "$root/build"
	mkdir -p "$root/build"
	cp -R kernel package.json "$root/build"
	for build in "$root"/usr/src/linux-headers-*-"$3"; do
		[ -e "$build/Makefile" ] || continue
		release=${build##*/linux-headers-}
		count=$((count + 1))
		in_chroot "$root" make -s -C "/usr/src/linux-headers-$release" M=/build/kernel clean >/dev/null 2>&1
		if in_chroot "$root" make -C "/usr/src/linux-headers-$release" M=/build/kernel \
			W=1 KCFLAGS=-Werror modules >"$root/build/log" 2>&1 &&
			! grep -i 'warning' "$root/build/log"; then
			echo "ok - $2, Linux $release"
		else
			cat "$root/build/log"
			echo "not ok - $2, Linux $release"
			status=1
		fi
	done
	[ $count -gt 0 ] || { echo "not ok - $2: no kernel headers"; status=1; }
	return $status
}

status=0
# shellcheck disable=SC2086,SC2048 # a list
for one in ${*:-$SUITES}; do
	suite=${one%:*} architecture=$NATIVE
	[ "$suite" = "$one" ] || architecture=${one#*:}
	root=$CHROOTS/${one/:/-}
	if make_chroot "$root" "$suite" "$architecture"; then
		compile "$root" "$one" "$architecture" || status=1
	else
		echo "not ok - $one: the chroot cannot be made, see above"
		status=1
	fi
done
exit $status
