#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: npm run bench -- [--full] [--json] [--rounds N] [--kernel uml|qemu] [--against DIR] [PART...]
# Measures a library in the lab and prints a table: median, least and most of some rounds, and beside them what bounds
# it, measured in the same run (a plain file, memcpy, a system call, the compression library alone). It asserts nothing:
# compare figures of one run only, on a machine that does nothing else. The quick form takes about five minutes, --full 15.
#   --full         every block size, long tapes, many drives
#   --json         the samples, for plot.mjs and other programs
#   --rounds N     how often everything is measured (3)
#   --kernel qemu  Debian's kernel on two emulated processors, several times slower
#   --against DIR  the same for another implementation, in turns, with ratios; docs/performance.md says what DIR must hold
# Parts in the lab:  stream drives commands changer position daemons growth
# Parts on the host: start medium
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd "$here/../.." && pwd -P)
lab_parts=(stream drives commands changer position daemons growth)
host_parts=(start medium)
form=quick rounds=3 kernel=uml against='' json=() chosen=()

usage() {
  sed -n '3,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

# among WORD WORD...: is the first one of the others?
among() {
  local word
  for word in "${@:2}"; do [ "$1" != "$word" ] || return 0; done
  return 1
}

while [ $# -gt 0 ]; do
  case $1 in
  --full) form=full ;;
  --json) json=(--json) ;;
  --rounds | --kernel | --against)
    [ $# -ge 2 ] || usage
    printf -v "${1#--}" %s "$2"
    shift
    ;;
  *)
    among "$1" "${lab_parts[@]}" "${host_parts[@]}" || usage
    chosen+=("$1")
    ;;
  esac
  shift
done
[[ $rounds =~ ^[1-9][0-9]*$ && $kernel =~ ^(uml|qemu)$ ]] || usage
[ ${#chosen[@]} -gt 0 ] || chosen=("${lab_parts[@]}" "${host_parts[@]}")

# What a run needs beside the programs: loads, data, tapes that take long to make.
prepare() {
  local program objects isal=()
  bash "$repo/test/tools/prepare.sh"
  npm --prefix "$repo" run --silent build
  node "$repo/test/tools/build.mjs" "$here/blocks.ts" "$here/medium.ts"
  for program in "$here/load.c" "$here/ideal.c" "$repo/test/port/sgio.c"; do
    gcc -Wall -Wextra -Werror -O2 -o "$repo/build/test/$(basename "$program" .c)" "$program"
  done
  ! pkg-config --exists libisal || isal=(-DMHVTL_ISAL)
  g++ "${isal[@]}" -Wall -Wextra -Werror -O2 -std=c++17 -o "$repo/build/test/library" "$here/library.cc" "$repo"/src/addon/codec.cc \
    -llzo2 -lisal -lz -llz4 -lzstd -pthread
  mkdir -p "$scratch"
  "$repo/build/test/library" data "$scratch/mixed" $((16 << 20))
  [ -f "$scratch/zeros" ] || head -c $((16 << 20)) /dev/zero >"$scratch/zeros"
  [ -f "$scratch/random" ] || head -c $((16 << 20)) /dev/urandom >"$scratch/random"
  among position "${chosen[@]}" || return 0
  for objects in 1000 10000 100000 1000000; do make_tape "$objects"; done
}

make_tape() { # make_tape OBJECTS
  [ ! -d "$scratch/tape$1" ] || return 0
  rm -rf "$scratch/new"
  mkdir "$scratch/new"
  "$repo/build/test/blocks" "$scratch/new" B00001L8 "$1"
  mv "$scratch/new/B00001L8" "$scratch/tape$1"
}

# The module and the programs of both implementations, as guest.sh takes them.
implementations() {
  # shellcheck disable=SC2034 # for prepare.sh
  LAB_DIR=$repo/test/lab REPO=$repo
  . "$repo/test/lab/host/common.sh"
  . "$repo/test/lab/prepare.sh"
  prepare_packages "$kernel" && prepare_kernel "$kernel" && prepare_module "$kernel" || exit
  compared=("ours=$MODULE_FILE:$repo/build/bin")
  [ -n "$against" ] || return 0
  against=$(realpath "$against")
  local file
  for file in mhvtl.ko bin/vtltape bin/vtllibrary; do
    [ -e "$against/$file" ] || { echo "$against/$file is missing; see docs/performance.md" >&2; exit 2; }
  done
  compared+=("other=$against/mhvtl.ko:$against/bin")
}

in_lab() {
  local parts=() part
  for part in "${lab_parts[@]}"; do ! among "$part" "${chosen[@]}" || parts+=("$part"); done
  [ ${#parts[@]} -gt 0 ] || return 0
  "${pinned[@]}" bash "$repo/test/lab/lab.sh" --kernel "$kernel" --no-module --memory 3G --timeout 1500 \
    "$here/guest.sh" "$form" "$rounds" "$scratch" "${compared[@]}" -- "${parts[@]}"
}

on_host() {
  local part round implementation=ours
  . "$here/sample.sh"
  for ((round = 0; round < rounds; round++)); do
    for part in "${host_parts[@]}"; do
      among "$part" "${chosen[@]}" || continue
      . "$here/parts/$part.sh"
      "measure_$part"
    done
  done
}

# One processor for all of it, with priority where that is allowed: what moves between processors scatters.
pinned=()
[ "$kernel" = qemu ] || pinned=(taskset -c "$(($(nproc) - 1))")
! nice -n -5 true 2>/dev/null || pinned+=(nice -n -5)

scratch=$repo/build/bench
samples=$(mktemp)
trap 'rm -f "$samples"' EXIT
prepare
implementations
{
  in_lab
  on_host
} >"$samples"
node "$here/report.mjs" "${json[@]}" <"$samples"
