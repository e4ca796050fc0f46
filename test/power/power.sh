#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups with tar in a machine whose power is cut at random points, again and again: after each cut all that was
# acknowledged reads back, and the tape is written on from there.
#
# The machine is User-Mode Linux, killed with SIGKILL. Its cartridges are on ext4 in an image file, so what its kernel
# had not sent to the disk is really lost. What it had sent without a flush is not: the file is this host's, which lives.
# The database of what was acknowledged is on this host.
#
# usage: power.sh [ROUNDS [SEED]]
set -u
HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
OUT=$(mktemp -d "${TMPDIR:-/var/tmp}/mhvtl-power.XXXXXXXX")
trap 'rm -rf "$OUT"' EXIT
rounds=${1:-3} seed=${2:-$RANDOM}
pool=$OUT/share/pool database=$OUT/share/database
. "$HERE/../system/tap.sh"
. "$HERE/../system/backups.sh"
RANDOM=$seed
echo "# seed $seed"

# The process whose death takes the machine with it, of the lab that runs as process $1.
machine_of() {
  local child
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
    [ "$(cat /proc/"$child"/comm 2>/dev/null)" != timeout ] || echo "$child"
  done
}

# boot FIRST: verifies the backups from FIRST on, then writes more until the power is cut.
boot() {
  rm -f "$OUT/share/verified" "$OUT/share/failed"
  bash "$REPO/test/lab/lab.sh" --no-daemons --timeout 300 --disk "$OUT/disk" --share "$OUT/share" \
    "$HERE/power-guest.sh" "$OUT/share" "$1" >"$OUT/log" 2>&1 &
}

# round NUMBER: one boot and one cut.
round() {
  local first=0 lab machine deadline=$((SECONDS + 400))
  # All of it now and then; else what is new.
  [ $(($1 % 10)) = 9 ] || first=$(($(acknowledged) - 4))
  boot $((first > 0 ? first : 0))
  lab=$!
  until [ -e "$OUT/share/verified" ] || [ -e "$OUT/share/failed" ] || [ $SECONDS -gt $deadline ] || ! kill -0 $lab 2>/dev/null; do
    sleep 0.05
  done
  [ ! -e "$OUT/share/verified" ] || sleep "$((RANDOM % 3)).$((RANDOM % 900 + 100))"
  machine=$(machine_of $lab)
  [ -z "$machine" ] || kill -KILL "$machine"
  wait $lab
  [ -e "$OUT/share/verified" ] && return
  cat "$OUT/share/failed" 2>/dev/null
  tail -n 40 "$OUT/log"
  return 1
}

mkdir -p "$OUT/share"
truncate -s 3G "$OUT/disk"
mke2fs -q -F -t ext4 "$OUT/disk" || exit
make_pool
good=0
for ((i = 0; i < rounds; i++)); do
  if round "$i" >"$scratch/round" 2>&1; then good=$((good + 1)); else
    echo "# round $i:"
    diagnose <"$scratch/round"
  fi
done
is "before each of $rounds cuts the machine started, and all acknowledged backups read back" "$good" "$rounds"
# The last cut, and all there is.
boot_and_read() {
  boot 0
  wait $!
  [ -e "$OUT/share/verified" ] || { cat "$OUT/share/failed" "$OUT/log"; return 1; }
}
touch "$OUT/share/only-verify"
ok "after the last one all $(acknowledged) backups, from the first" boot_and_read
ok 'there were backups' test "$(acknowledged)" -ge "$rounds"
finish
