#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage fuzz-guest.sh FUZZ-PROGRAM SECONDS SEED
. "$(dirname "$0")/held.sh"
faults='failslab fail_page_alloc fail_usercopy'
MOST=1000000000

let_allocations_fail() {
	local fault
	for fault in $faults; do
		echo 2 >$debug/$fault/probability
		echo $MOST >$debug/$fault/times
		echo 0 >$debug/$fault/verbose
		echo Y >$debug/$fault/task-filter
	done
	echo N >$debug/failslab/ignore-gfp-wait
	echo N >$debug/fail_page_alloc/ignore-gfp-wait
}

# How often each struck: the kernel counts down.
check_strikes() {
	local fault left result=0
	for fault in $faults; do
		left=$(<$debug/$fault/times)
		[ "$left" -lt $MOST ] || { echo -n 'not '; result=1; }
		echo "ok - $fault struck $((MOST - left)) times"
	done
	return $result
}

before=$(held)
[ -z "${FUZZ_FAIL:-}" ] || let_allocations_fail
"$1" "$2" "$3"
status=$?
[ -z "${FUZZ_FAIL:-}" ] || check_strikes || status=1
check_held "$before" || status=1
exit $status
