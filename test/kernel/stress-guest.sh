#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: usage stress-guest.sh STRESS-PROGRAM ABI-PROGRAM MHVTL.KO TIMES [ROW...]
. "$(dirname "$0")/held.sh"
stress=$1 abi=$2 module=$3
shift 3
status=0

# Loaded and unloaded, each time with a unit whose owner died.
unload_rounds() {
	local rounds=$((10 * $1)) good=0 round
	for ((round = 0; round < rounds; round++)); do
		"$abi" leave-orphan && rmmod mhvtl && insmod "$module" "hosts=$((1 + round % 4))" && good=$((good + 1))
	done
	[ $good = $rounds ] || { echo -n 'not '; status=1; }
	echo "ok - unloaded with an orphan and loaded again $good of $rounds times"
}

before=$(held)
"$stress" "$@" || status=1
check_held "$before" || status=1
[ $# -gt 1 ] || unload_rounds "$1"
exit $status
