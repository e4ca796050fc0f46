#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage fuzz-guest.sh FUZZ-PROGRAM SECONDS SEED
# A kernel that remembers who allocated what (slub_debug=U) is asked at the end what the module still has.
debug=/sys/kernel/debug
mountpoint -q $debug || mount -t debugfs debugfs $debug

# held: objects that were allocated in or below a function of the module, by function. Not nodes of sysfs: they stay as
# long as somebody who looked at them is remembered.
held() {
	find $debug/slab -name alloc_traces -not -path '*/kernfs*' -exec cat {} + 2>/dev/null | awk '
		/^ *[0-9]+ / { count = $1 }
		/\[mhvtl\]/ && count { sub(/\+.*/, "", $1); sum[$1] += count; count = 0 }
		END { for (name in sum) print name, sum[name] }' | sort
}

# grown BEFORE AFTER: functions that hold more than before.
grown() {
	awk 'NR == FNR { before[$1] = $2; next } $2 > before[$1] { print $1 ": " before[$1] + 0 " -> " $2 }' <(echo "$1") <(echo "$2")
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
		more=$(grown "$before" "$(held)")
		[ -n "$more" ] || break
		sleep 1
	done
	if [ -z "$more" ]; then
		echo "ok - the module holds no more than before"
	else
		echo "not ok - the module holds no more than before"
		sed 's/^/# /' <<<"$more"
		status=1
	fi
fi
exit $status
