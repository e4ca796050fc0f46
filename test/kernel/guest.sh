#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs in the lab: the ABI test with one port and with two, and loading and
# unloading. Prints TAP per part.
# usage: guest.sh ABI-PROGRAM MHVTL.KO
abi=$1
module=$2
status=0

check() {
	local name=$1
	shift
	if "$@" >/dev/null 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		status=1
	fi
}

refused() {
	! "$@"
}

reload() {
	rmmod mhvtl && insmod "$module" "$@"
}

"$abi" || status=1
check "loaded again with two ports" reload hosts=2
"$abi" || status=1

exec 7<>/dev/mhvtl
check "rmmod is refused while a descriptor is open" refused rmmod mhvtl
exec 7>&-
"$abi" leave-orphan
node=$(basename "$(echo /sys/class/scsi_device/*:0:99:0/device/scsi_generic/sg* | cut -d' ' -f1)")
exec 7<>"/dev/$node"
check "rmmod is refused while a device is open" refused rmmod mhvtl
exec 7>&-
check "an orphan does not hinder rmmod" rmmod mhvtl
check "its device is gone" refused test -e "/dev/$node"
check "17 ports are refused" refused insmod "$module" hosts=17
check "0 ports are refused" refused insmod "$module" hosts=0
check "16 ports" insmod "$module" hosts=16
"$abi" leave-orphan
check "with an orphan on each: unloaded" rmmod mhvtl
check "loaded a last time" insmod "$module"
exit $status
