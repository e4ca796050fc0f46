# SPDX-License-Identifier: GPL-2.0-or-later
# The lab's command line.

usage() {
	cat <<'TEXT'
usage: lab [OPTION...] SCRIPT [ARG...]

Boots a real kernel in a process, loads mhvtl.ko, starts the library and its
drives, and runs SCRIPT as root inside (a file, or a command found in PATH).
The guest sees this host's files at their usual paths; changes are lost.

  --kernel KERNEL     uml: User-Mode Linux (default, quick); qemu: Debian's own
                      kernel on two emulated processors; sanitized: User-Mode
                      Linux with KASAN, lockdep and more, built the first time
  --systemd           PID 1 is systemd, udev runs; else a plain shell
  --config DIR        put DIR at /etc/mhvtl (default: the shipped etc/mhvtl)
  --no-daemons        load the module, start nothing
  --no-module         do not even load the module (implies --no-daemons)
  --module-args ARGS  parameters of mhvtl.ko, e.g. "hosts=2"
  --memory SIZE       memory of the guest, e.g. 512M (default 2G)
  --timeout SECONDS   time limit of SCRIPT (default 600)
  --output-limit MIB  limit of standard output, of standard error (default 64)
  --disk FILE         FILE is the disk /dev/ubda (User-Mode Linux)
  --share DIR         DIR is writable in the guest; may be repeated
  --dmesg FILE        save the kernel log to FILE
  --allow-warnings    kernel warnings do not fail the lab
  --interactive       connect the terminal to SCRIPT (e.g. bash); no time limit
  --help

In the environment of SCRIPT: the caller's variables, LAB_KERNEL, LAB_MODULE (the
module's file), and, of the
first library in device.conf, CHANGER (sg node), CHANGER_SCH, TAPE0 TAPE1 ...
(nst nodes) and SG0 SG1 ... (sg nodes) in element order.
Command for SCRIPT: lab-daemon start|stop|kill|pid|log|sg|tape NUMBER
(kill is SIGKILL; sg and tape print the unit's present node).

Exit status: the script's, or, with the reason on standard error,
  90  wrong command line
  91  something needed is missing or does not build
  92  the kernel did not boot, or died before the script ended
  93  the module, a daemon or a device did not come up
  94  the script exceeded the time limit
  95  the guest did not even answer its own time limit and was killed
  96  output exceeded its limit and was cut
  97  the kernel log has warnings (WARNING, BUG, Oops, Call Trace, ...)
  98  daemons did not stop, or the module could not be removed
TEXT
}

set_defaults() {
	OPT_KERNEL=uml
	OPT_SYSTEMD=no
	OPT_CONFIG=$REPO/etc/mhvtl
	OPT_DAEMONS=yes
	OPT_MODULE=yes
	OPT_MODULE_ARGS=
	OPT_MEMORY=2G
	OPT_TIMEOUT=600
	OPT_OUTPUT_LIMIT=64
	OPT_SHARES=()
	OPT_DISK=
	OPT_DMESG=
	OPT_ALLOW_WARNINGS=no
	OPT_INTERACTIVE=no
	COMMAND=()
}

parse_options() {
	set_defaults
	while [ $# -gt 0 ]; do
		case $1 in
		--help | -h) usage; exit 0 ;;
		--systemd) OPT_SYSTEMD=yes; shift; continue ;;
		--no-daemons) OPT_DAEMONS=no; shift; continue ;;
		--no-module) OPT_MODULE=no; OPT_DAEMONS=no; shift; continue ;;
		--allow-warnings) OPT_ALLOW_WARNINGS=yes; shift; continue ;;
		--interactive) OPT_INTERACTIVE=yes; shift; continue ;;
		--) shift; break ;;
		-*) ;;
		*) break ;;
		esac
		[ $# -ge 2 ] || die 90 "option $1 is unknown or lacks its value; see --help"
		case $1 in
		--kernel) OPT_KERNEL=$2 ;;
		--config) OPT_CONFIG=$2 ;;
		--module-args) OPT_MODULE_ARGS=$2 ;;
		--memory) OPT_MEMORY=$2 ;;
		--timeout) OPT_TIMEOUT=$2 ;;
		--output-limit) OPT_OUTPUT_LIMIT=$2 ;;
		--disk) OPT_DISK=$(realpath "$2") ;;
		--share) OPT_SHARES+=("$2") ;;
		--dmesg) OPT_DMESG=$2 ;;
		*) die 90 "unknown option $1; see --help" ;;
		esac
		shift 2
	done
	COMMAND=("$@")
	check_options
}

check_options() {
	local i
	[ ${#COMMAND[@]} -gt 0 ] || die 90 "no script given; see --help"
	[[ $OPT_KERNEL =~ ^(uml|sanitized|qemu)$ ]] || die 90 "--kernel $OPT_KERNEL: uml, sanitized or qemu"
	[ -z "$OPT_DISK" ] || [ "$OPT_KERNEL" != qemu ] || die 90 "--disk: not with --kernel qemu"
	[ -z "$OPT_DISK" ] || [ -f "$OPT_DISK" ] || die 90 "--disk $OPT_DISK: no such file"
	[[ $OPT_MEMORY =~ ^[1-9][0-9]*[MG]$ ]] || die 90 "--memory $OPT_MEMORY: a number and M or G"
	[[ $OPT_TIMEOUT =~ ^[1-9][0-9]*$ ]] || die 90 "--timeout $OPT_TIMEOUT: a number of seconds"
	[[ $OPT_OUTPUT_LIMIT =~ ^[1-9][0-9]*$ ]] || die 90 "--output-limit $OPT_OUTPUT_LIMIT: a number of MiB"
	for i in "${!OPT_SHARES[@]}"; do
		[ -d "${OPT_SHARES[i]}" ] || die 90 "--share ${OPT_SHARES[i]}: no such directory"
		OPT_SHARES[i]=$(realpath "${OPT_SHARES[i]}")
	done
	if [ "$OPT_DAEMONS" = yes ]; then
		[ -f "$OPT_CONFIG/device.conf" ] || die 90 "--config $OPT_CONFIG: it has no device.conf"
	fi
	[ ! -d "$OPT_CONFIG" ] || OPT_CONFIG=$(realpath "$OPT_CONFIG")
	[ "$OPT_INTERACTIVE" = no ] || [ -t 0 ] || die 90 "--interactive needs a terminal"
}
