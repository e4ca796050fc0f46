# SPDX-License-Identifier: GPL-2.0-or-later
# What the packaging scripts share: messages, Debian packages they need, chroots. Reads $cache and $repo.

MIRROR=${MHVTL_MIRROR:-http://deb.debian.org/debian}

say() { printf 'package: %s\n' "$*" >&2; }
die() {
	say "$*"
	exit 1
}

# need COMMAND PACKAGE...: installs packages whose command is missing.
need() {
	local missing=()
	while [ $# -gt 0 ]; do
		[ -e "$1" ] || PATH=$PATH:/usr/sbin:/sbin type -P "$1" >/dev/null || missing+=("$2")
		shift 2
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] || die "as root: apt-get install ${missing[*]}"
	say "installing ${missing[*]}"
	apt-get -qq update >&2
	DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}" >&2
}

# make_root SUITE NAME OPTION...: a root file system by mmdebstrap, cached as $cache/SUITE/NAME.tar while the options stay.
make_root() {
	local suite=$1 name=$2 directory=$cache/$1
	shift 2
	mkdir -p "$directory"
	(
		flock 9
		if [ -s "$directory/$name.tar" ] && [ "$(cat "$directory/$name.options" 2>/dev/null)" = "$*" ]; then exit 0; fi
		[ "$(id -u)" = 0 ] || die 'chroots are made by root only'
		say "$suite: making the root file system '$name' (once)"
		mmdebstrap --format=tar "$@" "$suite" "$directory/$name.new" "$MIRROR" >"$directory/$name.log" 2>&1 ||
			{ tail -n 20 "$directory/$name.log" >&2; die "mmdebstrap fails: $directory/$name.log"; }
		mv "$directory/$name.new" "$directory/$name.tar"
		echo "$*" >"$directory/$name.options"
	) 9>"$directory/.lock"
}

# make_build_root SUITE ARCHITECTURE: build-essential and the build dependencies of debian/control, as $cache/SUITE/build.tar or,
# of another architecture than this machine's, build-ARCHITECTURE.tar.
make_build_root() {
	need mmdebstrap mmdebstrap
	local options=(--variant=buildd --include="$(build_dependencies "$1")")
	if [ "$2" != "$(dpkg --print-architecture)" ]; then
		run_foreign "$2"
		options+=(--architectures="$2")
	fi
	make_root "$1" "$(build_root_name "$2")" "${options[@]}"
}

build_root_name() {
	if [ "$1" = "$(dpkg --print-architecture)" ]; then echo build; else echo "build-$1"; fi
}

# run_foreign ARCHITECTURE: lets the kernel run its programs, by QEMU.
run_foreign() {
	local machine=$1
	[ "$1" != arm64 ] || machine=aarch64
	need "qemu-$machine-static" qemu-user-static update-binfmts binfmt-support arch-test arch-test
	[ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
	[ -e "/proc/sys/fs/binfmt_misc/qemu-$machine" ] || update-binfmts --enable "qemu-$machine" ||
		die "this kernel does not run programs of $1"
}

# build_dependencies SUITE: one name for each; until Debian 12 systemd itself had its pkg-config file.
build_dependencies() {
	local systemd=systemd-dev
	[ "$1" != bookworm ] || systemd=systemd
	sed -n '/^Build-Depends:/,/^[A-Z]/p' "$repo/debian/control" | sed -n 's/^ \([a-z0-9.+-]*\).*/\1/p' |
		sed "s/^debhelper-compat\$/debhelper/; s/^dh-sequence-dkms\$/dh-dkms/; /^dh-sequence-/d; s/^systemd-dev\$/$systemd/" |
		paste -sd, -
}
