#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the ABI test and runs it in the lab; kernel warnings fail it too.
# usage: run.sh [LAB-OPTION...]
set -eu
HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
OUT=${TMPDIR:-/var/tmp}/mhvtl-abi.$$
trap 'rm -rf "$OUT"' EXIT

make -s -C "$HERE" OUT="$OUT"
bash "$REPO/test/lab/lab.sh" --no-daemons "$@" bash -c \
	'. /run/lab/conf; exec bash "$0" "$1" "$LAB_MODULE_FILE"' "$HERE/guest.sh" "$OUT/abi"
