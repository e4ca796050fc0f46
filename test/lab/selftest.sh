#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks of the lab itself, in the Test Anything Protocol. About a minute.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d /var/tmp/mhvtl-lab-selftest.XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
failed=0

# run NAME OPTION...: a lab whose status, output and errors are kept
run() {
	local name=$1
	shift
	timeout 120 bash test/lab/lab.sh "$@" >"$work/$name.out" 2>"$work/$name.err"
	echo $? >"$work/$name.status"
}

# check TEXT COMMAND...: one line of the protocol
check() {
	local text=$1
	shift
	count=$((count + 1))
	if "$@" >/dev/null 2>&1; then
		echo "ok $count - $text"
	else
		echo "not ok $count - $text"
		failed=$((failed + 1))
	fi
}

status_is() {
	[ "$(cat "$work/$1.status")" = "$2" ]
}

basics() {
	local marker=/var/tmp/mhvtl-lab-selftest-marker.$$
	head -c 3000000 /dev/urandom >"$work/random"
	mkdir "$work/share"
	# shellcheck disable=SC2016 # expanded in the guest
	run basics --no-module --share "$work/share" bash -c 'touch "$1"; uname -r >"$2/share/kernel"; cat "$2/random"
		echo complaint >&2; exit 7' script "$marker" "$work"
	check 'the exit status passes through' status_is basics 7
	check 'the output passes through byte by byte' cmp "$work/random" "$work/basics.out"
	check 'errors pass through separately' grep -qx complaint "$work/basics.err"
	check 'a shared directory keeps what the guest writes' test -s "$work/share/kernel"
	check 'it is another kernel' [ "$(cat "$work/share/kernel")" != "$(uname -r)" ]
	check 'other writes are discarded' [ ! -e "$marker" ]
}

limits() {
	run usage --no-such-option x
	check 'a wrong option gives 90' status_is usage 90
	run over-time --no-module --timeout 2 sleep 100
	check 'a script without end gives 94' status_is over-time 94
	check 'and the kernel log' grep -q 'sysrq: Show Blocked State' "$work/over-time.err"
	run output --no-module --output-limit 1 head -c 2000000 /dev/zero
	check 'too much output gives 96' status_is output 96
	check 'and is cut at the limit' [ "$(wc -c <"$work/output.out")" = 1048576 ]
	run panic --no-module bash -c 'echo c >/proc/sysrq-trigger'
	check 'a dead kernel gives 92' status_is panic 92
}

# shellcheck disable=SC2016 # expanded in the guest
module() {
	run module --no-daemons --module-args hosts=2 --dmesg "$work/dmesg" \
		bash -c 'grep -lx mhvtl /sys/class/scsi_host/*/proc_name; echo "WARNING: a test" >/dev/kmsg'
	check 'the module gets its parameters' [ "$(wc -l <"$work/module.out")" = 2 ]
	check 'a kernel warning gives 97' status_is module 97
	check 'the kernel log can be kept' grep -q 'WARNING: a test' "$work/dmesg"
}

# The slow ones, beside the others
start_kernels() {
	{
		run qemu --kernel qemu --no-daemons bash -c 'uname -r; lsmod | grep mhvtl; exit 3'
		run qemu-systemd --kernel qemu --systemd --no-module systemctl is-active systemd-udevd
		run uml-systemd --systemd --no-module systemctl is-active systemd-udevd
	} &
}

kernels() {
	wait
	check 'QEMU runs a script with the module' grep -q '^mhvtl' "$work/qemu.out"
	check 'its exit status passes through' status_is qemu 3
	check 'systemd reaches the job in User-Mode Linux' grep -qx active "$work/uml-systemd.out"
	check 'systemd reaches the job in QEMU' grep -qx active "$work/qemu-systemd.out"
}

# shellcheck disable=SC2016 # expanded in the guest
library() {
	run library bash -c 'set -e; test -c "$CHANGER" -a -c "$TAPE0" -a -c "$SG0"
		lab-daemon stop 11; test ! -c "$TAPE0"; lab-daemon start 11; lab-daemon pid 11'
	check 'the library comes up; a daemon can be stopped and started' status_is library 0
}

interruption() {
	local lab directory
	set -m
	bash test/lab/lab.sh --no-module sleep 100 >/dev/null 2>&1 &
	set +m
	lab=$!
	sleep 4
	directory=$(dirname "$(grep -lx "$lab" "${TMPDIR:-/tmp}"/mhvtl-lab.*/owner)")
	check 'a kernel runs' pgrep -f "lab_job=$directory"
	kill -INT "$lab"
	wait "$lab"
	check 'an interrupted lab ends with 130' [ $? = 130 ]
	check 'and leaves no process behind' [ -z "$(pgrep -f "lab_job=$directory")" ]
	check 'and no files' [ ! -e "$directory" ]
}

start_kernels
for group in basics limits module interruption kernels; do
	"$group"
done
if [ -x build/bin/vtltape ]; then
	library
fi
echo "1..$count"
[ "$failed" = 0 ] || tail -n 5 "$work"/*.err
exit $((failed > 0))
