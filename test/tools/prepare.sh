#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes a fresh Debian machine able to build and test: compilers and libraries, then the npm packages of the lock file.
# `prepare.sh check` also installs what `npm run check` runs. Quick when everything is there.
set -eu
cd "$(dirname "$0")/../.."

packages='build-essential python3 git mandoc strace pkg-config liblzo2-dev zlib1g-dev liblz4-dev libzstd-dev libisal-dev dbus-daemon systemd sg3-utils'
[ "${1:-}" != check ] ||
  packages="$packages shellcheck clang-tidy cppcheck sparse linux-headers-$(dpkg --print-architecture)"

missing=$(for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
done)
if [ -n "$missing" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "missing packages; as root: apt-get install" $missing >&2
    exit 1
  fi
  echo "installing" $missing >&2
  apt-get -qq update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y $missing >&2
fi

# npm records what it installed; the lock file is newer when it changed since.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'installing npm packages' >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
