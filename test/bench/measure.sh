#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: measure.sh ROUNDS
# Runs in the lab with the configuration beside it. One line for each sample: name, unit, value, between tabs.
# What is measured takes turns, so that a disturbance of the machine spreads over all of it.
set -eu
rounds=$1
repo=$(cd "$(dirname "$0")/../.." && pwd -P)
load=$repo/build/test/load
sgio=$repo/build/test/sgio
# On the file system of the cartridges.
plain_file=/opt/mhvtl/plain
volume=$((64 << 20))
test_unit_ready='none 0 000000000000'

sample() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }

# stream NAME DIRECTION BLOCK DATA PATH...: one megabytes-per-second sample.
stream() {
  local name=$1 direction=$2 block=$3 data=$4 rate
  shift 4
  rate=$("$load" stream "$direction" "$block" $((volume / block)) "$data" "$@")
  sample "$name" MB/s "${rate% *}"
}

both_ways() { # both_ways NAME BLOCK DATA PATH...
  local name=$1
  shift
  stream "write, $name" write "$@"
  stream "read, $name" read "$@"
}

streams() {
  local block size name
  for block in '65536 64 KiB' '262144 256 KiB' '524288 512 KiB' '1048576 1 MiB' '8388608 8 MiB'; do
    size=${block%% *} name=${block#* }
    both_ways "$name random" "$size" random "$TAPE0"
    both_ways "$name zeros" "$size" zeros "$TAPE0"
    both_ways "$name plain file" "$size" random "$plain_file"
  done
  both_ways 'two drives, 256 KiB random' 262144 random "$TAPE0" "$TAPE1"
}

small_blocks() {
  local direction rate
  for direction in write read; do
    rate=$("$load" stream "$direction" 512 4000 random "$TAPE0")
    sample "$direction, 512 bytes" blocks/s "${rate#* }"
  done
}

# latency NAME COUNT PAUSE_US: percentiles of TEST UNIT READY.
latency() {
  local p50 p99 mean
  read -r p50 p99 mean < <("$sgio" "$SG0" time "$2" "$3" $test_unit_ready)
  sample "TEST UNIT READY $1, p50" us "$p50"
  sample "TEST UNIT READY $1, p99" us "$p99"
}

timed() { # timed NAME COMMAND...: a sample of milliseconds.
  local name=$1 start=${EPOCHREALTIME/./}
  shift
  "$@" >/dev/null
  sample "$name" ms $(((${EPOCHREALTIME/./} - start) / 1000))
}

changer() {
  timed 'mtx load' mtx -f "$CHANGER" load 2 1
  timed 'mtx unload' mtx -f "$CHANGER" unload 2 1
}

ceilings() {
  sample 'memcpy, 256 KiB' MB/s "$("$load" memcpy 262144 2000)"
  sample 'memcpy, 8 MiB' MB/s "$("$load" memcpy 8388608 64)"
  sample 'system call' us "$("$load" syscall 20000)"
}

mtx -f "$CHANGER" load 1 0 >/dev/null
for ((round = 0; round < rounds; round++)); do
  changer
  mtx -f "$CHANGER" load 2 1 >/dev/null
  # Memory fresh from the host costs more than memory used before; without this the first stream would pay for all.
  "$load" stream write 8388608 $((volume >> 23)) random "$TAPE0" "$TAPE1" >/dev/null
  streams
  small_blocks
  latency 'back to back' 2000 0
  sleep 1
  latency 'after 1 s' 5 1000000
  ceilings
  mtx -f "$CHANGER" unload 2 1 >/dev/null
done
