# SPDX-License-Identifier: GPL-2.0-or-later
# Messages, exit numbers' meaning and process handling of the lab on the host.

say() {
	printf 'lab: %s\n' "$*" >&2
}

# die NUMBER TEXT: ends the lab. The numbers are listed in usage().
die() {
	local number=$1
	shift
	say "$*"
	exit "$number"
}

# bounded BYTES [MARK]: copies standard input to standard output as it comes, at
# most BYTES. The rest is read and thrown away, so that the writer never meets a
# closed pipe, and the file MARK is made.
bounded() {
	stdbuf -o0 head -c "$1"
	[ "$(head -c 1 | wc -c)" = 0 ] || [ -z "${2:-}" ] || touch "$2"
	cat >/dev/null
}
