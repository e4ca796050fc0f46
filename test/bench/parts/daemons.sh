#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Daemons as such: start until the devices are there, wake-ups and memory when nothing happens.

# Times any thread of the daemons was scheduled.
switches() {
  local pid
  for pid in "${daemons[@]}"; do cat "/proc/$pid/task/"*/status; done | awk '/ctxt_switches/ { sum += $2 } END { print sum }'
}

# Proportional memory of a daemon, MB.
memory() {
  local pid
  for pid in "${daemons[@]}"; do cat "/proc/$pid/smaps_rollup"; done | awk -v n="${#daemons[@]}" '/^Pss:/ { sum += $2 } END { printf "%.2f\n", sum / n / 1024 }'
}

of_drives() { if [ "$1" -eq 1 ]; then echo 'one drive'; else echo "$1 drives"; fi; }

measure_with() { # measure_with DRIVES
  local before seconds=5
  configure "$1" 2 1
  timed start_implementation
  sample "start of a library and $(of_drives "$1") until all are usable" ms "$took" "$1 starts of node"
  sleep 12
  before=$(switches)
  sleep $seconds
  sample "wake-ups of an idle daemon, $(of_drives "$1")" /s "$(awk -v n=$((($(switches) - before))) -v s=$((seconds * ${#daemons[@]})) 'BEGIN { printf "%.3f", n / s }')"
  sample "memory (PSS) of an idle daemon, $(of_drives "$1")" MB "$(memory)"
  stop_implementation
}

measure_daemons() {
  local count
  for count in $(by_form '1 10' '1 10 40'); do
    timed node_starts "$count"
    ceiling "$count starts of node" ms "$took"
    measure_with "$count"
  done
}

node_starts() {
  local n
  for ((n = 0; n <= $1; n++)); do node -e 0 & done
  wait
}
