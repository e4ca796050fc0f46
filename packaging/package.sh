#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `npm run package [-- SUITE...]`: the Debian packages, built in a clean chroot of each suite (bookworm and trixie), and the
# rpm, into build/packages. The network is used before the builds only: for chroots (cached) and npm packages.
# MHVTL_PACKAGE_ARCH=arm64 builds for that architecture, emulated, which takes long. MHVTL_PACKAGE_CHECK=1 builds everything twice and compares, and asks lintian. Needs root for the chroots.
set -eu
cd "$(dirname "$0")/.."
repo=$PWD
out=$repo/build/packages
cache=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/package
suites=${*:-bookworm trixie}
architecture=${MHVTL_PACKAGE_ARCH:-$(dpkg --print-architecture)}

. packaging/tools.sh
version=$(dpkg-parsechangelog -l debian/changelog -S Version)
upstream=${version%-*}
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l debian/changelog -S Timestamp)
export SOURCE_DATE_EPOCH
scratch=$(mktemp -d "${TMPDIR:-/tmp}/mhvtl-package.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# reproducible_tar FILE DIRECTORY NAME...: the same bytes whoever makes it, whenever.
reproducible_tar() {
	local file=$1 directory=$2
	shift 2
	tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw,a-s \
		-C "$directory" -cf - "$@" | gzip -9n >"$file"
}

# The source package's parts: the tree without debian/, the npm packages, and debian/.
make_source() {
	local tree=$scratch/mhvtl-$upstream
	mkdir "$tree"
	say 'source tree and npm packages'
	git ls-files -z --cached --others --exclude-standard | xargs -0 -r ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$tree"
	node packaging/npm-component.mjs "$tree" >&2
	mv "$tree/debian" "$tree/npm" "$scratch"
	reproducible_tar "$scratch/mhvtl_$upstream.orig.tar.gz" "$scratch" "mhvtl-$upstream"
	reproducible_tar "$scratch/mhvtl_$upstream.orig-npm.tar.gz" "$scratch" npm
	mv "$scratch/debian" "$scratch/npm" "$tree"
}

# build_in SUITE DIRECTORY: one build, its files into the directory.
build_in() {
	local root=$scratch/root
	mkdir -p "$root" "$2"
	tar -xf "$cache/$1/$(build_root_name "$architecture").tar" -C "$root"
	mkdir -p "$root/build"
	cp -a "$scratch/mhvtl-$upstream" "$scratch"/*.orig*.tar.gz "$root/build"
	# No network in there: what is not declared is not found.
	unshare --net --pid --fork --mount-proc="$root/proc" chroot "$root" sh -c \
		"cd /build/mhvtl-$upstream && LC_ALL=C.UTF-8 dpkg-buildpackage -us -uc" >"$2/build.log" 2>&1 ||
		{ tail -n 40 "$2/build.log" >&2; die "the build for $1 fails: $2/build.log"; }
	cp "$root"/build/mhvtl*_* "$2"
	rm -rf "$root"
}

build_suite() {
	local suite=$1 folder=$out/$1
	[ "$architecture" = "$(dpkg --print-architecture)" ] || folder=$folder-$architecture
	make_build_root "$suite" "$architecture"
	rm -rf "$folder"
	say "$suite, $architecture: building"
	build_in "$suite" "$folder"
	if [ "${MHVTL_PACKAGE_CHECK:-0}" = 1 ]; then
		say "$suite: building again"
		build_in "$suite" "$scratch/again"
		for file in "$folder"/*.deb; do
			cmp "$file" "$scratch/again/${file##*/}" || die "$suite: ${file##*/} is not reproducible"
		done
		rm -rf "$scratch/again"
		say "$suite: both builds are the same"
		need lintian lintian
		lintian --fail-on=error,warning "$folder"/*.changes >&2 || die "$suite: lintian is not content"
	fi
}

# Read whole before it runs: who edits this file meanwhile changes nothing.
main() {
	local suite
	make_source
	for suite in $suites; do build_suite "$suite"; done
	[ "$architecture" != "$(dpkg --print-architecture)" ] || bash packaging/rpm.sh "$scratch" "$out/rpm"
	find "$out" -name '*.deb' -o -name '*.rpm' | sort
	exit
}

main
