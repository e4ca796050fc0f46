#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: npm run bench [-- --json]
# Measures a library with two drives in the lab: throughput, latency, the robot, and beside them what the same lab
# does without a library in between (plain file, memcpy, system call). Prints the median, least and most of five
# rounds; asserts no time. A minute or more; compare figures of one run only, on a machine that does nothing else.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd "$here/../.." && pwd -P)
rounds=5
case ${1-} in
'' | --json) ;;
*)
  sed -n '3,/^[^#]/s/^# //p' "${BASH_SOURCE[0]}" >&2
  exit 2
  ;;
esac

bash "$repo/test/tools/prepare.sh"
npm --prefix "$repo" run --silent build
for program in "$here/load.c" "$repo/test/port/sgio.c"; do
  gcc -Wall -Wextra -Werror -O2 -o "$repo/build/test/$(basename "$program" .c)" "$program"
done
samples=$(mktemp)
trap 'rm -f "$samples"' EXIT

# One processor for all of it, with priority where that is allowed: what moves between processors scatters.
pinned=(taskset -c "$(($(nproc) - 1))")
! nice -n -5 true 2>/dev/null || pinned+=(nice -n -5)
"${pinned[@]}" bash "$repo/test/lab/lab.sh" --config "$here/config" --timeout 170 "$here/measure.sh" "$rounds" >"$samples"
node "$here/report.mjs" "$@" <"$samples"
