# SPDX-License-Identifier: GPL-2.0-or-later
# The medium layer alone: 2 GiB of mixed data in blocks of 256 KiB, over all rounds, written to a cartridge and read back.
# The library does the same with one thread; without compression, a plain file does.
measure_medium() {
  local home bytes=$((2 * 1024 / rounds << 20)) kind
  home=$(mktemp -d /dev/shm/mhvtl-bench.XXXXXX 2>/dev/null || mktemp -d "$scratch/medium.XXXXXX")
  for kind in lzo zlib lz4 zstd none; do
    medium_with "$kind" "$home" "$bytes" || { rm -rf "$home"; return 1; }
  done
  rm -rf "$home"
}

medium_with() { # medium_with KIND HOME BYTES
  local kind=$1 home=$2 data=$scratch/mixed block=$((256 << 10)) rate memory step
  local -A alone=([write]=pack [read]=unpack) name=([write]="$kind alone, compress" [read]="$kind alone, uncompress")
  if [ "$kind" = none ]; then
    alone=([write]=pwrite [read]=pread) name=([write]='plain file, pwrite' [read]='plain file, pread')
  fi
  for step in write read; do
    rate=$("$repo/build/test/library" "${alone[$step]}" "$kind" 1 "$data" "$block" "$3" "$home/plain") || return
    ceiling "${name[$step]}" MB/s "$rate"
    read -r rate memory < <("$repo/build/test/medium" "$step" "$home" "$kind" "$data" "$block" "$3")
    [ -n "$rate" ] || return
    sample "medium layer, $kind, $step" MB/s "$rate" "${name[$step]}"
    sample "medium layer, $kind, $step, most memory" MB "$memory"
  done
}
