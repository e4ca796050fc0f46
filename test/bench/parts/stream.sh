#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One drive: block sizes, data and compressions; beside them a plain file, the compression library alone, and a cartridge
# that keeps nothing.
compressions=(none lzo zlib lz4 zstd)

block_name() { if [ "$1" -lt $((1 << 20)) ]; then echo "$(($1 >> 10)) KiB"; else echo "$(($1 >> 20)) MiB"; fi; }

# data_of NAME: what load and library take for it.
data_of() { if [ "$1" = mixed ]; then echo "$scratch/mixed"; else echo "$1"; fi; }

# bound_of DIRECTION COMPRESSION BLOCK DATA: the name of the ceiling of a cell.
bound_of() {
  if [ "$2" = none ]; then echo "plain file, $1, $(block_name "$3")"; else echo "$2 alone, $1, $(block_name "$3"), $4"; fi
}

measure_cell() { # measure_cell COMPRESSION-INDEX BLOCK DATA
  local compression=${compressions[$1]} direction name
  # Memory that a drive uses for the first time, or for the first time after a pause, is slower: once without counting.
  stream_rates write "$2" "$volume" "$(data_of "$3")" "${tape[$1]}" || return
  for direction in write read; do
    stream_rates $direction "$2" "$volume" "$(data_of "$3")" "${tape[$1]}" || return
    sample "$direction $(block_name "$2"), $3 data, $compression" MB/s "$megabytes" "$(bound_of $direction "$compression" "$2" "$3")"
  done
}

plain_file() { # plain_file BLOCK
  local direction
  for direction in write read; do
    stream_rates $direction "$1" "$volume" random /opt/mhvtl/plain
    ceiling "$(bound_of $direction none "$1")" MB/s "$megabytes"
  done
  rm -f /opt/mhvtl/plain
  ceiling "memcpy, $(block_name "$1")" MB/s "$("$load" memcpy "$1" $((volume / $1)))"
}

library_alone() { # library_alone COMPRESSION BLOCK DATA
  local what direction=write
  for what in pack unpack; do
    ceiling "$(bound_of $direction "$1" "$2" "$3")" MB/s "$("$repo/build/test/library" $what "$1" 1 "$scratch/$3" "$2" "$volume")"
    direction="read"
  done
}

# A cartridge that keeps no data: what the way to the drive and its index cost, beside a drive in C.
without_medium() { # without_medium BLOCK
  local direction round
  for round in unmeasured measured; do stream_rates write "$1" "$volume" random "${tape[5]}"; done
  sample "write $(block_name "$1"), cartridge that keeps nothing" MB/s "$megabytes" "drive in C, write, $(block_name "$1")"
  [ "$implementation" = ours ] || return 0
  for direction in write read; do
    stream_rates $direction "$1" "$volume" random "$ideal_tape"
    ceiling "drive in C, $direction, $(block_name "$1")" MB/s "$megabytes"
  done
}

measure_stream() {
  local block data index
  volume=$(by_form $((32 << 20)) $((64 << 20)))
  read -r -a blocks_sizes < <(by_form '262144 1048576' '65536 262144 524288 1048576 8388608')
  configure 6 7 7 "${compressions[@]}"
  "$repo/build/bin/mktape" -l 10 -m N00001L8 -s 500 -t NULL -d LTO8 >/dev/null
  sed -i 's/^Slot 6:.*/Slot 6: N00001L8/' /etc/mhvtl/library_contents.10
  start_implementation
  for index in 0 1 2 3 4 5; do load_drive $((index + 1)) "$index"; done
  settle
  warm "${tape[@]}"
  [ "$implementation" != ours ] || start_ideal
  for block in "${blocks_sizes[@]}"; do
    plain_file "$block"
    without_medium "$block"
    for data in random mixed zeros; do
      for index in "${!compressions[@]}"; do
        [ "$index" -eq 0 ] || [ ! -x "$repo/build/test/library" ] || library_alone "${compressions[$index]}" "$block" "$data"
        measure_cell "$index" "$block" "$data" || echo "${compressions[$index]} fails" >&2
      done
    done
  done
}
