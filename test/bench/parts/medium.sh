# SPDX-License-Identifier: GPL-2.0-or-later
# The medium layer alone: 2 GiB of mixed data in blocks of 256 KiB, over all rounds, written to a cartridge and read back.
# The library does the same with one thread; without compression, a plain file does. What lzo is measured against is
# lzo1x_1, which other programs use for cartridges; the figures of the function used here stand beside it.
measure_medium() {
  local home bytes=$((2 * 1024 / rounds << 20)) kind
  home=$(mktemp -d /dev/shm/mhvtl-bench.XXXXXX 2>/dev/null || mktemp -d "$scratch/medium.XXXXXX")
  for kind in lzo zlib lz4 zstd none; do
    medium_with "$kind" "$home" "$bytes" || { rm -rf "$home"; return 1; }
  done
  rm -rf "$home"
}

medium_with() { # medium_with KIND HOME BYTES
  local kind=$1 home=$2 data=$scratch/mixed block=$((256 << 10)) bytes=$3 rate memory step
  local -A alone=([write]=pack [read]=unpack) name=([write]=compress [read]=uncompress) bound
  local library=${kind/#lzo/lzo1x_1}
  for step in write read; do bound[$step]="$library alone, ${name[$step]}"; done
  if [ "$kind" = none ]; then
    alone=([write]=pwrite [read]=pread) bound=([write]='plain file, pwrite' [read]='plain file, pread')
  fi
  for step in write read; do
    rate=$(alone_with "${alone[$step]}" "$library") || return
    ceiling "${bound[$step]}" MB/s "$rate"
    if [ "$kind" = lzo ]; then
      rate=$(alone_with "${alone[$step]}" lzo) || return
      sample "lzo1x_1_15 alone, ${name[$step]}" MB/s "$rate" "${bound[$step]}"
    fi
    read -r rate memory < <("$repo/build/test/medium" "$step" "$home" "$kind" "$data" "$block" "$bytes")
    [ -n "$rate" ] || return
    sample "medium layer, $kind, $step" MB/s "$rate" "${bound[$step]}"
    sample "medium layer, $kind, $step, most memory" MB "$memory"
  done
}

# alone_with WHAT KIND: the library or a plain file, for what medium_with says
alone_with() { "$repo/build/test/library" "$1" "$2" 1 "$data" "$block" "$bytes" "$home/plain"; }
