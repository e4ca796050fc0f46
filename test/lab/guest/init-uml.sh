#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# First process of User-Mode Linux, on the host's file system, read-only: makes
# a writable overlay of it and goes on there. The kernel puts the word
# lab_job=DIRECTORY of its command line into our environment.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
# By its new interface for mounting the kernel takes no bare path for an option.
export PATH LIBMOUNT_FORCE_MOUNT2=always

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lab/results
cp -R "$lab_job/guest" "$lab_job/conf" "$lab_job/argv" "$lab_job/environ" /run/lab
mount -t hostfs none /run/lab/results -o "$lab_job/results" || exit

modules=/usr/lib/uml/modules/$(uname -r)
root=/mnt/root
grep -qw overlay /proc/filesystems || insmod "$modules/kernel/fs/overlayfs/overlay.ko"
mount -t tmpfs -o mode=755,size=90% tmpfs /mnt
mkdir /mnt/upper /mnt/work "$root"
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay "$root"
mkdir -p "$root/lib/modules"
ln -sfn "$modules" "$root/lib/modules/$(uname -r)"

exec switch_root "$root" /run/lab/guest/init.sh uml /dev/ttyS0 /dev/ttyS1
