#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Two pseudo HBAs present every unit twice: two initiators. Runs in the lab with hosts=2.
. "$(dirname "$0")/tap.sh"

mapfile -t first < <(lsscsi -g | awk '/XYZZY|ULT3580-TD8/ { print $NF }')
is 'each TD8 drive has two paths' "${#first[@]}" 4
a=${first[0]} b=${first[2]}
is 'of the same serial number' "$(sg_vpd -p sn "$a" | tail -1)" "$(sg_vpd -p sn "$b" | tail -1)"
sg_turs "$a" >/dev/null 2>&1
sg_turs "$b" >/dev/null 2>&1
ok 'one initiator reserves' sg_raw "$a" 16 00 00 00 00 00
fails 'the other meets RESERVATION CONFLICT' '[Rr]eservation conflict' sg_raw -v "$b" 00 00 00 00 00 00
ok 'but may ask INQUIRY' sg_inq "$b"
ok 'the first releases' sg_raw "$a" 17 00 00 00 00 00
sg_raw "$b" 00 00 00 00 00 00 >"$scratch/out" 2>&1
fails 'and the other gets through to the drive' 'not ready|Not ready|NOT READY' sg_raw -v "$b" 00 00 00 00 00 00
finish
