#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The packages' part of `npm test`: built for one Debian and as rpms, and tried. Prints TAP. usage: run.sh [SUITE]
set -u
cd "$(dirname "$0")/../.." || exit
suite=${1:-bookworm}

# tried NAME COMMAND...: the results it prints say what they are of.
tried() {
	local name=$1
	shift
	"$@" | sed -u "s/^\(ok\|not ok\) \([0-9]* *-\? *\)/\1 - $name: /"
	[ "${PIPESTATUS[0]}" -eq 0 ] || status=1
}

[ "$(id -u)" = 0 ] || {
	echo 'ok - the packages # SKIP only root makes roots of other systems'
	exit
}
bash packaging/package.sh "$suite" >&2 || {
	echo "not ok - the packages of $suite are built"
	exit 1
}
echo "ok - the packages of $suite are built"
status=0
tried 'rpm' bash test/package/rpm.sh
tried "$suite, in a root" bash test/package/lifecycle.sh "$suite"
bash test/package/system.sh --short --packages build/packages "$suite" || status=1
exit $status
