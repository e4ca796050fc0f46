#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by guest.sh: a library played by one implementation or another. What is asked of one is in docs/performance.md.
START_LIMIT=60
daemons=()

# choose_implementation NAME=MODULE:PROGRAMS
choose_implementation() {
  implementation=${1%%=*}
  module_file=${1#*=}
  programs=${module_file#*:}
  module_file=${module_file%%:*}
}

# configure DRIVES SLOTS CARTRIDGES [COMPRESSION...]: a fresh library in /etc/mhvtl and /opt/mhvtl.
configure() {
  drives=$1
  rm -rf /etc/mhvtl /opt/mhvtl/*
  bash "$here/library-config.sh" /etc/mhvtl "$@"
  [ "$3" -eq 0 ] || "$repo/build/bin/make_vtl_media" -C /etc/mhvtl --create-dir >/dev/null
}

# start_unit PROGRAM NUMBER
start_unit() {
  "$programs/$1" -F -q "$2" </dev/null >>"/tmp/$1.log" 2>&1 &
  daemons+=($!)
}

# start_implementation: loads the module, starts the daemons, waits for the devices, and sets changer, sg[] and tape[].
start_implementation() {
  local n
  insmod "$module_file"
  start_unit vtllibrary 10
  for ((n = 1; n <= drives; n++)); do start_unit vtltape $((10 + n)); done
  wait_for_devices
}

# device ADDRESS CLASS: the node of that class, /dev/nst0 for example; fails as long as there is none.
device() {
  local path
  for path in "/sys/bus/scsi/devices/$1/$2/"*; do
    path=/dev/${path##*/}
    [[ $path =~ /(sg|sch|nst)[0-9]+$ ]] && [ -c "$path" ] && echo "$path" && return
  done
  return 1
}

find_devices() {
  local host n address
  host=$(ls -d /sys/bus/scsi/devices/[0-9]*:0:0:0 2>/dev/null) || return
  host=${host##*/}
  host=${host%%:*}
  changer=$(device "$host:0:0:0" scsi_generic) || return
  sg=() tape=()
  for ((n = 1; n <= drives; n++)); do
    address=$host:$((n / 100)):$((n % 100)):0
    sg+=("$(device "$address" scsi_generic)") || return
    tape+=("$(device "$address" scsi_tape)") || return
  done
}

wait_for_devices() {
  local deadline=$((SECONDS + START_LIMIT))
  until find_devices; do
    if [ "$SECONDS" -gt "$deadline" ]; then
      echo "$implementation: not every device appeared in $START_LIMIT seconds" >&2
      return 1
    fi
    sleep 0.05
  done
  # The nodes are there before a daemon answers through them.
  until mtx -f "$changer" status >/dev/null 2>&1 || [ "$SECONDS" -gt "$deadline" ]; do sleep 0.05; done
}

# start_ideal: the drive in C that does nothing (ideal.c), in ideal_sg and ideal_tape; for our module only.
start_ideal() {
  local host
  "$repo/build/test/ideal" 900 200 &
  ideal=$!
  host=$(ls -d /sys/bus/scsi/devices/[0-9]*:0:0:0)
  host=${host##*/}
  until ideal_sg=$(device "${host%%:*}:0:200:0" scsi_generic) && ideal_tape=$(device "${host%%:*}:0:200:0" scsi_tape); do
    kill -0 "$ideal" || return
    sleep 0.05
  done
}

# settle: daemons give back what starting took, which costs time and memory once more.
settle() { sleep 8; }

# warm TAPE...: streams to and from each. What runs often is compiled again for speed, after some thousand commands.
warm() {
  local path direction pass
  for path in "$@"; do
    for pass in 1 2 3; do
      for direction in write read; do "$load" stream $direction 65536 1600 random "$path" >/dev/null; done
    done
  done
}

# load_drive SLOT DRIVE: the cartridge of the slot is in the drive (counted from 0), which is ready.
load_drive() {
  mtx -f "$changer" load "$1" "$2" >/dev/null
  until "$sgio" "${sg[$2]}" time 1 0 none 0 000000000000 >/dev/null 2>&1; do sleep 0.05; done
}

# stop_implementation: the part may have failed anywhere, so every process of the programs is ended, and the module goes.
stop_implementation() {
  local pid tries
  pkill -f "$repo/build/test/ideal" || true
  for pid in $(pgrep -f "$programs/vtl(tape|library)"); do kill "$pid" 2>/dev/null || true; done
  for tries in $(seq 100); do
    pgrep -f "$programs/vtl(tape|library)" >/dev/null || break
    [ "$tries" -lt 80 ] || pkill -KILL -f "$programs/vtl(tape|library)" || true
    sleep 0.05
  done
  if grep -q '^mhvtl ' /proc/modules; then rmmod mhvtl || true; fi
  daemons=()
}
