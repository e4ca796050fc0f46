#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `npm run check`: everything that finds faults without running the programs. Every check runs; the status tells whether all
# passed. A tool that is missing fails its check and is named with its package. With arguments only the checks of those names.
set -u
cd "$(dirname "$0")/../.." || exit

# need COMMAND PACKAGE
need() {
  type -P "$1" >/dev/null || { echo "$1 is missing: apt-get install $2"; return 1; }
}

shell_scripts() {
  git ls-files | while read -r file; do
    [ -f "$file" ] && head -n 1 "$file" | grep -qaE '^#!.*\b(ba|da)?sh\b' && echo "$file"
  done
}

check_types() { npx tsc --noEmit; }

check_style() { npx biome check --error-on-warnings; }

check_scripts() {
  need shellcheck shellcheck && shell_scripts | xargs shellcheck --severity=warning
}

check_manual() {
  need mandoc mandoc && mandoc -T lint -W warning man/*
}

# What is refused is in .clang-tidy.
check_addon() {
  local node
  need clang-tidy clang-tidy || return
  node=$(dirname "$(dirname "$(readlink -f "$(type -P node)")")")/include/node
  [ -e "$node/node_api.h" ] || node=/usr/include/node
  [ -e "$node/node_api.h" ] || { echo "node_api.h is missing: apt-get install libnode-dev"; return 1; }
  printf '%s\0' src/addon/*.cc | xargs -0 -P 2 -I{} clang-tidy --quiet {} -- -std=c++17 -DNAPI_VERSION=8 \
    -DNAPI_DISABLE_CPP_EXCEPTIONS -Ikernel -isystem "$node" -isystem node_modules/node-addon-api 2>&1 |
    grep -v 'warnings\? generated\.$'
  return "${PIPESTATUS[1]}"
}

# The compiler's own path analysis, against the headers of an installed kernel, then a second analyser's, which does not know
# that the kernel's list macros set the pointer.
check_module() {
  local headers work status=0
  need cppcheck cppcheck || return
  headers=$(find /usr/src -maxdepth 1 -name 'linux-headers-*' ! -name '*-common' 2>/dev/null | sort -V | tail -n 1)
  [ -e "$headers/Makefile" ] || { echo 'kernel headers are missing: apt-get install linux-headers-amd64'; return 1; }
  work=$(mktemp -d)
  cp -R kernel package.json "$work"
  make -s -C "$headers" M="$work/kernel" W=1 KCFLAGS='-fanalyzer -Werror' modules || status=1
  cppcheck --enable=warning,portability,performance --std=c11 --quiet --inline-suppr --error-exitcode=1 \
    --suppress=unknownMacro --suppress=uninitvar \
    --suppress=normalCheckLevelMaxBranches -Ikernel kernel || status=1
  rm -rf "$work"
  return $status
}

# The kernel's own style checker and sparse; they come with the lab's kernel tree.
check_kernel_style() {
  if compgen -G "${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}/um-*" >/dev/null; then
    need sparse sparse && bash test/kernel/lint.sh
  else
    echo 'left out: the lab has no kernel tree yet (test/lab/prepare.sh uml makes one)'
  fi
}

# The units as installed call programs that are not here; every other complaint counts.
check_units() {
  local complaints
  need systemd-analyze systemd || return
  complaints=$(systemd-analyze verify --man=no systemd/*.service systemd/*.target 2>&1 |
    grep -F "$PWD/systemd" | grep -vE 'is not executable|No such file or directory')
  [ -z "$complaints" ] || { echo "$complaints"; return 1; }
}

[ $# -gt 0 ] || set -- types style scripts manual addon module kernel_style units
failed=0
for name; do
  started=$SECONDS
  output=$("check_$name" 2>&1)
  status=$?
  printf '%s - %s, %d s\n' "$([ $status -eq 0 ] && echo ok || echo 'not ok')" "${name//_/ }" $((SECONDS - started))
  [ -z "$output" ] || head -c 20000 <<<"$output"
  [ $status -eq 0 ] || failed=1
done
exit $failed
