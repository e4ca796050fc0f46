# SPDX-License-Identifier: GPL-2.0-or-later
# The job directory: how a run is described to the guest and answered by it.
#
#   owner      process id of the lab, for sweep_old_jobs
#   guest/     copy of the guest's scripts
#   conf       shell variables for the guest
#   argv       the command, words ended by NUL
#   environ    the caller's environment, words ended by NUL
#   results/   writable in the guest: status, failure, log/
#   console    the kernel log

JOB=
KERNEL_PID=
KERNEL_STATUS=0

create_job() {
	JOB=$(mktemp -d "${TMPDIR:-/tmp}/mhvtl-lab.XXXXXXXX") || die 91 "cannot make a directory in ${TMPDIR:-/tmp}"
	echo $$ >"$JOB/owner"
	mkdir "$JOB/results" "$JOB/uml"
	cp -R "$LAB_DIR/guest" "$JOB/guest"
	printf '%s\0' "${COMMAND[@]}" >"$JOB/argv"
	env -0 >"$JOB/environ"
	write_job_conf
}

write_job_conf() {
	local name terminal_size
	terminal_size=$([ "$OPT_INTERACTIVE" = no ] || stty size)
	{
		for name in OPT_KERNEL OPT_SYSTEMD OPT_CONFIG OPT_DAEMONS OPT_MODULE OPT_MODULE_ARGS \
			OPT_TIMEOUT OPT_OUTPUT_LIMIT OPT_INTERACTIVE; do
			printf '%s=%q\n' "$name" "${!name}"
		done
		printf 'LAB_CWD=%q\n' "$PWD"
		printf 'LAB_REPO=%q\n' "$REPO"
		printf 'LAB_MODULE_FILE=%q\n' "${MODULE_FILE:-}"
		printf 'LAB_MEDIA=%q\n' "${MEDIA:-}"
		printf 'LAB_TERMINAL_SIZE=%q\n' "$terminal_size"
		printf 'LAB_SHARES=('
		[ ${#OPT_SHARES[@]} -eq 0 ] || printf ' %q' "${OPT_SHARES[@]}"
		printf ' )\n'
	} >"$JOB/conf"
}

# Directories of labs that were killed before they could clean up.
sweep_old_jobs() {
	local directory owner
	for directory in "${TMPDIR:-/tmp}"/mhvtl-lab.????????; do
		[ -f "$directory/owner" ] && [ -O "$directory" ] || continue
		owner=$(cat "$directory/owner" 2>/dev/null) || continue
		[ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null && rm -rf "$directory"
	done
}

clean_up() {
	if [ -n "$KERNEL_PID" ]; then
		kill -KILL "$KERNEL_PID" 2>/dev/null
		wait "$KERNEL_PID" 2>/dev/null
	fi
	[ -z "${SAVED_TERMINAL:-}" ] || stty "$SAVED_TERMINAL" 2>/dev/null
	[ -z "$JOB" ] || rm -rf "$JOB"
}

# Relays of the guest's output: the kernel gets the named pipes, because it may
# make descriptors non-blocking, and others share ours.
start_relays() {
	local limit=$((OPT_OUTPUT_LIMIT << 20))
	mkfifo "$JOB/pipe.console" "$JOB/pipe.out" "$JOB/pipe.err"
	bounded $((4 << 20)) <"$JOB/pipe.console" >"$JOB/console" &
	RELAYS=($!)
	bounded "$limit" "$JOB/cut" <"$JOB/pipe.out" &
	RELAYS+=($!)
	bounded "$limit" "$JOB/cut" <"$JOB/pipe.err" >&2 &
	RELAYS+=($!)
}

# run_bounded COMMAND...: runs a kernel so that nothing of it outlives this lab.
# As root in a process namespace of its own: killing its first process kills
# all; the traced children of UML must never run on without their tracer. That
# process is a shell, because UML aborts itself on a panic, which the first
# process of a namespace cannot.
# The guest has its own time limit; the one here is the last resort, and leaves
# time for booting and for the guest to give up.
# Descriptors: 4 kernel log, 5 the script's output, 6 its errors.
run_bounded() {
	local patience=$((OPT_TIMEOUT + 180)) die_with_parent=(setpriv --pdeathsig KILL) prefix
	[ "$OPT_INTERACTIVE" = no ] || patience=0
	prefix=(setsid "${die_with_parent[@]}" timeout --signal=KILL "$patience" "${die_with_parent[@]}")
	[ "$(id -u)" != 0 ] || prefix+=(unshare --pid --fork --kill-child -- bash -c '"$@"; exit $?' kernel)
	start_relays
	exec 4>"$JOB/pipe.console" 5>"$JOB/pipe.out" 6>"$JOB/pipe.err"
	"${prefix[@]}" "$@" </dev/null >&4 2>&4 &
	KERNEL_PID=$!
	exec 4>&- 5>&- 6>&-
	wait "$KERNEL_PID" 2>/dev/null
	KERNEL_STATUS=$?
	KERNEL_PID=
	wait "${RELAYS[@]}"
}
