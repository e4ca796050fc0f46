#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A library from its initiators: cleaning cartridges, two pickers, why loads fail, state pipes, READ ELEMENT STATUS in every
# combination of its fields.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
here=$(dirname "$0")
M="mtx -f $CHANGER"
contents=/etc/mhvtl/library_contents.10
conf=/etc/mhvtl/device.conf

word() { printf '%02x %02x' $(($1 >> 8)) $(($1 & 255)); }
slot() { word $((0x3e8 + $1 - 1)); }
drive() { word $((0x1f4 + $1)); }
# move PICKER FROM TO, as bytes
# shellcheck disable=SC2046 # words, not text
move() { sg_raw -v "$CHANGER" a5 00 $(word "$1") $2 $3 00 00 00 00; }
settled() { test_unit_ready "$CHANGER" || test_unit_ready "$CHANGER" || test_unit_ready "$CHANGER"; }
in_slot() { $M status | sed -n "s/^ *Storage Element $1:Full :VolumeTag=\([^ ]*\) *$/\1/p"; }
logged() { lab-daemon log "$1" | tail -5; }

# MEDIUM TYPE INFORMATION, attribute 0409h: how often a cleaning cartridge can still be used. With a number it is set.
uses() { perl -e '
  my ($path, $set) = @ARGV;
  open my $file, "+<:raw", $path or die "$path: $!\n";
  local $/;
  my $bytes = <$file>;
  for (my $at = 8; $at < length $bytes;) {
    my ($id, $length) = unpack "x${at} v v", $bytes;
    if ($id == 0x409) {
      print unpack "x" . ($at + 4) . " v", $bytes;
      if (defined $set) { seek $file, $at + 4, 0; print $file pack "v", $set; }
    }
    $at += 4 + $length;
  }' "/opt/mhvtl/$1/mam" ${2-}; }

# --- cleaning
is 'a new cleaning cartridge can be used 20 times' "$(uses CLN101L8)" 20
ok 'the drive asks for cleaning' vtlcmd 11 TapeAlert 80000
ok 'MOVE MEDIUM brings the cleaning cartridge' $M load 22 0
sleep 0.3
like 'it has been put out by itself: the picker can fetch it' "$(sg_raw -r 200 "$CHANGER" b8 04 01 f4 00 01 00 00 00 c8 00 00 2>&1)" ' 10 +01 f4 09'
is 'it was used once' "$(uses CLN101L8)" 19
like 'flag 11 says so, and flag 20 is gone' "$(vtlcmd 11 status)" '"alerts":"400"'
ok 'it goes home' $M unload 22 0
uses CLN101L8 0 >/dev/null
vtlcmd 11 TapeAlert 80000 >/dev/null
ok 'one that is used up' $M load 22 0
sleep 0.3
like 'cleans nothing: flags 20 and 22' "$(vtlcmd 11 status)" '"alerts":"280400"'
ok 'and can be fetched' $M unload 22 0
is 'it stays used up' "$(uses CLN101L8)" 0

# --- why loads fail
fails 'no such cartridge' 'source element empty' sh -c "rm -r /opt/mhvtl/E01009L8; sg_raw -v $CHANGER a5 00 00 00 $(slot 9) $(drive 0) 00 00 00 00"
like 'with the remedy' "$(logged 10)" 'there is no cartridge /opt/mhvtl/E01009L8. Make it with mktape'
fails 'wrong generation' '[Ii]ncompatible medium' move 0 "$(slot 30)" "$(drive 0)"
like 'with the remedy' "$(logged 10)" 'drive 11 does not take cartridges of its type'
ok 'somebody loads a drive behind the back of the library' vtlcmd 12 load E01005L8
fails 'the drive is busy' 'destination element full' move 0 "$(slot 6)" "$(drive 1)"
like 'with the remedy' "$(logged 10)" 'drive 12 holds a cartridge the library did not put there. Take it out: vtlcmd 12 unload'
fails 'its cartridge is in use' '[Rr]emoval prevented' move 0 "$(slot 5)" "$(drive 0)"
like 'with the remedy' "$(logged 10)" 'E01005L8 was not moved from Slot 5 to Drive 1: .*E01005L8.*(in use|another|other|open)'
ok 'given back' vtlcmd 12 unload
printf x >/opt/mhvtl/E01008L8/mam
fails 'a damaged cartridge' '[Mm]edia load or eject failed|Medium Error' move 0 "$(slot 8)" "$(drive 0)"
like 'with the remedy' "$(logged 10)" '/opt/mhvtl/E01008L8 is damaged. See the log of vtltape@11'
is 'every cartridge is where it was' "$(in_slot 5) $(in_slot 6) $(in_slot 8) $(in_slot 30)" 'E01005L8 E01006L8 E01008L8 F01030L6'
$M load 1 0 >/dev/null
ready 0
ok 'an initiator locks its cartridge' sg_prevent -p 1 "$SG0"
fails 'a locked cartridge' '[Rr]emoval prevented' move 0 "$(drive 0)" "$(slot 1)"
like 'with the remedy' "$(logged 10)" 'a program has locked the cartridge in drive 11'
ok 'unlocked' sg_prevent -a "$SG0"
ok 'fetched' $M unload 1 0

# --- two pickers
sed -i 's/^Picker 1:.*/Picker 1:\nPicker 2: X00001L8/' "$contents"
ok 'a second picker, with a cartridge left in it' vtlcmd 10 reload
settled >/dev/null 2>&1
like 'is an element more' "$(sg_raw -r 200 "$CHANGER" b8 11 00 00 ff ff 00 00 00 c8 00 00 2>&1)" ' 00 01 00 02 '
fails 'its hand is full' 'destination element full' move 2 "$(slot 1)" "$(slot 21)"
ok 'it puts the cartridge down' move 2 "$(word 2)" "$(slot 21)"
is 'which is there' "$(in_slot 21)" X00001L8
ok 'the second moves' move 2 "$(slot 21)" "$(slot 24)"
ok 'the first too' move 1 "$(slot 24)" "$(slot 21)"
ok 'the first is stuck' vtlcmd 10 jam picker 1
fails 'and moves nothing' '[Mm]echanical positioning error' move 1 "$(slot 21)" "$(slot 24)"
fails 'nor goes anywhere' '[Mm]echanical positioning error' sg_raw -v "$CHANGER" 2b 00 00 01 03 e8 00 00 00 00
ok 'the library takes the other one when it may choose' move 0 "$(slot 21)" "$(slot 24)"
ok 'freed' vtlcmd 10 free picker 1
ok 'it moves again' move 1 "$(slot 24)" "$(slot 21)"
fails 'there is no third' '[Ii]nvalid element address' move 3 "$(slot 21)" "$(slot 24)"
# shellcheck disable=SC2046 # words, not text
fails 'nothing can be turned over' '[Ii]nvalid field' sg_raw -v "$CHANGER" a5 00 00 00 $(slot 21) $(slot 24) 00 00 01 00

# --- labels
is 'without a label' "$(in_slot 25)" ''
sed -i 's/^Slot 25:.*/Slot 25: NOBAR01L8/' "$contents"
ok 'a cartridge without one' vtlcmd 10 reload
settled >/dev/null 2>&1
like 'is there, and has no tag' "$($M status | grep 'Element 25:')" 'Element 25:Full *$'
ok 'it moves as any other' move 0 "$(slot 25)" "$(slot 26)"

# --- state pipes, and a movecommand that forbids what it does not like
mkdir -p /run/mhvtl
printf '#!/bin/sh\necho "$@" >>%s/moves\n[ "$6" != E01004L8 ] || { echo "not that one" >&2; exit 3; }\n' "$scratch" >/run/mhvtl/before
chmod 755 /run/mhvtl/before
sed -i '0,/^ Home directory:/s|^ Home directory:| movecommand: /run/mhvtl/before --strict\n&|' "$conf"
sed -i 's|^ # fifo: /run/mhvtl/1\([01]\).fifo| fifo: /run/mhvtl/1\1.fifo|' "$conf"
for unit in 10 11; do
  lab-daemon stop $unit
  lab-daemon start $unit
  for _ in $(seq 50); do [ -p /run/mhvtl/$unit.fifo ] && break; sleep 0.1; done
  cat /run/mhvtl/$unit.fifo >"$scratch/$unit.states" &
done
CHANGER=$(lab-daemon sg 10) SG0=$(lab-daemon sg 11) M="mtx -f $(lab-daemon sg 10)"
settled >/dev/null 2>&1
ready 0 >/dev/null 2>&1
ok 'with pipes' $M load 1 0
ready 0
ok 'write' sg_raw -s 4 -i /dev/zero "$SG0" 0a 00 00 00 04 00
ok 'and back' $M unload 1 0
sleep 0.3
states() { sed 's/^.* - \([0-9]*\): - /\1 /' "$scratch/$1.states" | uniq; }
like 'the library tells its moves' "$(states 10 | tr '\n' ';')" '10 Initialising v2;.*10 Idle;10 Moving E01001L8 from Storage slot 1 to drive 1;10 Idle;10 Moving E01001L8 from drive 1 to Storage slot 1;10 Idle;'
like 'the drive what it does' "$(states 11 | tr '\n' ';')" '11 Initialising v2;11 Idle;11 Loading;11 Loaded;(11 Loaded - Idle;)?11 Writing;(11 Loaded - Idle;)?11 Unloading;11 Idle;'
like 'with the time' "$(head -1 "$scratch/11.states")" '^[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} 20[0-9]{2} - 11: - '

is 'the movecommand hears of moves' "$(head -1 "$scratch/moves")" '--strict Storage 1 Drive 1 E01001L8'
fails 'and forbids one' '[Mm]anual intervention' move 0 "$(slot 4)" "$(slot 27)"
like 'with its reason in the log' "$(logged 10)" 'E01004L8 was not moved: /run/mhvtl/before --strict said no: not that one'
is 'nothing has moved' "$(in_slot 4)" E01004L8

# --- READ ELEMENT STATUS
perl "$here/sweep.pl" "$CHANGER" >"$scratch/sweep" 2>&1
report $? 'READ ELEMENT STATUS: start, number, type, allocation length, VOLTAG, DVCID and CURDATA in every combination' "$scratch/sweep"
tail -1 "$scratch/sweep"
# shellcheck disable=SC2046 # words, not text
kill $(jobs -p) 2>/dev/null
finish
