#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Commands that move little or nothing: TEST UNIT READY, INQUIRY, blocks of 512 bytes.
test_unit_ready='none 0 000000000000'

ceilings() {
  local p50 p99 direction
  ceiling 'system call' us "$("$load" syscall 20000)"
  [ "$implementation" = ours ] || return 0
  ceiling 'EXCHANGE of no unit' us "$("$load" exchange 20000)"
  start_ideal || return 0
  # shellcheck disable=SC2086 # words
  read -r p50 p99 _ < <("$sgio" "$ideal_sg" time 3000 0 $test_unit_ready)
  ceiling 'drive in C, p50' us "$p50"
  ceiling 'drive in C, p99' us "$p99"
  # shellcheck disable=SC2086
  read -r p50 p99 _ < <("$sgio" "$ideal_sg" time 5 1000000 $test_unit_ready)
  ceiling 'drive in C after 1 s, p50' us "$p50"
  ceiling 'drive in C after 1 s, p99' us "$p99"
  for direction in write read; do
    stream_rates $direction 512 $((512 * 4000)) random "$ideal_tape"
    ceiling "drive in C, $direction 512 bytes" blocks/s "$blocks"
  done
}

small_blocks() {
  local direction
  for direction in write read; do
    stream_rates $direction 512 $((512 * 4000)) random "${tape[0]}"
    sample "$direction 512 bytes" blocks/s "$blocks" "drive in C, $direction 512 bytes"
  done
}

# TEST UNIT READY at an idle drive while the other streams.
beside_a_stream() {
  local streaming
  while :; do "$load" stream write 262144 2000 random "${tape[1]}" >/dev/null; done &
  streaming=$!
  sleep 0.5
  # shellcheck disable=SC2086 # words
  latency 'TEST UNIT READY while another drive streams' 'drive in C' "${sg[0]}" 500 0 $test_unit_ready
  kill "$streaming"
  pkill -f "$load" || true
  wait "$streaming" 2>/dev/null || true
}

measure_commands() {
  configure 2 3 3
  start_implementation
  load_drive 1 0
  load_drive 2 1
  settle
  warm "${tape[0]}"
  # shellcheck disable=SC2086 # words
  "$sgio" "${sg[0]}" time 3000 0 $test_unit_ready >/dev/null
  # shellcheck disable=SC2086
  latency 'TEST UNIT READY back to back' 'drive in C' "${sg[0]}" "$(by_form 1000 3000)" 0 $test_unit_ready
  local mean
  "$sgio" "${sg[0]}" time 3000 0 in 96 120000006000 >/dev/null
  latency 'INQUIRY back to back' 'drive in C' "${sg[0]}" 1000 0 in 96 120000006000
  sample 'INQUIRY' commands/s "$(awk -v mean="$mean" 'BEGIN { printf "%.0f", 1e6 / mean }')"
  small_blocks
  # shellcheck disable=SC2086
  latency 'TEST UNIT READY after 1 s' 'drive in C after 1 s' "${sg[0]}" "$(by_form 3 10)" 1000000 $test_unit_ready
  if full; then
    sleep 60
    # shellcheck disable=SC2086
    sample 'TEST UNIT READY after a minute' us "$("$sgio" "${sg[0]}" time 1 0 $test_unit_ready | cut -d ' ' -f 1)" 'system call'
  fi
  beside_a_stream
  ceilings
}
