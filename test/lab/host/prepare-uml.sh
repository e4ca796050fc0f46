# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel tree for modules of Debian's User-Mode Linux: it must be made from
# the very source UML was built from, in the very configuration.

find_uml_kernel() {
	KERNEL_RELEASE=$(linux.uml --version) || return 1
	KERNEL_TREE=$CACHE/um-$KERNEL_RELEASE
	[ -f "$KERNEL_TREE/.ready" ]
}

make_uml_kernel() {
	local source=$CACHE/linux-source-$KERNEL_RELEASE
	[ ! -f "$KERNEL_TREE/.ready" ] || return 0
	say "preparing the kernel tree $KERNEL_TREE (once)"
	[ -f "$source/Makefile" ] || unpack_uml_source "$source" || return 1
	mkdir -p "$KERNEL_TREE" || return 1
	linux.uml --showconfig >"$KERNEL_TREE/.config"
	if ! nice make -C "$source" "O=$KERNEL_TREE" ARCH=um olddefconfig modules_prepare >"$KERNEL_TREE/prepare.log" 2>&1; then
		tail -n 40 "$KERNEL_TREE/prepare.log" >&2
		return 1
	fi
	touch "$KERNEL_TREE/.ready"
}

# unpack_uml_source DIRECTORY: Debian's suites may hold a newer linux-source
# than the one UML was built from; only the same upstream version will do.
unpack_uml_source() {
	local series package version unpacked=$CACHE/unpacked archive
	series=$(cut -d. -f1,2 <<<"$KERNEL_RELEASE")
	package=linux-source-$series
	version=$(apt-cache madison "$package" | awk -F'|' -v v="$KERNEL_RELEASE-" \
		'{ gsub(/ /, "", $2) } index($2, v) == 1 { print $2; exit }')
	if [ -z "$version" ]; then
		say "no $package of version $KERNEL_RELEASE in the package sources (apt-cache madison $package)"
		return 1
	fi
	rm -rf "$unpacked"
	fetch_package "$package=$version" "$unpacked" || return 1
	archive=$(echo "$unpacked/usr/src/$package".tar.*)
	nice tar -xf "$archive" -C "$unpacked" && mv "$unpacked/$package" "$1" || return 1
	rm -rf "$unpacked"
}
