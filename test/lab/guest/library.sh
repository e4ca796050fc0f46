# SPDX-License-Identifier: GPL-2.0-or-later
# What /etc/mhvtl/device.conf describes, the devices that come of it, and the
# daemons that play it.
LIBRARY_RUN=/run/lab/daemon
START_LIMIT=60
STOP_LIMIT=20

# One line a unit: library|drive NUMBER CHANNEL:TARGET:LUN LIBRARY SLOT
# (numbers without leading zeros; library and slot of a library are 0).
list_units() {
	awk '
		function flush() { if (kind) print kind, number, address, library, slot; kind = "" }
		/^(Library|Drive): / {
			flush()
			kind = $1 == "Drive:" ? "drive" : "library"
			number = $2 + 0; address = ($4 + 0) ":" ($6 + 0) ":" ($8 + 0); library = slot = 0
		}
		/^ *Library ID: / { library = $3 + 0; slot = $5 + 0 }
		END { flush() }' /etc/mhvtl/device.conf
}

# unit_of NUMBER: its line of list_units
unit_of() {
	list_units | awk -v n="$1" '$2 == n + 0 { print; exit }'
}

# SCSI host numbers of mhvtl's ports
hosts() {
	grep -lx mhvtl /sys/class/scsi_host/host*/proc_name 2>/dev/null |
		sed 's/.*host\([0-9]*\).*/\1/' | sort -n
}

# node DEVICE CLASS PREFIX: device node of a SCSI device H:C:T:L, e.g.
# node 0:0:1:0 scsi_tape nst
node() {
	local path
	for path in "/sys/bus/scsi/devices/$1/$2/$3"[0-9]; do break; done
	[ -e "$path" ] || for path in "/sys/bus/scsi/devices/$1/$2/$3"[0-9]*[0-9]; do break; done
	[ -e "$path" ] && [ -c "/dev/${path##*/}" ] && echo "/dev/${path##*/}"
}

# has_devices KIND ADDRESS: the unit's devices exist, on every port
has_devices() {
	local host
	for host in $(hosts); do
		node "$host:$2" scsi_generic sg >/dev/null || return 1
		if [ "$1" = drive ]; then
			node "$host:$2" scsi_tape nst >/dev/null || return 1
		else
			node "$host:$2" scsi_changer sch >/dev/null || return 1
		fi
	done
}

# start_unit NUMBER: starts the daemon, does not wait. Its log is bounded.
start_unit() {
	local program unit
	unit=$(unit_of "$1")
	case $unit in
	drive*) program=vtltape ;;
	library*) program=vtllibrary ;;
	*) echo "device.conf has no unit $1" >&2; return 1 ;;
	esac
	mkdir -p "$LIBRARY_RUN"
	rm -f "$LIBRARY_RUN/$1.status"
	(
		trap '' HUP
		bash -c 'echo $$ >"$0"; exec "$@"' "$LIBRARY_RUN/$1.pid" "$program" -F -q "$1"
		echo $? >"$LIBRARY_RUN/$1.status"
	) </dev/null 2>&1 > >({ head -c 4194304; cat >/dev/null; } >>"/var/log/mhvtl/$1.log") &
}

# wait_for_devices NUMBER: until the unit's devices exist; says why not.
wait_for_devices() {
	local kind number address turns=$((START_LIMIT * 20))
	read -r kind number address _ <<<"$(unit_of "$1")"
	until has_devices "$kind" "$address"; do
		if [ -e "$LIBRARY_RUN/$1.status" ]; then
			echo "the daemon of unit $1 ended with status $(cat "$LIBRARY_RUN/$1.status") before its devices existed" >&2
			return 1
		fi
		if [ $((turns -= 1)) -lt 0 ]; then
			echo "the devices of unit $1 ($address) did not appear in $START_LIMIT seconds" >&2
			return 1
		fi
		sleep 0.05
	done
}

# end_unit NUMBER SIGNAL: signals the daemon and waits until it is gone. A
# daemon that was asked to stop has to end with status 0.
end_unit() {
	local pid turns=$((STOP_LIMIT * 20)) status
	pid=$(cat "$LIBRARY_RUN/$1.pid" 2>/dev/null) || { echo "unit $1 was never started" >&2; return 1; }
	[ ! -e "$LIBRARY_RUN/$1.status" ] || { echo "the daemon of unit $1 is not running" >&2; return 1; }
	kill "-$2" "$pid"
	until [ -e "$LIBRARY_RUN/$1.status" ]; do
		if [ $((turns -= 1)) -lt 0 ]; then
			echo "the daemon of unit $1 did not end in $STOP_LIMIT seconds after SIG$2" >&2
			return 1
		fi
		sleep 0.05
	done
	status=$(cat "$LIBRARY_RUN/$1.status")
	if [ "$2" = TERM ] && [ "$status" != 0 ]; then
		echo "the daemon of unit $1 ended with status $status" >&2
		return 1
	fi
}

# Starts every unit and sets library_env. Trouble goes into library_trouble.
start_library() {
	local number
	for number in $(list_units | cut -d' ' -f2); do
		start_unit "$number"
	done
	for number in $(list_units | cut -d' ' -f2); do
		library_trouble=$(wait_for_devices "$number" 2>&1) || return 1
	done
	[ ! -S /run/udev/control ] || udevadm settle
	describe_library
}

# The variables for the script, by the first port.
describe_library() {
	local host kind number address library first='' index=0
	host=$(hosts | head -n 1)
	library_env=()
	while read -r kind number address _; do
		[ "$kind" = library ] || continue
		first=$number
		library_env+=("CHANGER=$(node "$host:$address" scsi_generic sg)")
		library_env+=("CHANGER_SCH=$(node "$host:$address" scsi_changer sch)")
		break
	done < <(list_units)
	while read -r kind number address library _; do
		[ "$kind" = drive ] && [ "$library" = "$first" ] || continue
		library_env+=("TAPE$index=$(node "$host:$address" scsi_tape nst)")
		library_env+=("SG$index=$(node "$host:$address" scsi_generic sg)")
		index=$((index + 1))
	done < <(list_units | sort -k5,5n)
}

# Stops the daemons that run; whoever was killed or stopped is skipped.
stop_library() {
	local number trouble=''
	for number in $(list_units | cut -d' ' -f2); do
		[ -e "$LIBRARY_RUN/$number.pid" ] && [ ! -e "$LIBRARY_RUN/$number.status" ] &&
			kill -TERM "$(cat "$LIBRARY_RUN/$number.pid")"
	done
	for number in $(list_units | cut -d' ' -f2); do
		[ -e "$LIBRARY_RUN/$number.pid" ] && [ ! -e "$LIBRARY_RUN/$number.status" ] || continue
		trouble+=$(end_unit "$number" TERM 2>&1)
	done
	library_trouble=$trouble
	[ -z "$trouble" ]
}
