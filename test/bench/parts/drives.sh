#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Several drives at once.
measure_drives() {
  local count direction n volume
  volume=$(by_form $((16 << 20)) $((32 << 20)))
  configure 8 8 8
  start_implementation
  for n in 0 1 2 3 4 5 6 7; do load_drive $((n + 1)) "$n"; done
  settle
  warm "${tape[@]}"
  for count in 1 2 4 8; do
    for direction in write read; do
      stream_rates "$direction" 262144 "$volume" random "${tape[@]:0:count}"
      sample "$direction 256 KiB, $count drives at once" MB/s "$megabytes" "files at once, $direction, $count"
      local files=()
      for ((n = 0; n < count; n++)); do files+=("/opt/mhvtl/plain$n"); done
      stream_rates "$direction" 262144 "$volume" random "${files[@]}"
      ceiling "files at once, $direction, $count" MB/s "$megabytes"
    done
  done
  rm -f /opt/mhvtl/plain*
}
