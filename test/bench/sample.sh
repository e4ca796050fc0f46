#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by the benchmark's scripts: how a sample is told.
load=$repo/build/test/load
sgio=$repo/build/test/sgio

# sample NAME UNIT VALUE [CEILING]: one line, between tabs: implementation, name, unit, value, name of what bounds it.
sample() { printf '%s\t%s\t%s\t%s\t%s\n' "$implementation" "$1" "$2" "$3" "${4-}"; }

# ceiling NAME UNIT VALUE: a sample of the machine, whoever plays the library.
ceiling() { printf '%s\t%s\t%s\t%s\t\n' machine "$1" "$2" "$3"; }

# full: is everything to be measured, and for long?
full() { [ "$form" = full ]; }

# by_form QUICK FULL
by_form() { if full; then echo "$2"; else echo "$1"; fi; }

# timed COMMAND...: sets `took` to its milliseconds, with a fraction.
timed() {
  local start=${EPOCHREALTIME/./}
  "$@" >/dev/null || return
  start=$((${EPOCHREALTIME/./} - start))
  printf -v took '%d.%03d' $((start / 1000)) $((start % 1000))
}

# latency NAME CEILING DEVICE COUNT PAUSE_US DIRECTION LENGTH CDB: samples of p50 and p99, with the CEILING's p50 and p99, and
# the mean in `mean`.
latency() {
  local name=$1 bound=$2 p50 p99
  shift 2
  read -r p50 p99 mean < <("$sgio" "$1" time "${@:2}")
  sample "$name, p50" us "$p50" "$bound, p50"
  sample "$name, p99" us "$p99" "$bound, p99"
}

# stream_rates DIRECTION BLOCK BYTES DATA PATH...: sets `megabytes` and `blocks` a second over all paths.
stream_rates() {
  read -r megabytes blocks < <("$load" stream "$1" "$2" $(($3 / $2)) "${@:4}")
  [ -n "$megabytes" ]
}
