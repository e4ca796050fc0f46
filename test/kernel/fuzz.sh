#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzes mhvtl.ko's device and its initiators in the lab; kernel warnings fail it, too.
# usage: fuzz.sh SECONDS SEED [LAB-OPTION...]     FUZZ_FAIL=1: with failing allocations and copies
set -eu
HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
OUT=${TMPDIR:-/var/tmp}/mhvtl-fuzz.$$
trap 'rm -rf "$OUT"' EXIT
seconds=$1 seed=$2
shift 2

make -s -C "$HERE" OUT="$OUT"
bash "$REPO/test/lab/lab.sh" --no-daemons --timeout $((seconds + 300)) "$@" \
	bash "$HERE/fuzz-guest.sh" "$OUT/fuzz" "$seconds" "$seed"
