#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The demo inside User-Mode Linux: each command is shown, then run; the first one that fails ends it.
set -u
restored=/restored

# What may be written, below /: modules of this kernel, the compiler and its headers, npm packages. Every machine that
# got here has them. Taken in this order until there are MINIMUM bytes; none that would make it more than MAXIMUM.
candidates=(usr/lib/uml usr/lib/gcc usr/libexec/gcc usr/include "${PWD#/}/node_modules")
MINIMUM=250000000
MAXIMUM=600000000

heading() { printf '\n%s== %s%s\n' "${DEMO_BOLD-}" "$*" "${DEMO_PLAIN-}"; }

fail() {
  local log
  printf '\nFAILED: %s\n' "$*" >&2
  for log in /var/log/mhvtl/*.log; do
    printf -- '-- end of %s\n' "$log"
    tail -n 10 "$log" | head -c 2000
  done >&2
  exit 1
}

show() { printf '%s$ %s%s\n' "${DEMO_BOLD-}" "$*" "${DEMO_PLAIN-}"; }

# run COMMAND...: shows it and runs it.
run() {
  show "$@"
  "$@" || fail "status $? of: $*"
}

# timed NAME COMMAND...: run, and how fast the files went.
timed() {
  local name=$1 begin=${EPOCHREALTIME/./} micros
  shift
  run "$@"
  micros=$((${EPOCHREALTIME/./} - begin))
  printf -v speed '%d MB/s' $((bytes / (micros > 0 ? micros : 1)))
  printf '%s %d files, %d MB in %d.%d s: %s\n' \
    "$name" "$files" $((bytes / 1000000)) $((micros / 1000000)) $((micros % 1000000 / 100000)) "$speed"
}

# find_drives: the robot counts its drives, the kernel counts its tapes, each in its own order. Sets first (of which
# /dev/nst0 is the tape) and second, numbers for mtx, and second_tape.
find_drives() {
  first=0 second=1 second_tape=$TAPE1
  if [ "$TAPE1" = /dev/nst0 ]; then
    first=1 second=0 second_tape=$TAPE0
  fi
  [ "$TAPE0" = /dev/nst0 ] || [ "$TAPE1" = /dev/nst0 ] || fail "none of the drives ($TAPE0 $TAPE1) is /dev/nst0"
}

# measure ROOT DIRECTORY...: prints the number of regular files and of their bytes, each hard link once.
measure() {
  (cd "$1" && shift && find "$@" -type f -printf '%D:%i %s\n') | sort -u |
    awk '{ files++; bytes += $2 } END { printf "%d %d\n", files, bytes }'
}

# choose: sets original, files and bytes.
choose() {
  local directory more_files more_bytes
  original=() files=0 bytes=0
  for directory in "${candidates[@]}"; do
    [ -d "/$directory" ] && [ "$bytes" -lt $MINIMUM ] || continue
    read -r more_files more_bytes < <(measure / "$directory")
    [ $((bytes + more_bytes)) -le $MAXIMUM ] || continue
    original+=("$directory") files=$((files + more_files)) bytes=$((bytes + more_bytes))
  done
  [ "$bytes" -ge $MINIMUM ] || fail "there are only $bytes bytes to write, in ${original[*]}"
}

# listing ROOT: everything but the contents: names, kinds, modes, owners, times, sizes, targets of links
listing() {
  (cd "$1" && find "${original[@]}" -printf '%p %y %m %U:%G %l ' \
    \( -type f -printf '%s %.10T@\n' -o -printf '\n' \)) | sort
}

compare() {
  local directory
  for directory in "${original[@]}"; do
    run diff -r --no-dereference "/$directory" "$restored/$directory"
  done
  diff <(listing /) <(listing "$restored") || fail 'names, modes, owners, times or links differ'
  # diff was silent, and what it read was all there.
  [ "$(measure "$restored" "${original[@]}")" = "$files $bytes" ] || fail 'the restored files have another size'
  printf 'Equal: %d files, %d bytes, with their modes, owners, times and links.\n' "$files" "$bytes"
}

cheat_sheet() {
  cat <<TEXT

You are root in User-Mode Linux. All of this machine's files are here; what you change is lost in the end.
The robot is $CHANGER, drive 0 is $TAPE0, drive 1 is $TAPE1; the demo's tape is in slot 1. Things to try:

TEXT
  printf '  %-34s %s\n' \
    "mtx -f $CHANGER status" 'what is where' \
    "mtx -f $CHANGER load 2 0" 'the cartridge of slot 2 into drive 0; unload 2 0 puts it back' \
    "tar -cvf $TAPE0 /etc/mhvtl" 'writes something there' \
    "mt -f $TAPE0 status" 'where the tape stands; rewind, fsf, eod, offline move it' \
    "sg_logs -a $SG0" 'what the drive counted; also sg_inq, sg_vpd, sg_modes, sg_opcodes' \
    'lab-daemon log 11' "what drive 0's daemon says; 12 is drive 1, 10 the robot"
  printf '\nexit or Ctrl-D ends it.\n\n'
}

heading 'The machine: a Linux kernel with mhvtl.ko, and one daemon for each device'
run uname -sr
run lsmod
run lsscsi -g
run mtx -f "$CHANGER" status

find_drives
choose
heading "Writing: slot 1 into drive $first, which is /dev/nst0"
run mtx -f "$CHANGER" load 1 "$first"
run mt -f /dev/nst0 status
timed 'Written:' tar -b 512 -C / -cf /dev/nst0 "${original[@]}"
written=$speed
run mtx -f "$CHANGER" unload 1 "$first"

heading "Restoring: the same cartridge in drive $second, which is $second_tape"
run mtx -f "$CHANGER" load 1 "$second"
run mtx -f "$CHANGER" status
mkdir "$restored" || fail "$restored cannot be made"
timed 'Restored:' tar -b 512 -C "$restored" -xf "$second_tape"

heading 'Comparing every byte'
compare
run mtx -f "$CHANGER" unload 1 "$second"

heading 'What you saw'
cat <<TEXT
tar wrote $files files, $((bytes / 1000000)) MB, to /dev/nst0 ($written). The robot carried the cartridge to $second_tape,
tar restored them ($speed), and diff found no difference in any byte.
TEXT

if [ "$DEMO_SHELL" = yes ]; then
  rm -rf "$restored"
  cheat_sheet
  PS1='mhvtl# ' bash --norc -i
fi
# The shell's status is that of the last thing tried in it.
exit 0
