#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The robot: moves, and the elements of a library with 10,000 slots.
mtx_status() { mtx -f "$changer" status; }

start_of_mtx() { mtx --help 2>&1 || true; }

move_by_mtx() { # move_by_mtx SUFFIX PAUSE
  local verb
  for verb in load unload; do
    sleep "$2"
    timed mtx -f "$changer" $verb 2 1
    sample "mtx $verb$1" ms "$took" 'start of mtx'
  done
}

# MOVE MEDIUM alone, from slot 2 to 4, whose addresses begin at 1000 in this product.
move_medium() {
  local p50 p99 mean
  read -r p50 p99 mean < <("$sgio" "$changer" time 1 0 none 0 a500000003e903eb00000000)
  sample 'MOVE MEDIUM from slot to slot' us "$p50" 'system call'
  "$sgio" "$changer" time 1 0 none 0 a500000003eb03e900000000 >/dev/null
}

# READ ELEMENT STATUS of everything, with volume tags.
element_status() {
  local p50 p99 mean
  read -r p50 p99 mean < <("$sgio" "$changer" time 5 0 in 700000 b8100000ffff010aae600000)
  sample "READ ELEMENT STATUS, $1 slots" us "$p50"
}

measure_changer() {
  configure 2 10000 3
  start_implementation
  load_drive 1 0
  timed start_of_mtx
  ceiling 'start of mtx' ms "$took"
  ceiling 'system call' us "$("$load" syscall 20000)"
  move_by_mtx '' 0
  move_by_mtx ' after 3 s' 3
  move_medium
  element_status 10000 || return
  timed mtx_status
  sample 'mtx status, 10000 slots' ms "$took" 'start of mtx'
}
