#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes a fresh Debian machine able to build and test: compilers and libraries, then the npm packages of the lock file.
# Quick when everything is there.
set -eu
cd "$(dirname "$0")/../.."

packages='build-essential python3 git mandoc strace'

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

# install_npm_packages: what the lock file names. npm 11 refuses a lock file without the packages for other systems, which
# a lock file made with a registry that lacks them has to be; npm install takes the same versions from it.
install_npm_packages() {
  local options='--no-audit --no-fund --loglevel=error' output
  output=$(npm ci $options 2>&1) && return
  case $output in
  *'code EUSAGE'*'Missing: '*'@ from lock file'*)
    echo 'npm ci finds the lock file incomplete for other systems; npm install' >&2
    npm install --no-save $options >&2
    ;;
  *)
    printf '%s\n' "$output" >&2
    return 1
    ;;
  esac
}

# npm records what it installed; the lock file is newer when it changed since.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'installing npm packages' >&2
  install_npm_packages
fi
