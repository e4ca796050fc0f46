#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one phase of the test inside the machine: /lab/next named it, and names the next one if there is to be one. Each phase
# is a life of the machine; it ends with power off.
cd /lab || exit
. /lab/conf
phase=$(<"/lab/phase")
exec >"/lab/tap.$phase" 2>>/lab/err
. /lab/guest/tap.sh
. /lab/guest/library.sh

next() { echo "$1" >/lab/next; }

phase_install() {
  ok 'apt installs the packages' apt-get install -y /lab/packages/mhvtl_*.deb /lab/packages/mhvtl-dkms_*.deb
  [ -x /usr/bin/vtltape ] || return
  like 'DKMS built and installed the module' "$(dkms status mhvtl)" "$(uname -r).*installed"
  is 'nothing runs yet' "$(systemctl is-active mhvtl.target)" inactive
  ok 'mhvtl.target is enabled' systemctl is-enabled mhvtl.target
  make_cartridges
  ok 'systemctl start mhvtl.target' systemctl start mhvtl.target
  all_there 'when start returns'
  [ "$failures" -eq 0 ] || return
  round_trip
  [ "$form" = long ] && restarts=25 || restarts=2
  restart_in_a_row "$restarts"
  restart_under_io "$restarts"
  kill_each
  reload_all
  no_complaints
  next reboot
}

phase_reboot() {
  ok 'mhvtl.target is active after a reboot' wait_active
  all_there 'after a reboot'
  round_trip
  no_complaints
  if [ "$form" = long ]; then
    ok 'a second kernel is installed' sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /lab/kernel/*.deb'
    is 'the module is there for both kernels' "$(dkms status mhvtl | grep -c installed)" 2
    uname -r >/lab/first-kernel
    next second
  else
    remove_all
  fi
}

phase_second() {
  like 'it is another kernel' "$(uname -r)" "^[0-9]"
  ok 'not the first one' test "$(uname -r)" != "$(</lab/first-kernel)"
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
