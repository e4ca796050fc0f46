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
	[ -f "$source/Makefile" ] || fetch_uml_source "$source" || return 1
	mkdir -p "$KERNEL_TREE" || return 1
	linux.uml --showconfig >"$KERNEL_TREE/.config"
	if ! nice make -C "$source" "O=$KERNEL_TREE" ARCH=um olddefconfig modules_prepare >"$KERNEL_TREE/prepare.log" 2>&1; then
		tail -n 40 "$KERNEL_TREE/prepare.log" >&2
		return 1
	fi
	touch "$KERNEL_TREE/.ready"
}

# fetch_uml_source DIRECTORY: the suites may hold only other versions of the
# package linux-source. But Debian keeps the source package of whatever a package
# names as Built-Using, as long as it has that package.
fetch_uml_source() {
	local version work status
	version=$(dpkg-query -W -f '${Built-Using}' user-mode-linux | sed -nE 's/.*\blinux \(= ([^)]+)\).*/\1/p')
	if [ -z "$version" ]; then
		say "the package user-mode-linux does not say which source of linux it was built from"
		return 1
	fi
	work=$(mktemp -d "$CACHE/source.XXXXXX") || return 1
	say "fetching the source package linux $version (150 MB, once)"
	download_source "linux=$version" "$work" && (
		cd "$work" && say "unpacking it" && nice dpkg-source --no-check -x ./*.dsc tree >unpack.log 2>&1 ||
			{ tail -n 20 unpack.log >&2; exit 1; }
	) && mv "$work/tree" "$1"
	status=$?
	rm -rf "$work"
	return $status
}

# download_source NAME=VERSION DIRECTORY: from the archives that this machine
# has its Debian packages from, whether or not it lists their sources.
download_source() {
	local keys=/usr/share/keyrings/debian-archive-keyring.gpg options
	keys=$([ ! -f "$keys" ] || echo "[signed-by=$keys] ")
	apt-get indextargets --format "deb-src ${keys}\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" \
		'Created-By: Packages' 'Origin: Debian' | sort -u >"$2/sources.list"
	mkdir -p "$2/lists/partial"
	options=(-qq -o APT::Sandbox::User=root
		-o "Dir::Etc::sourcelist=$2/sources.list" -o Dir::Etc::sourceparts=/dev/null
		-o "Dir::State::lists=$2/lists" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=")
	(cd "$2" && apt-get "${options[@]}" update && apt-get "${options[@]}" source --download-only "$1") >&2 ||
		{ say "the source package $1 cannot be fetched from Debian's archive"; return 1; }
}
