#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: make-media.sh CONFIG_DIR [ROOT]
# Makes the cartridges that library_contents names, below ROOT, with the mktape
# in PATH, and prints the libraries' home directories.
set -eu
config=$1
root=${2:-}

# setting KEY DEFAULT: a value of mhvtl.conf
setting() {
	local value
	value=$(sed -n "s/^$1 *= *//p" "$config/mhvtl.conf" 2>/dev/null | head -n 1)
	echo "${value:-$2}"
}

# One line a library: NUMBER HOME
list_libraries() {
	awk -v base="$(setting MHVTL_HOME_PATH /opt/mhvtl)" '
		function flush() { if (number != "") print number, home; number = "" }
		/^(Library|Drive): / { flush() }
		/^Library: / { number = $2 + 0; home = base "/" number }
		/^ *Home directory: / { home = $3 }
		END { flush() }' "$config/device.conf"
}

# density BARCODE: by its last two characters; empty if they tell nothing
density() {
	case ${1: -2} in
	L[1-9]) echo "LTO${1: -1}" ;;
	LT) echo LTO3 ;;
	LU) echo LTO4 ;;
	LV) echo LTO5 ;;
	LW) echo LTO6 ;;
	LX) echo LTO7 ;;
	LY) echo LTO8 ;;
	LZ) echo LTO9 ;;
	S1) echo SDLT220 ;;
	S2) echo SDLT320 ;;
	S3) echo SDLT600 ;;
	X[1-4]) echo "AIT${1: -1}" ;;
	D7) echo DLT4 ;;
	T[ABC]) echo "T10K${1: -1}" ;;
	TZ) echo 9840A ;;
	TY) echo 9840B ;;
	TX) echo 9840C ;;
	TW) echo 9840D ;;
	TV) echo 9940A ;;
	TU) echo 9940B ;;
	JA) echo J1A ;;
	JB | JW | JX) echo E05 ;;
	JC) echo E06 ;;
	JK | JY) echo E07 ;;
	esac
}

# kind BARCODE: of cartridge
kind() {
	case $1 in
	W* | *L[T-Z] | *J[WXY]) echo WORM ;;
	CLN*) echo clean ;;
	*) echo data ;;
	esac
}

# Barcodes in a library_contents file
barcodes() {
	sed -nE 's/^(Slot|MAP) *[0-9]+: *([^ \t\r]+).*/\2/p' "$1" | sort -u
}

# Arguments of mktape, NUL-separated, for every cartridge that is missing
commands() {
	local number home barcode
	while read -r number home; do
		mkdir -p "$root$home"
		[ -f "$config/library_contents.$number" ] || continue
		for barcode in $(barcodes "$config/library_contents.$number"); do
			if [ -z "$(density "$barcode")" ]; then
				echo "make-media: $barcode: its end names no kind of cartridge, not made" >&2
			elif [ ! -d "$root$home/$barcode" ]; then
				printf '%s\0' -l "$number" -m "$barcode" -s "$(setting CAPACITY 500)" -t "$(kind "$barcode")" \
					-d "$(density "$barcode")" -H "$root$home"
			fi
		done
	done < <(list_libraries)
}

export MHVTL_CONFIG_PATH=$config
commands | xargs -0 -r -n 12 -P 2 mktape >&2
list_libraries | cut -d' ' -f2 | sort -u
