#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Much of everything for mhvtl.ko in the lab; kernel warnings fail it, too. TIMES 1 takes about two minutes, 20 gives a
# million commands to one unit. Long form: stress.sh 20 --kernel sanitized
# usage: stress.sh TIMES [LAB-OPTION...]     STRESS_ROWS='kill sysfs': only these
set -eu
HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
OUT=${TMPDIR:-/var/tmp}/mhvtl-stress.$$
trap 'rm -rf "$OUT"' EXIT
times=$1
shift

make -s -C "$HERE" OUT="$OUT"
# shellcheck disable=SC2016 # expanded in the guest
bash "$REPO/test/lab/lab.sh" --no-daemons --timeout $((times * 600 + 300)) "$@" bash -c \
	'. /run/lab/conf; OUT=$2; exec bash "$0" "$OUT/stress" "$OUT/abi" "$LAB_MODULE_FILE" "$1" ${STRESS_ROWS:-}' \
	"$HERE/stress-guest.sh" "$times" "$OUT"
