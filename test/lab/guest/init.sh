#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The plain first process, in the overlay: mounts what every program expects
# and runs the job. As bash it also collects orphans.
mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm /run/lock
mount -t devpts -o ptmxmode=666,gid=5 devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ln -sfn /proc/self/fd /dev/fd
ln -sfn /proc/self/fd/0 /dev/stdin
ln -sfn /proc/self/fd/1 /dev/stdout
ln -sfn /proc/self/fd/2 /dev/stderr
ip link set lo up 2>/dev/null
/run/lab/guest/job.sh
# only reached when the job could not power off
echo o >/proc/sysrq-trigger
sleep 10
