#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# On the host, without a kernel module: how long a daemon takes until it would ask for its unit.

# It reads everything and opens its cartridges' homes, and then finds no /dev/mhvtl; that is its end.
until_it_asks() { # until_it_asks PROGRAM UNIT
  MHVTL_CONFIG_PATH=$scratch/config "$repo/build/bin/$1" -F -q "$2" 2>"$scratch/log" || true
  grep -q 'kernel module' "$scratch/log"
}

measure_start() {
  bash "$here/library-config.sh" "$scratch/config" 1 2 0
  timed node -e 0
  ceiling 'start of node, host' ms "$took"
  timed until_it_asks vtltape 11
  sample 'start of a drive until it asks for its unit, host' ms "$took" 'start of node, host'
  timed until_it_asks vtllibrary 10
  sample 'start of a library until it asks for its unit, host' ms "$took" 'start of node, host'
}
