# SPDX-License-Identifier: GPL-2.0-or-later
# A User-Mode Linux of our own with the kernel's checkers: made once, from the source
# that Debian's User-Mode Linux was built from.

SANITIZED_CONFIG=$LAB_DIR/sanitized.config

# The configuration is part of the name: another one is another kernel.
find_sanitized_kernel() {
	local release
	release=$(linux.uml --version) || return 1
	KERNEL_TREE=$CACHE/sanitized-$release-$(sha256sum <"$SANITIZED_CONFIG" | head -c 12)
	KERNEL_RELEASE=$release-sanitized
	UML_PROGRAM=$KERNEL_TREE/linux
	[ -f "$KERNEL_TREE/.ready" ]
}

make_sanitized_kernel() {
	local source=$CACHE/linux-source-${KERNEL_RELEASE%-sanitized} arguments
	[ ! -f "$KERNEL_TREE/.ready" ] || return 0
	say "building a kernel with KASAN and lockdep in $KERNEL_TREE (once, about ten minutes)"
	KERNEL_RELEASE=${KERNEL_RELEASE%-sanitized}
	[ -f "$source/Makefile" ] || fetch_uml_source "$source" || return 1
	mkdir -p "$KERNEL_TREE" || return 1
	arguments=(-C "$source" "O=$KERNEL_TREE" ARCH=um)
	if ! {
		make "${arguments[@]}" x86_64_defconfig && cat "$SANITIZED_CONFIG" >>"$KERNEL_TREE/.config" &&
			make "${arguments[@]}" olddefconfig && sanitized_config_holds &&
			nice make "${arguments[@]}" "-j$(nproc)" linux modules_prepare
	} >"$KERNEL_TREE/build.log" 2>&1; then
		tail -n 40 "$KERNEL_TREE/build.log" >&2
		return 1
	fi
	touch "$KERNEL_TREE/.ready"
}

# Kconfig drops what it cannot have without a word.
sanitized_config_holds() {
	local line status=0
	while read -r line; do
		grep -qxF "$line" "$KERNEL_TREE/.config" || { echo "not in the configuration: $line"; status=1; }
	done < <(grep -E '^(CONFIG_|# CONFIG_)' "$SANITIZED_CONFIG")
	return $status
}
