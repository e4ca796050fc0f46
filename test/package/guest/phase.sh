#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one phase of the test inside the machine: /lab/next named it, and names the next one if there is to be one. Each phase
# is a life of the machine; it ends with power off.
cd /lab || exit
phase=$(<"/lab/phase")
exec >"/lab/tap.$phase" 2>>/lab/err
. /lab/guest/tap.sh
. /lab/guest/library.sh

next() { echo "$1" >/lab/next; }

# The packages are installed by the machine itself.
phase_install() {
  ok 'apt installs the packages' apt-get install -y /lab/packages/mhvtl_*.deb /lab/packages/mhvtl-dkms_*.deb
  [ -x /usr/bin/vtltape ] || return
  choose_units
  like 'DKMS built and installed the module' "$(dkms status mhvtl | grep -F "$(uname -r)")" installed
  is 'nothing runs yet' "$(systemctl is-active mhvtl.target)" inactive
  ok 'mhvtl.target is enabled' systemctl is-enabled mhvtl.target
  ok 'systemctl start mhvtl.target' systemctl start mhvtl.target
  all_there 'when start returns'
  [ "$failures" -eq 0 ] || return
  ok 'systemctl stop mhvtl.target, all drives' systemctl stop mhvtl.target
  fewer_drives
  systemctl daemon-reload
  ok 'systemctl start mhvtl.target, two drives' systemctl start mhvtl.target
  all_there 'of fewer drives'
  use_it "$(<"/lab/restarts")"
  next reboot
}

# They were installed in the disk, before.
phase_boot() {
  choose_units
  ok 'mhvtl.target is active after boot' wait_active
  all_there 'after boot'
  [ "$failures" -eq 0 ] || return
  use_it "$(<"/lab/restarts")"
  remove_all
}

# use_it RESTARTS
use_it() {
  make_cartridges
  round_trip
  autopkgtests
  after_stop
  restart_in_a_row "$1"
  restart_under_io "$1"
  kill_each
  reload_all
  no_complaints
}

phase_reboot() {
  choose_units
  ok 'mhvtl.target is active after a reboot' wait_active
  all_there 'after a reboot'
  round_trip
  no_complaints
  ok 'a second kernel is installed' sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /lab/kernel/*.deb'
  is 'the module is there for both kernels' "$(dkms status mhvtl | grep -c installed)" 2
  uname -r >/lab/first-kernel
  next second
}

phase_second() {
  choose_units
  ok 'it is another kernel' test "$(uname -r)" != "$(</lab/first-kernel)"
  ok 'mhvtl.target is active under the second kernel' wait_active
  all_there 'under the second kernel'
  round_trip
  no_complaints
  remove_all
}

"phase_$phase"
journalctl -b -o short-monotonic >"/lab/journal.$phase"
rm -rf "$scratch"
echo "1..$tests"
touch "/lab/done.$phase"
sync
systemctl --no-block poweroff
