#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# First process under QEMU, in the initramfs: reaches the host's files by 9p,
# makes a writable overlay of them and goes on there. The kernel puts the words
# lab_job, lab_image and lab_out of its command line into our environment.
PATH=/bin
export PATH
for applet in mount mkdir insmod ln cp sleep switch_root; do
	ln -s busybox "/bin/$applet"
done

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
while read -r module; do
	insmod "/modules/$module"
done </modules/list

options=trans=virtio,version=9p2000.L,msize=524288
root=/mnt/root
mount -t tmpfs -o mode=755,size=90% tmpfs /mnt
mkdir /mnt/host /mnt/upper /mnt/work $root
mount -t 9p -o "ro,cache=loose,$options" host /mnt/host
mount -t overlay -o lowerdir=/mnt/host,upperdir=/mnt/upper,workdir=/mnt/work overlay $root

mkdir -p /run
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lab/results
for file in guest conf argv environ; do
	cp -R "/mnt/host$lab_job/$file" /run/lab
done
mount -t 9p -o "$options" results /run/lab/results

# the modules of this kernel, beside the headers that may be there
read -r release </proc/sys/kernel/osrelease
mkdir -p "$root/lib/modules/$release"
for file in "/mnt/host$lab_image/lib/modules/$release"/*; do
	name=${file##*/}
	case $name in
	build | source) ;;
	*) [ -e "$root/lib/modules/$release/$name" ] || ln -s "$lab_image/lib/modules/$release/$name" "$root/lib/modules/$release/" ;;
	esac
done

# the script's output and errors
until [ -c "$(echo /dev/vport*p2)" ]; do
	sleep 0.1
done
set -- "${lab_out:-$(echo /dev/vport*p1)}" "$(echo /dev/vport*p2)"

for directory in proc sys dev run; do
	mount --move "/$directory" "$root/$directory"
done
exec switch_root "$root" /run/lab/guest/init.sh qemu "$@"
