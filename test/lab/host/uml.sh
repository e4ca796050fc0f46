# SPDX-License-Identifier: GPL-2.0-or-later
# Starting User-Mode Linux: kernel log on tty0, the script's output and errors
# on ttyS0 and ttyS1.

# memory_directory KIB: where the guest's memory becomes a file: in memory, unless
# that place is too small or does not allow to run code (as in most containers).
memory_directory() {
	if [ "$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -ge "$1" ] 2>/dev/null &&
		! findmnt -n -o OPTIONS -T /dev/shm | grep -qw noexec; then
		echo /dev/shm
	else
		say "/dev/shm cannot hold the guest's memory; it is a file in ${TMPDIR:-/tmp}, which may be slower"
		echo "${TMPDIR:-/tmp}"
	fi
}

run_kernel() {
	local memory_kib script_terminal=null,fd:5 more=()
	# Remember who allocated what.
	[ "$OPT_KERNEL" != sanitized ] || more=(slub_debug=U)
	[ -z "$OPT_DISK" ] || more+=("ubd0=$OPT_DISK")
	memory_kib=$((${OPT_MEMORY%[MG]} * 1024))
	[ "${OPT_MEMORY%G}" = "$OPT_MEMORY" ] || memory_kib=$((memory_kib * 1024))
	if [ "$OPT_INTERACTIVE" = yes ]; then
		SAVED_TERMINAL=$(stty -g)
		script_terminal=tty:$(tty)
	fi
	# Its memory is a deleted file in TMPDIR; the limit is against what writes
	# for ever.
	ulimit -f $((memory_kib + (2 << 20)))
	run_bounded env "TMPDIR=$(memory_directory $memory_kib)" "${UML_PROGRAM:-linux.uml}" \
		"mem=$OPT_MEMORY" umid=lab "uml_dir=$JOB/uml" \
		rootfstype=hostfs rootflags=/ ro "init=$JOB/guest/init-uml.sh" "lab_job=$JOB" \
		"${more[@]}" ignore_loglevel printk.time=1 pty.legacy_count=0 \
		con=null con0=null,fd:4 console=tty0 \
		ssl=null "ssl0=$script_terminal" ssl1=null,fd:6
}
