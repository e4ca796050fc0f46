#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The job inside the guest: module, library, script, and away with everything.
. /run/lab/conf
PATH=/run/lab/guest/bin:$LAB_REPO/build/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
. /run/lab/guest/library.sh
. /run/lab/guest/script.sh

# fail NUMBER TEXT: the lab's own trouble; see --help for the numbers.
fail() {
	tr '\n' ' ' <<<"$*" >/run/lab/results/failure
	power_off
}

power_off() {
	mkdir -p /run/lab/results/log
	cp /var/log/mhvtl/*.log /run/lab/results/log 2>/dev/null
	[ -z "$script_watchdog" ] || kill "$script_watchdog" 2>/dev/null
	sync
	umount /run/lab/results
	echo o >/proc/sysrq-trigger
	sleep 30
}

install_config() {
	[ -d "$OPT_CONFIG" ] || return 0
	rm -rf /etc/mhvtl
	cp -R "$OPT_CONFIG" /etc/mhvtl
}

# Cartridges made beforehand go to the libraries' homes, in memory.
install_media() {
	local home
	while read -r home; do
		mkdir -p "$home"
		mount -t tmpfs -o mode=755,size=90% tmpfs "$home"
	done <"$LAB_MEDIA/homes"
	cp -a "$LAB_MEDIA/root/." /
}

load_modules() {
	local module
	# A kernel without a directory of modules has them built in.
	[ -d "/lib/modules/$(uname -r)" ] && for module in scsi_mod sg st ch; do
		modprobe "$module" || fail 93 "module $module does not load"
	done
	# shellcheck disable=SC2086 # several parameters
	insmod "$LAB_MODULE_FILE" $OPT_MODULE_ARGS || fail 93 "mhvtl.ko does not load"
}

main() {
	script_watchdog=
	rm -rf /var/log/mhvtl
	mkdir -p /var/log/mhvtl
	install_config
	[ "$OPT_DAEMONS" = no ] || install_media
	[ "$OPT_MODULE" = no ] || load_modules
	[ "$OPT_DAEMONS" = no ] || start_library || fail 93 "$LIBRARY_TROUBLE"
	run_script
	[ "$OPT_DAEMONS" = no ] || stop_library || fail 98 "$LIBRARY_TROUBLE (the script's status was $script_status)"
	[ "$OPT_MODULE" = no ] || rmmod mhvtl || fail 98 "mhvtl.ko could not be removed (the script's status was $script_status)"
	echo "$script_status" >/run/lab/results/status
	power_off
}

main </dev/null >/dev/console 2>&1
