#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel's own style checker on our kernel sources.
# usage: checkpatch.sh [KERNEL-SOURCE]
set -u
HERE=$(cd "$(dirname "$0")" && pwd -P)
REPO=$(cd "$HERE/../.." && pwd -P)
SOURCE=${1:-$(find "${MHVTL_LAB_CACHE:-/var/cache/mhvtl-lab}" -maxdepth 1 -name 'linux-source-*' | head -n 1)}

if [ ! -e "$SOURCE/scripts/checkpatch.pl" ]; then
	echo "checkpatch.sh: no kernel source at '$SOURCE'; make one with test/lab/prepare.sh uml" >&2
	exit 1
fi
# It leaves a cache file in the current directory.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
# FILE_PATH_CHANGES: MAINTAINERS is the kernel's. LINUX_VERSION_CODE: compat.h
# exists for it. CONSTANT_COMPARISON: the same, checkpatch takes KERNEL_VERSION()
# for the variable. CONST_STRUCT: scsi_host_alloc() took no const before 6.5.
# CAMELCASE: struct Scsi_Host.
perl "$SOURCE/scripts/checkpatch.pl" --root="$SOURCE" --no-tree --strict --terse --no-summary --show-types \
	--ignore FILE_PATH_CHANGES,LINUX_VERSION_CODE,CONST_STRUCT,CONSTANT_COMPARISON,CAMELCASE \
	--file "$REPO"/kernel/*.[ch]
