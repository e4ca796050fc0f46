#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: library-config.sh DIRECTORY DRIVES SLOTS CARTRIDGES [COMPRESSION...]
# Writes the configuration of a benchmark's library: unit 10, and its drives from 11 on; a cartridge B00001L8 and so on
# in the first slots. Drive n compresses as the n-th COMPRESSION says, or not at all.
set -eu
directory=$1 drives=$2 slots=$3 cartridges=$4
compressions=("${@:5}")

unit() { # unit KIND NUMBER CHANNEL TARGET: the first line
  printf '\n%s: %d CHANNEL: %02d TARGET: %02d LUN: 00\n' "$@"
}

drive() { # drive N, counted from 1
  local compression=${compressions[$1 - 1]:-none}
  unit Drive $((10 + $1)) $(($1 / 100)) $(($1 % 100))
  cat <<TEXT
 Library ID: 10 Slot: $(printf %02d "$1")
 Vendor identification: IBM
 Product identification: ULT3580-TD8
 Product revision level: 2160
 Unit serial number: BENCH_A$1
 NAA: 10:22:33:44:ab:00:$(printf %02d "$1"):00
TEXT
  if [ "$compression" = none ]; then echo ' Compression: factor 1 enabled 0'; else
    printf ' Compression: factor 1 enabled 1\n Compression type: %s\n' "$compression"
  fi
}

mkdir -p "$directory"
{
  echo 'VERSION: 5'
  unit Library 10 0 0
  cat <<TEXT
 Vendor identification: STK
 Product identification: L700
 Unit serial number: BENCH_A
 NAA: 10:22:33:44:ab:00:00:00
 Home directory: /opt/mhvtl
 PERSIST: False
TEXT
  for ((n = 1; n <= drives; n++)); do drive "$n"; done
} >"$directory/device.conf"
{
  echo 'VERSION: 2'
  for ((n = 1; n <= drives; n++)); do echo "Drive $n:"; done
  echo 'Picker 1:'
  for ((n = 1; n <= cartridges; n++)); do printf 'Slot %d: B%05dL8\n' "$n" "$n"; done
  for (( ; n <= slots; n++)); do echo "Slot $n:"; done
} >"$directory/library_contents.10"
printf 'MHVTL_HOME_PATH=/opt/mhvtl\nCAPACITY=500\nVERBOSE=0\nVTL_DEBUG=0\n' >"$directory/mhvtl.conf"
