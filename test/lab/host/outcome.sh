# SPDX-License-Identifier: GPL-2.0-or-later
# From the results of a run to the lab's exit status.

WARNING_PATTERN='WARNING:|BUG:|Oops|Call Trace|Kernel panic|general protection fault|INFO: (task|rcu)|possible (recursive|circular|irq)|KASAN|UBSAN|KCSAN|kmemleak:'

# Copies the kernel log out and ends the lab. The order is by what explains
# most: a dead kernel, the guest's own trouble, warnings, lost output, and
# only then the script's status.
report_outcome() {
	local status reason
	sed -i 's/\r$//' "$JOB/console"
	[ -z "$OPT_DMESG" ] || cp "$JOB/console" "$OPT_DMESG"
	if [ ! -f "$JOB/results/failure" ] && [ ! -f "$JOB/results/status" ]; then
		[ "$KERNEL_STATUS" != 137 ] || die_with_logs 95 "the guest did not answer and was killed"
		die_with_logs 92 "the kernel ended before the script did"
	fi
	if [ -f "$JOB/results/failure" ]; then
		read -r status reason <"$JOB/results/failure"
		die_with_logs "$status" "$reason"
	fi
	report_warnings
	[ ! -f "$JOB/cut" ] || die 96 "output exceeded $OPT_OUTPUT_LIMIT MiB, the rest was thrown away"
	exit "$(cat "$JOB/results/status")"
}

# Lockdep finds fault with User-Mode Linux itself, long before our module comes. A kill for want of a control group's
# memory is what the script has asked for.
log_of_interest() {
	if [ "$OPT_KERNEL" = sanitized ] && grep -q 'mhvtl: loading' "$JOB/console"; then
		sed '1,/mhvtl: loading/d' "$JOB/console"
	else
		cat "$JOB/console"
	fi | perl -0777 -pe 's/^[^\n]*invoked oom-killer.*?Memory cgroup out of memory: Killed[^\n]*\n//gms'
}

report_warnings() {
	log_of_interest | grep -qE "$WARNING_PATTERN" || return 0
	say "warnings in the kernel log:"
	log_of_interest | grep -nE -A 40 "$WARNING_PATTERN" | head -n 200 >&2
	[ "$OPT_ALLOW_WARNINGS" = yes ] || die 97 "the kernel log has warnings; the script's status was $(cat "$JOB/results/status")"
}

die_with_logs() {
	local log
	for log in "$JOB"/results/log/*.log; do
		[ -s "$log" ] || continue
		say "end of ${log##*/}:"
		tail -n 20 "$log" | head -c 8192 >&2
	done
	say "kernel log since the first process:"
	if grep -q 'as init process' "$JOB/console"; then
		sed '1,/as init process/d' "$JOB/console" | tail -n 300 | head -c 65536 >&2
	else
		tail -n 100 "$JOB/console" >&2
	fi
	die "$@"
}
