# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced in the lab: what the module has allocated, in a kernel that remembers it (slub_debug=U); elsewhere nothing.
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

# check_held BEFORE: one test point; says nothing where the kernel does not remember.
check_held() {
	local more
	[ -n "$1" ] || return 0
	# The last orphans' grace, and callbacks that wait for a grace period of RCU.
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		more=$(grown "$1" "$(held)")
		[ -n "$more" ] || break
		sleep 1
	done
	if [ -z "$more" ]; then
		echo "ok - the module holds no more than before"
		return 0
	fi
	echo "not ok - the module holds no more than before"
	sed 's/^/# /' <<<"$more"
	return 1
}
