#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: guest.sh FORM ROUNDS SCRATCH IMPLEMENTATION=MODULE:PROGRAMS... -- PART...
# Runs in the lab, without the lab's own library. In each round every implementation takes its turn at every part, so that
# a disturbance of the machine spreads over all of it. Prints a line for each sample (see sample.sh).
set -eu
form=$1 rounds=$2 scratch=$3
shift 3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd "$here/../.." && pwd -P)
. "$here/sample.sh"
. "$here/implementation.sh"

implementations=()
while [ "$1" != -- ]; do
  implementations+=("$1")
  shift
done
shift
parts=("$@")

for module in scsi_mod sg st ch; do modprobe "$module" 2>/dev/null || true; done
mkdir -p /opt/mhvtl
mount -t tmpfs -o size=1500M tmpfs /opt/mhvtl
# Memory fresh from the host costs more than memory used before; without this whoever comes first would pay for all.
head -c 1400M /dev/zero >/opt/mhvtl/fill && rm /opt/mhvtl/fill

for ((round = 0; round < rounds; round++)); do
  for part in "${parts[@]}"; do
    for one in "${implementations[@]}"; do
      choose_implementation "$one"
      # A part that fails is told and left out; the others are measured.
      if ! (
        set -e
        . "$here/parts/$part.sh"
        "measure_$part"
      ); then echo "part $part fails with $implementation" >&2; fi
      stop_implementation
    done
  done
done
