# SPDX-License-Identifier: GPL-2.0-or-later
# What the phases check of the default configuration, or of what `fewer_drives` leaves of it. The names are those udev's own
# rules make.
changer=/dev/tape/by-id/scsi-SSTK_L700_XYZZY_A-changer

# choose_units: sets `drives`, `libraries` and `units` by the configuration there is.
choose_units() {
  drives=$(sed -n 's/^Drive: \([0-9]*\).*/\1/p' /etc/mhvtl/device.conf)
  libraries=$(sed -n 's/^Library: \([0-9]*\).*/\1/p' /etc/mhvtl/device.conf)
  units=$(for unit in $libraries; do echo "vtllibrary@$unit"; done; for unit in $drives; do echo "vtltape@$unit"; done)
}

# One library with two drives: each start of a daemon takes an emulated processor seconds.
fewer_drives() {
  awk 'BEGIN { RS = ""; ORS = "\n\n" } !/(Library|Drive): / || /Library: 10 |Drive: 1[12] /' /etc/mhvtl/device.conf >"$scratch/device.conf"
  cp "$scratch/device.conf" /etc/mhvtl/device.conf
  sed -i '/^Drive [3-9]:/d' /etc/mhvtl/library_contents.10
  choose_units
}

# The NAA of a drive of the default configuration: 11 has ...0100, 34 has ...1200.
tape() { # tape UNIT: its device that does not rewind
  local naa
  case $1 in
  1?) printf -v naa '5%s2233%s%02d00' 0 44ab00 $(($1 - 10)) ;;
  3?) printf -v naa '5%s2233%s%02d00' 0 44ab00 $(($1 - 22)) ;;
  esac
  echo "/dev/tape/by-id/scsi-3$naa-nst"
}

links() {
  local unit
  for unit in $drives; do echo "$(tape "$unit")"; done
  echo "$changer"
  case $libraries in *30*) echo /dev/tape/by-id/scsi-SSTK_L80_XYZZY_B-changer ;; esac
}

missing_links() {
  local link
  for link in $(links); do [ -c "$link" ] || echo "$link"; done
}

# all_there WHEN: no waiting; active means there.
all_there() {
  is "all names are in /dev/tape/by-id $1" "$(missing_links)" ''
  is "all units are active $1" "$(systemctl is-active $units | sort | uniq -c | tr -s ' ')" " $(echo "$units" | wc -l) active"
  ok "the library answers $1" mtx -f "$changer" status
  ok "every drive answers $1" sh -c 'for tape; do mt -f "$tape" status >/dev/null || exit; done' sh $(for unit in $drives; do tape "$unit"; done)
}

make_cartridges() {
  local barcode
  [ ! -d /opt/mhvtl/E01001L8 ] || return 0
  for barcode in E01001L8 E01002L8; do
    ok "cartridge $barcode is made" setpriv --reuid=mhvtl --regid=mhvtl --clear-groups \
      mktape -l 10 -m "$barcode" -s 100 -t data -d LTO8
  done
}

round_trip() {
  local tape=$(tape 11)
  ok 'mtx loads a cartridge' mtx -f "$changer" load 1 0
  ok 'tar writes it' tar -cf "$tape" -C /usr/share/zoneinfo .
  ok 'mt rewinds it' mt -f "$tape" rewind
  ok 'tar finds no difference' tar -df "$tape" -C /usr/share/zoneinfo
  ok 'mt rewinds it again' mt -f "$tape" rewind
  ok 'mtx unloads it' mtx -f "$changer" unload 1 0
}

# The runner looks at the packages there are; no network, nothing is fetched or built. It does not know that this machine is one
# of its own.
autopkgtests() {
  ok 'autopkgtest' autopkgtest --ignore-restrictions=isolation-machine -B /lab/source -- null
}

# restart_in_a_row COUNT
restart_in_a_row() {
  local count trouble=
  for count in $(seq "$1"); do
    systemctl restart mhvtl.target || trouble="$trouble $count:failed"
    [ -z "$(missing_links)" ] || trouble="$trouble $count:$(missing_links)"
    mtx -f "$changer" status >/dev/null || trouble="$trouble $count:library"
  done
  is "$1 restarts in a row, all devices there each time" "$trouble" ''
}

# writer: writes until $scratch/enough exists. It never creates the file: that would lie where udev is to make the link.
writer() {
  until [ -e "$scratch/enough" ]; do
    dd if=/dev/urandom of="$(tape 11)" bs=64k count=20 conv=nocreat || sleep 0.1
  done >/dev/null 2>&1
}

# Where a restart has put the cartridge back into its slot it is loaded: st waits two minutes for one in an empty drive.
# restart_under_io COUNT: the writer gets errors, the library and the kernel get over them.
restart_under_io() {
  local count writer trouble=
  writer &
  writer=$!
  for count in $(seq "$1"); do
    mtx -f "$changer" load 1 0 || :
    sleep 2
    systemctl restart mhvtl.target || trouble="$trouble $count:failed"
    [ -z "$(missing_links)" ] || trouble="$trouble $count:$(missing_links)"
  done >>/lab/err 2>&1
  mtx -f "$changer" load 1 0 || :
  touch "$scratch/enough"
  wait "$writer"
  is "$1 restarts under I/O, all devices there each time" "$trouble" ''
  ok 'the drive works afterwards' mt -f "$(tape 11)" status
  mtx -f "$changer" unload 1 0 || :
}

pids() { systemctl show --property=MainPID --value $units | grep .; }

# kill_each: the killed one comes back at the same address, the others go on.
kill_each() {
  local unit before after trouble= node
  for unit in $units; do
    before=$(pids)
    systemctl kill --signal=KILL --kill-who=main "$unit"
    for _ in $(seq 100); do
      sleep 0.2
      after=$(pids)
      [ "$after" = "$before" ] || [ "$(systemctl is-active "$unit")" != active ] || break
    done
    [ "$(systemctl is-active "$unit")" = active ] || trouble="$trouble $unit:$(systemctl is-active "$unit")"
    [ "$(diff <(echo "$before") <(echo "$after") | grep -c '^>')" = 1 ] || trouble="$trouble $unit:others"
  done
  is 'each daemon killed is back, and the others never left' "$trouble" ''
  all_there 'after all were killed'
}

reload_all() {
  local before
  before=$(pids)
  ok 'systemctl reload mhvtl' systemctl reload mhvtl.service
  sleep 1
  is 'a reload ends no daemon' "$(pids)" "$before"
  ok '/etc/init.d/mhvtl restart' /etc/init.d/mhvtl restart
  all_there 'after the init script'
}

wait_active() {
  for _ in $(seq 300); do
    [ "$(systemctl is-active mhvtl.target)" != active ] || return 0
    sleep 1
  done
  systemctl status --no-pager mhvtl.target $units
  return 1
}

# What scripts do: `systemctl stop mhvtl.target` has returned when the daemons have ended, so the module can go.
after_stop() {
  ok 'systemctl stop mhvtl.target' systemctl stop mhvtl.target
  is 'every unit has ended when stop returns' "$(systemctl is-active $units | sort -u)" inactive
  ok 'the module can be removed at once' rmmod mhvtl
  ok 'systemctl start mhvtl.target again' systemctl start mhvtl.target
  all_there 'after that'
}

no_complaints() {
  # A kernel without Secure Boot takes a module whose key it does not know, and says so.
  is 'the kernel has nothing to complain about' \
    "$(journalctl -b -k -o cat | grep -v 'mhvtl: module verification failed' | grep -E 'BUG|WARNING|Oops|Call Trace|blocked for more than|mhvtl.*(error|fail)')" ''
  is 'no unit failed' "$(systemctl --failed --no-legend --plain | grep mhvtl\\\|vtl)" ''
}

remove_all() {
  ok 'apt removes the packages' apt-get remove -y mhvtl mhvtl-dkms
  ok 'the module is gone' test ! -e /sys/module/mhvtl
  ok 'the configuration stays' test -e /etc/mhvtl/device.conf
  ok 'the cartridges stay' test -d /opt/mhvtl/E01001L8
  ok 'apt purges them' apt-get purge -y mhvtl mhvtl-dkms
  ok 'the cartridges still stay' test -d /opt/mhvtl/E01001L8
  is 'nothing else is left' "$(left_behind)" ''
}

left_behind() {
  find / -xdev \( -path /proc -o -path /sys -o -path /lab -o -path /opt/mhvtl -o -path /var/log -o -path /tmp -o -path /var/tmp \) -prune -o \
    \( -name '*mhvtl*' -o -name '*vtltape*' -o -name '*vtllibrary*' -o -name vtlcmd -o -name mktape \) -print
  ls -d /dev/mhvtl /dev/tape/by-id 2>/dev/null
}
