#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage fuzz-guest.sh FUZZ-PROGRAM SECONDS SEED
if [ -n "${FUZZ_FAIL:-}" ]; then
	mountpoint -q /sys/kernel/debug || mount -t debugfs debugfs /sys/kernel/debug
	for fault in failslab fail_page_alloc fail_usercopy; do
		cd "/sys/kernel/debug/$fault" || exit
		echo 2 >probability
		echo -1 >times
		echo 0 >verbose
		echo Y >task-filter
	done
	echo N >/sys/kernel/debug/failslab/ignore-gfp-wait
	echo N >/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait
fi
exec "$1" "$2" "$3"
