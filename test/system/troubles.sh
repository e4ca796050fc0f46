#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What happens around the daemons: a full, a read-only, a failing file system, no descriptors, no memory, a clock that
# jumps, a queue that is removed, a daemon that stands still for a minute. Errors where they belong, and afterwards all
# is well. ROUNDS=1000 makes the soak at the end long.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
here=$(dirname "$0")
drive=$(drive_unit 0) other=$(drive_unit 1)
export FAILING_FILES=/run/failing-files
pid() { lab-daemon pid "$1"; }
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$(pid "$1")/status"; }
# whole FILE: what is on the tape from its beginning is the file.
whole() { mt -f "$TAPE0" rewind && dd if="$TAPE0" bs=64K status=none | cmp - "$1"; }
write_tape() { mt -f "$TAPE0" rewind && dd if="$1" of="$TAPE0" bs=64K status=none; }
append() { mt -f "$TAPE0" eod && dd if="$scratch/more" of="$TAPE0" bs=64K status=none; }
find_nodes() { TAPE0=$(lab-daemon tape "$drive") SG0=$(lab-daemon sg "$drive"); }
# is_well WHEN: what was written is there, and the tape is written again.
is_well() {
  ok "$1: what was written reads back" whole "$scratch/data"
  ok "$1: the tape is written" write_tape "$scratch/data"
  ok "$1: and read" whole "$scratch/data"
}

dd if=/dev/urandom of="$scratch/data" bs=64K count=32 iflag=fullblock status=none
dd if=/dev/urandom of="$scratch/more" bs=64K count=64 iflag=fullblock status=none
cc -shared -fPIC -o /run/failing-files.so "$here/failing-files.c" -ldl
lab-daemon stop "$drive"
ok 'a drive whose file system can be made to fail' env LD_PRELOAD=/run/failing-files.so bash "$(command -v lab-daemon)" start "$drive"
find_nodes
mtx -f "$CHANGER" load 1 0 >/dev/null
mtx -f "$CHANGER" load 2 1 >/dev/null
ready 0 && ready 1
# Stands still until the end of the other tests, for a minute at least.
still=$(pid "$other")
kill -STOP "$still"
stopped_at=$SECONDS

ok 'a tape' write_tape "$scratch/data"
used=$(df --output=used -k /opt/mhvtl | tail -n 1)
mount -o "remount,size=$((used + 2000))k" /opt/mhvtl
fails 'no space: writing ends as an error' 'No space|I/O error|Input/output' append
mount -o remount,size=90% /opt/mhvtl
is_well 'room again'

# Errnos: EIO, EROFS; ENFILE.
for failure in 'write 5' 'write 30' 'sync 5'; do
  echo "$failure" >$FAILING_FILES
  fails "$failure: writing ends as an error" 'No space|I/O error|Input/output|Read-only' append
  rm $FAILING_FILES
  is_well "$failure is over"
done
mtx -f "$CHANGER" unload 1 0 >/dev/null
echo 'open 23' >$FAILING_FILES
fails 'no file can be opened in the whole system: the load fails' '.' mtx -f "$CHANGER" load 1 0
rm $FAILING_FILES
ok 'and works when they can' reload 1 0
is_well 'files open again'

mtx -f "$CHANGER" unload 1 0 >/dev/null
mount --bind /opt/mhvtl /opt/mhvtl
mount -o remount,bind,ro /opt/mhvtl
load_and_write() { mtx -f "$CHANGER" load 1 0 && write_tape "$scratch/data"; }
fails 'a read-only file system: the load or writing ends as an error' '.' load_and_write
mtx -f "$CHANGER" unload 1 0 >/dev/null 2>&1
umount /opt/mhvtl
ok 'writable again: the cartridge loads' reload 1 0
is_well 'writable again'

mtx -f "$CHANGER" unload 1 0 >/dev/null
files=$(find "/proc/$(pid "$drive")/fd" -type l | wc -l)
prlimit --pid "$(pid "$drive")" --nofile="$((files + 1)):65536"
fails 'no descriptors left: the load fails' '.' mtx -f "$CHANGER" load 1 0
prlimit --pid "$(pid "$drive")" --nofile=65536:65536
ok 'and works when there are some' reload 1 0

ok 'the clock jumps ten years ahead' date -s '+10 years'
ok 'the drive writes' write_tape "$scratch/data"
ok 'and twenty back' date -s '-20 years'
ok 'the drive reads' whole "$scratch/data"
ok 'the library moves' mtx -f "$CHANGER" transfer 3 40
ok 'and back' mtx -f "$CHANGER" transfer 40 3
date -s '+10 years' >/dev/null

ok 'the message queue is removed' ipcrm --queue-key 0x4d61726b
sleep 1
ok 'the library unloads all the same' mtx -f "$CHANGER" unload 1 0
ok 'and loads' reload 1 0

mkdir -p /sys/fs/cgroup
mountpoint -q /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup
echo +memory >/sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/small
killed() { sed -n 's/^oom_kill //p' /sys/fs/cgroup/small/memory.events; }
pid "$drive" >/sys/fs/cgroup/small/cgroup.procs
echo 10M >/sys/fs/cgroup/small/memory.max
fails 'no memory: writing ends as an error' 'I/O error|Input/output|No such device' \
  dd if=/dev/urandom of="$TAPE0" bs=1M count=200 status=none
for _ in $(seq 100); do [ "$(killed)" = 0 ] || pid "$drive" >/dev/null 2>&1 || break; sleep 0.1; done
like 'the kernel has killed the daemon' "$(killed)" '^[1-9]'
ok 'the library goes on' mtx -f "$CHANGER" status
ok 'the daemon starts again' lab-daemon start "$drive"
find_nodes
ok 'and has its cartridge' reload 1 0
ok 'which is written' write_tape "$scratch/data"
ok 'and read' whole "$scratch/data"

while [ $((SECONDS - stopped_at)) -lt 60 ]; do sleep 1; done
kill -CONT "$still"
ok 'a daemon that stood still for a minute goes on' ready 1

soak() { # soak ROUNDS: loads, writes, reads, positions, unloads
  local i
  for ((i = 0; i < $1; i++)); do
    write_tape "$scratch/data" && whole "$scratch/data" && mt -f "$TAPE0" rewind && mt -f "$TAPE0" fsf 1 &&
      mtx -f "$CHANGER" unload 1 0 && mtx -f "$CHANGER" load 1 0 && ready 0 || return
  done
}
ok 'a soak begins' soak 5
before="$(resident "$drive") $(resident "$LIBRARY")"
ok 'and goes on' soak "${ROUNDS:-5}"
after="$(resident "$drive") $(resident "$LIBRARY")"
echo "# resident, drive and library: $before kB, then $after kB; $SECONDS s"
ok 'the drive has not grown by 16 MB' test $((${after% *} - ${before% *})) -lt 16384
ok 'nor the library' test $((${after#* } - ${before#* })) -lt 16384
finish
