#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Long tapes: load, LOCATE and SPACE as their number of objects grows. Every hundredth object is a filemark.
load_ready() { load_drive "$1" 0; }

start_of_mtx() { mtx --help 2>&1 || true; }

measure_position() {
  local objects slot p50 p99
  read -r -a lengths < <(by_form '1000 100000' '1000 10000 100000 1000000')
  configure 1 $((${#lengths[@]} + 1)) 0
  slot=0
  for objects in "${lengths[@]}"; do
    slot=$((slot + 1))
    cp -r --sparse=always "$scratch/tape$objects" "/opt/mhvtl/L0000${slot}L8"
    sed -i "s/^Slot $slot:.*/Slot $slot: L0000${slot}L8/" /etc/mhvtl/library_contents.10
  done
  start_implementation
  timed start_of_mtx
  ceiling 'start of mtx' ms "$took"
  ceiling 'system call' us "$("$load" syscall 20000)"
  slot=0
  for objects in "${lengths[@]}"; do
    slot=$((slot + 1))
    # The first load after a start finds its programs on the disk.
    [ "$slot" -ne 1 ] || { load_ready 1; mtx -f "$changer" unload 1 0 >/dev/null; }
    timed load_ready $slot
    sample "load of $objects objects" ms "$took" 'start of mtx'
    read -r p50 p99 < <("$load" locate "${tape[0]}" 100 "$objects")
    sample "LOCATE among $objects objects, p50" us "$p50" 'system call'
    sample "LOCATE among $objects objects, p99" us "$p99" 'system call'
    sample "SPACE over 10 filemarks of $objects objects" us "$("$load" space "${tape[0]}" 10)" 'system call'
    [ "$objects" -lt 100000 ] ||
      sample "SPACE over 1000 filemarks of $objects objects" us "$("$load" space "${tape[0]}" 1000)" 'system call'
    mtx -f "$changer" unload "$slot" 0 >/dev/null
  done
}
