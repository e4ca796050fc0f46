# SPDX-License-Identifier: GPL-2.0-or-later
# What /etc/mhvtl/device.conf describes, the devices that come of it, and the
# daemons that play it. In User-Mode Linux the start of a program costs 20 ms
# and more, so what is repeated is done by the shell itself.
LIBRARY_RUN=/run/lab/daemon
START_LIMIT=60
STOP_LIMIT=20
exec {PAUSE_FD}<> <(:)

# A short sleep that starts no program.
pause() {
	read -r -t 0.05 -u "$PAUSE_FD" || return 0
}

# Reads device.conf into arrays indexed by the units' numbers: UNIT_KIND
# (library or drive), UNIT_ADDRESS (channel:target:lun), UNIT_LIBRARY and
# UNIT_SLOT (of drives).
read_units() {
	local word number=0
	UNIT_KIND=() UNIT_ADDRESS=() UNIT_LIBRARY=() UNIT_SLOT=()
	while read -r -a word; do
		case ${word[*]:0:2} in
		Library:* | Drive:*)
			number=$((10#${word[1]}))
			UNIT_KIND[number]=library
			[ "${word[0]}" = Library: ] || UNIT_KIND[number]=drive
			UNIT_ADDRESS[number]=$((10#${word[3]})):$((10#${word[5]})):$((10#${word[7]}))
			;;
		'Library ID:')
			UNIT_LIBRARY[number]=$((10#${word[2]}))
			UNIT_SLOT[number]=$((10#${word[4]}))
			;;
		esac
	done </etc/mhvtl/device.conf
}

# Sets HOSTS: the SCSI host numbers of mhvtl's ports.
find_hosts() {
	local file name
	HOSTS=()
	for file in /sys/class/scsi_host/host*/proc_name; do
		read -r name <"$file"
		file=${file%/proc_name}
		[ "$name" != mhvtl ] || HOSTS+=("${file##*/host}")
	done
}

# find_node H:C:T:L CLASS PREFIX: sets NODE to a device node, for example
# 0:0:1:0 scsi_tape nst: /dev/nst0. False when it does not exist.
find_node() {
	local path
	for path in "/sys/bus/scsi/devices/$1/$2/$3"*; do
		NODE=/dev/${path##*/}
		[[ $NODE =~ [a-z][0-9]+$ ]] && [ -c "$NODE" ] && return 0
	done
	NODE=
	return 1
}

# has_devices NUMBER: the unit's devices exist, on every port
has_devices() {
	local host
	for host in "${HOSTS[@]}"; do
		find_node "$host:${UNIT_ADDRESS[$1]}" scsi_generic sg || return 1
		if [ "${UNIT_KIND[$1]}" = drive ]; then
			find_node "$host:${UNIT_ADDRESS[$1]}" scsi_tape nst || return 1
		else
			find_node "$host:${UNIT_ADDRESS[$1]}" scsi_changer sch || return 1
		fi
	done
}

# start_unit NUMBER: starts the daemon, does not wait. Its log is bounded.
start_unit() {
	local program=vtllibrary
	[ "${UNIT_KIND[$1]}" = library ] || program=vtltape
	mkdir -p "$LIBRARY_RUN"
	rm -f "$LIBRARY_RUN/$1.status"
	# Where the log of this life begins.
	touch "/var/log/mhvtl/$1.log"
	stat -c %s "/var/log/mhvtl/$1.log" >"$LIBRARY_RUN/$1.log-start"
	(
		trap '' HUP
		bash -c 'echo $$ >"$0"; exec "$@"' "$LIBRARY_RUN/$1.pid" "$program" -F -q "$1"
		echo $? >"$LIBRARY_RUN/$1.status"
	) </dev/null > >(bounded_log >>"/var/log/mhvtl/$1.log") 2>&1 &
}

# Copies lines as they come, and drops them once there are too many. (head would keep them until the end.)
bounded_log() {
	local line length=0
	while IFS= read -r line; do
		[ $((length += ${#line})) -gt 4194304 ] || printf '%s\n' "$line"
	done
}

# serves NUMBER: its daemon said that it serves the devices. They alone are no sign: they outlive a daemon.
serves() {
	local LC_ALL=C log='' start
	read -r start <"$LIBRARY_RUN/$1.log-start"
	# No program is started: the daemon has only this processor to start on. The log has no NUL, so read takes all of it.
	read -r -d '' log <"/var/log/mhvtl/$1.log" || :
	[[ ${log:start} =~ (attached as|took over)\ [0-9] ]]
}

# wait_for_devices NUMBER: until the unit's devices exist and are served; says why not.
wait_for_devices() {
	local deadline=$((SECONDS + START_LIMIT))
	until has_devices "$1" && serves "$1"; do
		if [ -s "$LIBRARY_RUN/$1.status" ]; then
			echo "the daemon of unit $1 ended with status $(<"$LIBRARY_RUN/$1.status") before its devices existed" >&2
			return 1
		fi
		if [ "$SECONDS" -gt "$deadline" ]; then
			echo "the devices of unit $1 (${UNIT_ADDRESS[$1]}) did not appear in $START_LIMIT seconds" >&2
			return 1
		fi
		pause
	done
}

# is_running NUMBER
is_running() {
	[ -e "$LIBRARY_RUN/$1.pid" ] && [ ! -s "$LIBRARY_RUN/$1.status" ]
}

# wait_for_exit NUMBER
wait_for_exit() {
	local deadline=$((SECONDS + STOP_LIMIT))
	while is_running "$1"; do
		if [ "$SECONDS" -gt "$deadline" ]; then
			echo "the daemon of unit $1 did not end in $STOP_LIMIT seconds" >&2
			return 1
		fi
		pause
	done
}

# exited_well NUMBER: with status 0, or by a signal the script may have sent
exited_well() {
	local status
	status=$(<"$LIBRARY_RUN/$1.status")
	case $status in
	0 | 137 | 143) return 0 ;;
	esac
	echo "the daemon of unit $1 ended with status $status" >&2
	return 1
}

# Starts every unit and sets LIBRARY_ENV. Trouble goes into LIBRARY_TROUBLE.
start_library() {
	local number
	read_units
	find_hosts
	for number in "${!UNIT_KIND[@]}"; do
		start_unit "$number"
	done
	for number in "${!UNIT_KIND[@]}"; do
		LIBRARY_TROUBLE=$(wait_for_devices "$number" 2>&1) || return 1
	done
	[ ! -S /run/udev/control ] || udevadm settle
	describe_library
}

# The variables for the script, by the first port.
describe_library() {
	local number first='' drives=() address index=0
	for number in "${!UNIT_KIND[@]}"; do
		if [ "${UNIT_KIND[number]}" = library ]; then
			first=${first:-$number}
		fi
	done
	for number in "${!UNIT_LIBRARY[@]}"; do
		[ "${UNIT_LIBRARY[number]}" != "$first" ] || drives[UNIT_SLOT[number]]=$number
	done
	LIBRARY_ENV=()
	address=${HOSTS[0]}:${UNIT_ADDRESS[first]}
	find_node "$address" scsi_generic sg && LIBRARY_ENV+=("CHANGER=$NODE")
	find_node "$address" scsi_changer sch && LIBRARY_ENV+=("CHANGER_SCH=$NODE")
	for number in "${drives[@]}"; do
		address=${HOSTS[0]}:${UNIT_ADDRESS[number]}
		find_node "$address" scsi_tape nst && LIBRARY_ENV+=("TAPE$index=$NODE")
		find_node "$address" scsi_generic sg && LIBRARY_ENV+=("SG$index=$NODE")
		index=$((index + 1))
	done
}

# Stops the daemons that run. Those that ended before are judged as well.
stop_library() {
	local number started=()
	for number in "${!UNIT_KIND[@]}"; do
		[ -e "$LIBRARY_RUN/$number.pid" ] || continue
		started+=("$number")
		! is_running "$number" || kill -TERM "$(<"$LIBRARY_RUN/$number.pid")"
	done
	LIBRARY_TROUBLE=$(
		for number in "${started[@]}"; do
			wait_for_exit "$number" 2>&1 && exited_well "$number" 2>&1
		done
	)
	[ -z "$LIBRARY_TROUBLE" ]
}
