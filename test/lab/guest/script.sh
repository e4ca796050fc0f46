# SPDX-License-Identifier: GPL-2.0-or-later
# Running the user's script: environment, output, time limit.

# The caller's environment, the lab's variables, and a PATH with what was built.
script_environment() {
	local word
	script_env=()
	while IFS= read -r -d '' word; do
		script_env+=("$word")
	done </run/lab/environ
	script_env+=(
		"PATH=/run/lab/guest/bin:$LAB_REPO/build/bin:$(caller_path)"
		"LAB_KERNEL=$LAB_KERNEL"
		"LAB_MODULE=$LAB_MODULE_FILE"
		"TMPDIR=/tmp"
	)
	[ "$OPT_DAEMONS" = no ] || script_env+=("${LIBRARY_ENV[@]}")
}

caller_path() {
	local word
	for word in "${script_env[@]}"; do
		[ "${word%%=*}" != PATH ] || printf '%s' "${word#PATH=}:"
	done
	printf '%s' "$PATH"
}

# A file that is not executable is taken for a shell script.
script_command() {
	mapfile -d '' -t script_argv </run/lab/argv
	if [ -f "${script_argv[0]}" ]; then
		script_argv[0]=$(realpath -s "${script_argv[0]}")
		[ -x "${script_argv[0]}" ] || script_argv=(bash "${script_argv[@]}")
	fi
}

# Sets script_status. Does not return when the time is over.
run_script() {
	cd "$LAB_CWD" || fail 92 "the directory $LAB_CWD does not exist in the guest"
	script_environment
	script_command
	if [ "$OPT_INTERACTIVE" = yes ]; then
		run_on_terminal
	else
		run_on_pipes
	fi
	cd /
}

run_on_terminal() {
	# shellcheck disable=SC2086 # rows and columns
	set -- $LAB_TERMINAL_SIZE
	stty -F "$LAB_OUT" sane rows "$1" cols "$2"
	env -i "${script_env[@]}" setsid -c -w "${script_argv[@]}" <>"$LAB_OUT" >&0 2>&1
	script_status=$?
}

# The script writes to pipes, like most scripts' callers have it; the serial
# lines only carry the bytes.
run_on_pipes() {
	local relays pid
	mkfifo /run/lab/out /run/lab/err
	stty -F "$LAB_OUT" raw -echo 2>/dev/null
	stty -F "$LAB_ERR" raw -echo 2>/dev/null
	cat /run/lab/out >"$LAB_OUT" &
	relays=$!
	cat /run/lab/err >"$LAB_ERR" &
	relays="$relays $!"
	setsid env -i "${script_env[@]}" "${script_argv[@]}" </dev/null >/run/lab/out 2>/run/lab/err &
	pid=$!
	watch_script "$pid" &
	script_watchdog=$!
	wait "$pid"
	script_status=$?
	[ ! -e /run/lab/time-is-over ] || sleep 60
	wait_for_end 5 $relays
}

# wait_for_end SECONDS PID...: a process the script left behind may hold its
# output open; it does not hold up the lab.
wait_for_end() {
	local deadline=$((SECONDS + $1)) pid
	shift
	for pid; do
		while [ "$SECONDS" -lt "$deadline" ] && kill -0 "$pid" 2>/dev/null; do
			sleep 0.05
		done
	done
}

# The time limit. The script may hang in the kernel and not even die by
# SIGKILL: the kernel log gets every blocked task, and the power goes off.
watch_script() {
	sleep "$OPT_TIMEOUT"
	touch /run/lab/time-is-over
	echo w >/proc/sysrq-trigger
	kill -TERM -- "-$1" 2>/dev/null
	sleep 2
	kill -KILL -- "-$1" 2>/dev/null
	script_watchdog=
	fail 94 "the script exceeded its time limit of $OPT_TIMEOUT seconds"
}
