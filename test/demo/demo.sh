#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `npm run demo`: prepares this machine, builds everything, and shows the library at work in User-Mode Linux.
set -u
cd "$(dirname "$0")/../.." || exit

usage() {
  cat <<'TEXT'
usage: npm run demo [-- --shell]

Installs what is missing from Debian's packages and npm, builds everything, boots User-Mode Linux with mhvtl.ko and
a library of two drives, writes a few hundred MB with tar to one drive, restores them from the other, and compares.

  --shell   then leave me in a shell inside, with the library at hand
TEXT
}

# fail TEXT: the demo's last word when something went wrong
fail() {
  printf '\nDEMO FAILED: %s\n' "$*" >&2
  exit 1
}

work=$(mktemp -d) || exit
shower=
trap '[ -z "$shower" ] || kill "$shower" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# show_progress NAME: the last line of the running step's log, now and then.
show_progress() {
  local pause=10
  [ ! -t 1 ] || pause=1
  while sleep "$pause"; do
    if [ -t 1 ]; then
      printf '\r\033[K  %s: %3d s  %.60s' "$1" "$SECONDS" "$(tail -n 1 "$work/log" | tr -cd '[:print:]')"
    else
      printf '  %s: %3d s\n' "$1" "$SECONDS"
    fi
  done
}

# prepare NAME SECONDS COMMAND...: one step of preparation; what it says is shown when it fails.
prepare() {
  local name=$1 limit=$2 status
  shift 2
  SECONDS=0
  : >"$work/log"
  show_progress "$name" &
  shower=$!
  timeout --foreground "$limit" "$@" >"$work/log" 2>&1 </dev/null
  status=$?
  kill "$shower" 2>/dev/null
  wait "$shower" 2>/dev/null
  shower=
  [ ! -t 1 ] || printf '\r\033[K'
  if [ $status -ne 0 ]; then
    tail -n 60 "$work/log" >&2
    [ $status -ne 124 ] || fail "$name did not end in $limit seconds: $*"
    fail "$name: status $status of: $*"
  fi
  printf '  %-58s %3d s\n' "$name" "$SECONDS"
}

# check_machine: what no package can mend
check_machine() {
  local free
  [ "$(uname -sm)" = 'Linux x86_64' ] || fail "this is $(uname -sm); User-Mode Linux needs Linux on x86_64"
  command -v apt-get >/dev/null || fail 'apt-get is missing; the demo takes what it needs from Debian 12 or 13'
  free=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  [ "${free:-0}" -ge 2048 ] || fail "$free MB of memory are free; the demo needs 2048"
}

shell=no
case $*: in
:) ;;
--shell:)
  shell=yes
  [ -t 0 ] && [ -t 1 ] || fail '--shell needs a terminal'
  ;;
--help: | -h:) usage; exit ;;
*) usage >&2; exit 2 ;;
esac

start=$EPOCHSECONDS
check_machine
[ ! -t 1 ] || [ -n "${NO_COLOR-}" ] || export DEMO_BOLD=$'\033[1m' DEMO_PLAIN=$'\033[m'
export DEMO_SHELL=$shell

printf '%s== Preparing %s%s\n' "${DEMO_BOLD-}" "$PWD" "${DEMO_PLAIN-}"
prepare 'compilers, libraries, npm packages' 1800 bash test/tools/prepare.sh
prepare 'the programs: vtllibrary, vtltape and the tools' 600 npm run --silent build
prepare 'User-Mode Linux, its kernel tree, mhvtl.ko' 1800 bash test/lab/prepare.sh uml

options=(--config test/demo/config --memory 2G --timeout 600)
[ $shell = no ] || options+=(--interactive)
printf '\n%s== Booting User-Mode Linux%s\n' "${DEMO_BOLD-}" "${DEMO_PLAIN-}"
bash test/lab/lab.sh "${options[@]}" test/demo/inside.sh
status=$?
[ $status -eq 0 ] || fail "the lab ended with status $status (bash test/lab/lab.sh --help tells the numbers)"
printf '\nThe daemons ended, the module is unloaded, the kernel log is free of warnings. %d s in all.\nDEMO OK\n' \
  $((EPOCHSECONDS - start))
