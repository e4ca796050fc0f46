#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The rpms in a Debian root: installed, verified, removed; their scriptlets call what they should. Prints TAP.
# This is no Fedora and no EL: names of requirements and SELinux are not tested. usage: rpm.sh [DIRECTORY-OF-RPMS]
set -u
cd "$(dirname "$0")/../.." || exit
repo=$PWD
cache=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/package
rpms=${1:-build/packages/rpm}
. packaging/tools.sh
. test/system/tap.sh
need rpm rpm
make_build_root bookworm "$(dpkg --print-architecture)"
root=$scratch/root
mkdir "$root"
tar -xf "$cache/bookworm/build.tar" -C "$root" || exit

# Commands of scriptlets that need a running system write down how they were called.
for command in bin/systemctl bin/dkms bin/systemd-tmpfiles bin/setpriv sbin/dkms sbin/restorecon; do
	rm -f "$root/usr/$command"
	printf '#!/bin/sh\necho %s "$@" >>/called\n' ${command##*/} >"$root/usr/$command"
	chmod 755 "$root/usr/$command"
done
query() { rpm --root "$root" "$@"; }
rpm_in_root() { query --nodeps "$@"; }
called() { cat "$root/called"; }

ok 'rpm installs both' rpm_in_root -i "$rpms"/mhvtl-[0-9]*.x86_64.rpm "$rpms"/mhvtl-dkms-*.noarch.rpm
is 'rpm verifies both' "$(rpm_in_root -V mhvtl mhvtl-dkms 2>&1)" ''
like 'the user exists' "$(cat "$root/etc/passwd")" '^mhvtl:.*:/var/lib/mhvtl:/sbin/nologin$'
is 'the cartridges are the user'\''s' "$(chroot "$root" stat -c %U:%G:%a /opt/mhvtl)" mhvtl:mhvtl:750
like 'mhvtl.target is enabled as the system wants' "$(called)" '^systemctl --no-reload preset mhvtl.target'
for step in add build install; do
	like "dkms $step" "$(called)" "^dkms $step -m mhvtl -v [0-9.]+"
done
for program in build/bin/*; do
	case $program in *.node) continue ;; esac
	ok "${program##*/} is installed" test -x "$root/usr/bin/${program##*/}"
done
is 'a program runs' "$(chroot "$root" vtltape --version)" "$(query -q --qf '%{VERSION}' mhvtl)"
like 'SELinux labels are set' "$(called)" '^restorecon -R /opt/mhvtl /var/lib/mhvtl'
is 'the programs are where SELinux knows programs' "$(readlink "$root/usr/bin/vtltape")" ../libexec/mhvtl/vtltape
for file in usr/share/bash-completion/completions/vtlcmd usr/lib/udev/rules.d/70-mhvtl.rules \
	usr/share/dbus-1/system.d/org.mhvtl.conf usr/lib/systemd/system/mhvtl.target; do
	ok "$file is installed" test -e "$root/$file"
done
# Fedora's rpmbuild compresses manual pages, Debian's does not.
like 'the manual is installed' "$(ls "$root/usr/share/man/man8")" '^vtltape\.8(\.gz)?$'
echo '# mine' >>"$root/etc/mhvtl/device.conf"
like 'an edited configuration is told by rpm -V' "$(rpm_in_root -V mhvtl 2>&1)" 'c /etc/mhvtl/device.conf'
: >"$root/called"
ok 'rpm installs them again' rpm_in_root -U --replacepkgs "$rpms"/mhvtl-[0-9]*.x86_64.rpm "$rpms"/mhvtl-dkms-*.noarch.rpm
ok 'the edited configuration stays' grep -qx '# mine' "$root/etc/mhvtl/device.conf"
: >"$root/called"
ok 'rpm removes both' rpm_in_root -e mhvtl mhvtl-dkms
like 'the target is stopped' "$(called)" '^systemctl --no-reload disable --now mhvtl.target'
like 'the module is removed' "$(called)" '^dkms remove -m mhvtl'
ok 'the edited configuration is saved' test -e "$root/etc/mhvtl/device.conf.rpmsave"
is 'nothing else is left' "$(find "$root" -xdev \( -name '*mhvtl*' -o -name 'vtl*' \) -not -path "$root/etc/mhvtl*" -not -path '*/rpm/*')" ''
finish
