# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced in the lab with systemd: installs programs and units as the packages do. The working directory becomes the tree.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

packaging/install.sh '' /usr /usr/lib/systemd/system /usr/lib/systemd/system-generators
# The lab has loaded the module, which is in no module directory here.
mkdir -p /run/systemd/system/mhvtl-load-modules.service.d
printf '[Service]\nExecStart=\nExecStart=/sbin/modprobe -a sg st ch\n' >/run/systemd/system/mhvtl-load-modules.service.d/lab.conf
systemd-sysusers
systemd-tmpfiles --create mhvtl.conf
udevadm control --reload
udevadm trigger --settle /dev/mhvtl
