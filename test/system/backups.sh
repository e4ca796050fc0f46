# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by system tests: backups with tar, one a tape file, and a database of what was acknowledged. A backup is
# acknowledged when tar has ended well: its tape is closed, and the filemark behind it is written.
# Wants: pool (a directory to make the files to back up in), database (a file: of each tape file, the sum).

# Some megabytes of files, of random and of repeating bytes.
make_pool() {
  local i
  mkdir -p "$pool"
  for i in 1 2 3 4 5 6; do
    dd if=/dev/urandom of="$pool/random$i" bs=$((i * 37777)) count=1 iflag=fullblock status=none
    yes "line of file $i" | head -c $((i * 90001)) >"$pool/text$i"
  done
  touch "$database"
  echo 0 >"$database.earlier"
}

# archive NUMBER TO: the backup of that number, always the same bytes, and others than those of any other number.
archive() {
  local i=$(($1 % 6 + 1)) j=$(($1 * 5 % 6 + 1))
  tar -b 128 --format=ustar --mtime=@1 --transform "s,^,backup-$1/," -C "$pool" -cf "$2" "random$i" "text$j" "text$i"
}

acknowledged() { wc -l <"$database"; }
# With those that have been overwritten since.
ever_acknowledged() { echo $(($(cat "$database.earlier") + $(acknowledged))); }

# overwrite: the next backup goes to the beginning of the tape. Numbers go on: nothing old passes for new.
overwrite() {
  ever_acknowledged >"$database.new"
  sync "$database.new"
  mv "$database.new" "$database.earlier"
  : >"$database"
}

# remember NUMBER: its sum. The line is safe on its own store when it returns.
remember() {
  local sum
  sum=$(archive "$1" - | sha256sum)
  echo "${sum%% *}" >>"$database"
  sync "$database"
}

# MTWEOF, one filemark, of <linux/mtio.h>; mt would have to open the tape anew.
filemark() { perl -e '$op = pack("s x2 i", 5, 1); ioctl(STDOUT, 0x40086d01, $op) or exit 1'; }

# back_up TAPE: one after the other, until one fails. The tape stays open: whoever opened it anew after the drive was
# started again would stand at its beginning.
back_up() {
  local number
  number=$(ever_acknowledged)
  while archive "$number" - 2>/dev/null >&3 && filemark >&3; do
    remember "$number"
    number=$((number + 1))
  done 3>"$1"
}

# verify TAPE FIRST: every tape file from FIRST on that was acknowledged reads back; says which does not.
verify() {
  local file=0 sum read
  mt -f "$1" rewind && { [ "$2" = 0 ] || mt -f "$1" fsf "$2"; } || { echo "no way to file $2"; return 1; }
  while read -r sum; do
    if [ $file -ge "$2" ]; then
      read=$(dd if="$1" bs=64K status=none | sha256sum)
      [ "${read%% *}" = "$sum" ] || { echo "file $file of $(acknowledged) is not what was written"; return 1; }
      # The end of a file was read up to the filemark: the next read is past it.
    fi
    file=$((file + 1))
  done <"$database"
}

# go_on TAPE: stands behind the last acknowledged filemark.
go_on() {
  local files
  files=$(acknowledged)
  mt -f "$1" rewind && { [ "$files" = 0 ] || mt -f "$1" fsf "$files"; }
}

# first_to_verify ROUND: the tape file to begin at: now and then the first, else one of the last.
first_to_verify() {
  local first=0
  [ $(($1 % 8)) = 7 ] || first=$(($(acknowledged) - 4))
  echo $((first > 0 ? first : 0))
}
