#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage fuzz-guest.sh FUZZ-PROGRAM SECONDS SEED
# A kernel that remembers who allocated what (slub_debug=U) is asked at the end what the module still has.
debug=/sys/kernel/debug
mountpoint -q $debug || mount -t debugfs debugfs $debug

# held: objects that were allocated in or below a function of the module, by function.
held() {
	cat $debug/slab/*/alloc_traces 2>/dev/null | awk '
		/^ *[0-9]+ / { count = $1 }
		/\[mhvtl\]/ && count { sub(/\+.*/, "", $1); sum[$1] += count; count = 0 }
		END { for (name in sum) print name, sum[name] }' | sort
}

let_allocations_fail() {
	local fault
	for fault in failslab fail_page_alloc fail_usercopy; do
		echo 2 >$debug/$fault/probability
		echo -1 >$debug/$fault/times
		echo 0 >$debug/$fault/verbose
		echo Y >$debug/$fault/task-filter
	done
	echo N >$debug/failslab/ignore-gfp-wait
	echo N >$debug/fail_page_alloc/ignore-gfp-wait
}

before=$(held)
[ -z "${FUZZ_FAIL:-}" ] || let_allocations_fail
"$1" "$2" "$3"
status=$?
if [ -n "$before" ]; then
	# The last orphans' grace, and callbacks that wait for a grace period of RCU.
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		after=$(held)
		[ "$after" != "$before" ] || break
		sleep 1
	done
	if [ "$after" = "$before" ]; then
		echo "ok - the module holds what it held before"
	else
		echo "not ok - the module holds what it held before"
		diff <(echo "$before") <(echo "$after") | sed 's/^/# /'
		status=1
	fi
fi
exit $status
