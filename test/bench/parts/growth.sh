#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A library as its cartridges grow in number.
mtx_status() { mtx -f "$changer" status; }

measure_growth() {
  local count
  for count in $(by_form '1 100' '1 10 100 1000'); do
    configure 1 $((count + 1)) "$count"
    timed start_implementation
    sample "start, $count cartridges" ms "$took"
    find_devices
    timed mtx_status
    sample "mtx status, $count cartridges" ms "$took"
    timed mtx -f "$changer" load 1 0
    sample "mtx load, $count cartridges" ms "$took"
    timed mtx -f "$changer" unload 1 0
    sample "mtx unload, $count cartridges" ms "$took"
    stop_implementation
  done
}
