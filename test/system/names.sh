#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Stable names by udev's own rules, as scripts know them. Runs in the lab with systemd.
. "$(dirname "$0")/tap.sh"

link() { readlink -f "/dev/tape/by-id/$1"; }

is 'the first drive by its NAA' "$(link scsi-350223344ab000100)" "${TAPE0/nst/st}"
is 'without rewinding' "$(link scsi-350223344ab000100-nst)" "$TAPE0"
is 'the second' "$(link scsi-350223344ab000200-nst)" "$TAPE1"
like 'the library by its serial number' "$(link scsi-SSTK_L700_XYZZY_A)" "^($CHANGER|$CHANGER_SCH)\$"
is 'every unit has names of its own' \
  "$(find /dev/tape/by-id -name '*-nst' -printf '%l\n' | sort -u | wc -l)" 8
finish
