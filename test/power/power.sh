#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups with tar in a machine whose power is cut at random points, again and again: after each cut all that was
# acknowledged reads back, and the tape is written on from there. Every third cut comes while the machine still starts,
# loads and reads. In every eighth round everything is read, and the tape is overwritten from its beginning.
#
# The machine is User-Mode Linux, killed with SIGKILL. What it keeps is on ext4 in an image file, so what its kernel
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

# boot FIRST: verifies the backups from FIRST on, then writes more until the power is cut. Sets lab.
boot() {
  rm -f "$OUT/share/verified" "$OUT/share/failed"
  bash "$REPO/test/lab/lab.sh" --no-daemons --timeout 300 --disk "$OUT/disk" --share "$OUT/share" \
    "$HERE/power-guest.sh" "$OUT/share" "$1" >"$OUT/log" 2>&1 &
  lab=$!
}

# verified: waits until the machine has read what it is to read, or has failed.
verified() {
  local deadline=$((SECONDS + 400))
  until [ -e "$OUT/share/verified" ] || [ -e "$OUT/share/failed" ] || [ $SECONDS -gt $deadline ] || ! kill -0 $lab 2>/dev/null; do
    sleep 0.05
  done
  [ -e "$OUT/share/verified" ]
}

cut_power() {
  local machine
  machine=$(machine_of $lab)
  [ -z "$machine" ] || kill -KILL "$machine"
  wait $lab
}

# tell: what is known of a machine that did not do what it should.
tell() {
  cat "$OUT/share/failed" 2>/dev/null
  tail -n 40 "$OUT/log"
}

# round NUMBER: one boot and one cut.
round() {
  local good=0
  boot "$(first_to_verify "$1")"
  if [ $(($1 % 3)) = 2 ]; then
    sleep "$((RANDOM % 8 + 2)).$((RANDOM % 10))"
    [ ! -e "$OUT/share/failed" ] || good=1
  else
    verified || good=1
    sleep "$((RANDOM % 3)).$((RANDOM % 900 + 100))"
  fi
  cut_power
  [ $(($1 % 8)) != 7 ] || touch "$OUT/share/overwrite"
  [ $good = 0 ] || tell
  return $good
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
is "before each of $rounds cuts the machine did what it should, and read back what was acknowledged" "$good" "$rounds"
# What the last cut left, and all there is.
last_boot() {
  boot 0
  verified && wait $lab || { tell; return 1; }
}
touch "$OUT/share/only-verify"
ok "after the last one all $(acknowledged) backups since the tape was overwritten, from the first" last_boot
ok "there were backups: $(ever_acknowledged)" test "$(ever_acknowledged)" -ge $((rounds / 3))
echo "# $SECONDS s"
finish
