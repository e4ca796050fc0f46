#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Style and static checks of the kernel sources: checkpatch, and sparse in the
# User-Mode Linux tree of the lab.
set -u
HERE=$(cd "$(dirname "$0")" && pwd -P)
CACHE=${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}
status=0

bash "$HERE/checkpatch.sh" || status=1

tree=$(find "$CACHE" -maxdepth 1 -name 'um-*' | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$tree" ] || ! type -P sparse >/dev/null; then
	echo "lint.sh: needs sparse (apt-get install sparse) and test/lab/prepare.sh uml" >&2
	exit 1
fi
cp -R "$HERE/../../kernel" "$HERE/../../package.json" "$work"
make -C "$tree" ARCH=um M="$work/kernel" KBUILD_MODPOST_WARN=1 W=1 C=1 modules >"$work/log" 2>&1 || status=1
if ! grep -q '  CHECK  ' "$work/log" || grep -E "^$work.*(warning|error)" "$work/log"; then
	tail -n 20 "$work/log"
	status=1
fi
exit $status
