# SPDX-License-Identifier: GPL-2.0-or-later
# Debian's own kernel for QEMU: the image that belongs to the installed headers,
# unpacked but not installed, and an initramfs that reaches the host's files.
#   image-RELEASE/vmlinuz, lib/modules/RELEASE, initramfs, .ready

find_qemu_kernel() {
	KERNEL_RELEASE=$(dpkg-query -W -f '${Depends}' linux-headers-amd64 | sed -nE 's/.*linux-headers-([^ ,]+).*/\1/p')
	[ -n "$KERNEL_RELEASE" ] || return 1
	KERNEL_TREE=/lib/modules/$KERNEL_RELEASE/build
	KERNEL_IMAGE=$CACHE/image-$KERNEL_RELEASE
	[ -f "$KERNEL_IMAGE/.ready" ] && [ ! "$LAB_DIR/guest/init-qemu.sh" -nt "$KERNEL_IMAGE/.ready" ]
}

make_qemu_kernel() {
	! find_qemu_kernel || return 0
	if [ -z "$KERNEL_RELEASE" ]; then
		say "linux-headers-amd64 is not installed"
		return 1
	fi
	[ -f "$KERNEL_IMAGE/vmlinuz" ] || unpack_image || return 1
	make_initramfs && touch "$KERNEL_IMAGE/.ready"
}

unpack_image() {
	local version unpacked=$CACHE/unpacked
	version=$(dpkg-query -W -f '${Version}' "linux-headers-$KERNEL_RELEASE") || return 1
	say "fetching linux-image-$KERNEL_RELEASE (once)"
	rm -rf "$unpacked"
	fetch_package "linux-image-$KERNEL_RELEASE=$version" "$unpacked" || return 1
	rm -rf "$KERNEL_IMAGE"
	mkdir -p "$KERNEL_IMAGE/lib"
	mv "$unpacked/boot/vmlinuz-$KERNEL_RELEASE" "$KERNEL_IMAGE/vmlinuz.new"
	mv "$unpacked"/{usr/,}lib/modules "$KERNEL_IMAGE/lib" 2>/dev/null
	PATH=$PATH:/usr/sbin:/sbin depmod -b "$KERNEL_IMAGE" "$KERNEL_RELEASE" || return 1
	mv "$KERNEL_IMAGE/vmlinuz.new" "$KERNEL_IMAGE/vmlinuz"
	rm -rf "$unpacked"
}

# busybox, the first process, and the modules it loads in the order of the file
# modules, decompressed.
make_initramfs() {
	local tree module file
	tree=$(mktemp -d "$CACHE/initramfs.XXXXXX") || return 1
	mkdir -p "$tree"/{bin,dev,proc,sys,mnt,modules}
	cp "$(type -P busybox)" "$tree/bin/busybox"
	ln -s busybox "$tree/bin/sh"
	cp "$LAB_DIR/guest/init-qemu.sh" "$tree/init"
	for module in virtio_pci virtio_rng virtio_console 9pnet_virtio 9p overlay; do
		PATH=$PATH:/usr/sbin:/sbin modprobe -d "$KERNEL_IMAGE" -S "$KERNEL_RELEASE" --show-depends "$module"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$tree/needed"
	while read -r file; do
		module=${file##*/}
		case $file in
		*.xz) xz -dc "$file" >"$tree/modules/${module%.xz}" ;;
		*.zst) zstd -qdc "$file" >"$tree/modules/${module%.zst}" ;;
		*) cp "$file" "$tree/modules" ;;
		esac || return 1
		module=${module%.xz}
		echo "${module%.zst}" >>"$tree/modules/list"
	done <"$tree/needed"
	(cd "$tree" && find . | cpio --quiet -o -H newc | gzip -1) >"$KERNEL_IMAGE/initramfs" || return 1
	rm -rf "$tree"
}
