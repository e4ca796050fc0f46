#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The media access port, the panel, and the programs of the mtx package; the ch driver.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"
M="mtx -f $CHANGER"
# vtlcmd says what happens; initiators hear of it in a unit attention, which mtx is told first.
operator() { vtlcmd "$LIBRARY" "$@"; }
heard() { sg_raw -v "$CHANGER" 00 00 00 00 00 00 2>&1; }
settled() { test_unit_ready "$CHANGER" || test_unit_ready "$CHANGER" || test_unit_ready "$CHANGER"; }
mail_slot() { $M status | sed -n "s/^ *Storage Element $1 IMPORT.EXPORT:\(.*\)/\1/p" | tr -d ' '; }

first=$($M status | sed -n 's/^ *Storage Element \([0-9]*\) IMPORT.EXPORT.*/\1/p' | head -1)
ok 'export: a cartridge goes into a mail slot' $M transfer 1 "$first"
like 'it is shown there' "$(mail_slot "$first")" 'Full:VolumeTag=E01001L8'
like 'and listed' "$(operator list map)" '^Contents: E01001L8'
fails 'a closed port is not emptied' "Can't empty map while MAP is closed" operator empty map
is 'open' "$(operator open map)" OK
fails 'the robot cannot reach an open port' 'Tray Open|Not Ready|tray open' sg_raw -v "$CHANGER" a5 00 00 00 00 0a 03 e8 00 00 00 00
is 'empty' "$(operator empty map)" OK
is 'nothing is left' "$(operator list map | tr -d ' ')" Contents:
is 'import with a barcode' "$(operator load map E01001L8)" OK
fails 'twice is once too often' 'barcode already in library' operator load map E01001L8
fails 'no such cartridge' 'Bad barcode|mktape' operator load map Z99999L8
is 'empty again' "$(operator empty map)" OK
is 'import without a barcode: what was taken out' "$(operator load map)" OK
is 'close' "$(operator close map)" OK
like 'initiators are told' "$(heard)" '[Ii]mport or export element accessed'
ok 'once' settled
like 'back in the mail slot' "$(mail_slot "$first")" 'Full:VolumeTag=E01001L8'
ok 'and home' $M transfer "$first" 1
fails 'a locked port stays closed' 'prevents' sh -c "sg_prevent -p 1 $CHANGER && vtlcmd $LIBRARY open map"
fails 'a locked library exports nothing' '[Rr]emoval prevented' sg_raw -v "$CHANGER" a5 00 00 00 03 e8 00 0a 00 00 00 00
ok 'unlocked' sg_prevent -a "$CHANGER"

ok 'offline' operator offline
like 'not ready' "$(heard)" '[Oo]ffline'
ok 'online' operator online
like 'back: unit attention' "$(heard)" 'medium may have changed'
ok 'the door opens' operator open door
fails 'nothing moves' '[Mm]anual intervention' sg_raw -v "$CHANGER" a5 00 00 00 03 e8 03 fc 00 00 00 00
ok 'and closes' operator close door
settled >/dev/null 2>&1
ok 'one slot more' operator add slot
settled >/dev/null 2>&1
like 'mtx counts it' "$($M status | head -1)" '44 Slots'

ok 'eepos' $M eepos 0 transfer 1 21
ok 'back' $M transfer 21 1
like 'nobarcode' "$($M nobarcode status | sed -n 's/^ *Storage Element 1://p')" '^Full *$'
ok 'exchange' $M exchange 1 2 21
like 'where they are' "$($M status | grep 'Element 2:')" E01001L8
ok 'and back' sh -c "$M transfer 2 1 && $M transfer 21 2"
like 'loaderinfo' "$(loaderinfo -f "$CHANGER" 2>&1)" 'EAAP: Yes|Number of Data Transfer Elements: 4'
ok 'REPORT SUPPORTED OPERATION CODES' sg_opcodes "$CHANGER"
ok 'a reservation key' sg_persist --out --register --param-sark=0x1 "$CHANGER"
ok 'exclusive' sg_persist --out --reserve --param-rk=0x1 --prout-type=3 "$CHANGER"
like 'it is read' "$(sg_persist --in -r "$CHANGER" 2>&1)" '[Ee]xclusive [Aa]ccess'
ok 'released' sg_persist --out --release --param-rk=0x1 --prout-type=3 "$CHANGER"
ok 'unregistered' sg_persist --out --register --param-rk=0x1 "$CHANGER"

# sg_raw: every type, with and without tags and identifiers, and again: the same answer.
sweep() {
  local type tags ids
  for type in 0 1 2 3 4; do
    for tags in 0 1; do
      for ids in 0 1; do sg_raw -r 65535 "$CHANGER" b8 $tags$type 00 00 ff ff 0$ids 00 ff ff 00 00 2>&1 || echo failed; done
    done
  done
}
once=$(sweep)
is 'READ ELEMENT STATUS in every way, twice the same' "$(sweep)" "$once"
is 'and none failed' "$(grep -c failed <<<"$once")" 0

# The ch driver: CHIOGPARAMS, CHIOMOVE, CHIOEXCHANGE, CHIOPOSITION, CHIOINITELEM, CHIOGSTATUS.
chio() { perl -e '
  my ($node, $request, @ints) = @ARGV;
  open my $fd, "+<", $node or die "open: $!\n";
  my $data = pack "i*", @ints;
  ioctl $fd, hex $request, $data or die "ioctl: $!\n";
  print join(" ", unpack "i*", $data), "\n"' "$CHANGER_SCH" "$@"; }
like 'the ch driver counts elements' "$(chio 80146306 0 0 0 0 0)" '^0 1 39 4 4'
ok 'moves from slot 0 to drive 0' chio 40146301 1 0 3 0 0
like 'mtx sees it' "$($M status | grep 'Transfer Element 0:')" E01001L8
ok 'and back' chio 40146301 3 0 1 0 0
fails 'an empty slot is an error' 'ioctl' chio 40146301 1 20 3 0 0
ok 'exchanges' chio 401c6302 1 0 1 1 1 20 0
ok 'and back' sh -c "$M transfer 2 1 && $M transfer 21 2"
ok 'positions' chio 400c6303 1 3 0
ok 'takes inventory' chio 6311
finish
