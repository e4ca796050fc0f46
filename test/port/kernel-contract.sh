#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs a program of this folder in the lab, by default the contract of ports over mhvtl.ko.
#
#   kernel-contract.sh [PROGRAM [ARG...]]     PROGRAM: kernel-contract, kernel-latency
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd "$here/../.." && pwd -P)
program=${1:-kernel-contract}
[ $# -eq 0 ] || shift
node "$repo/test/tools/build.mjs" "$here/$program.ts"
export SGIO=$repo/build/test/sgio
gcc -Wall -Wextra -Werror -O2 -o "$SGIO" "$here/sgio.c"
exec bash "$repo/test/lab/lab.sh" --no-daemons --timeout 300 "$repo/build/test/$program" "$@"
