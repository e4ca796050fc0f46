#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what `npm run build` made, as packages do.
# usage: install.sh ROOT PREFIX UNIT-DIRECTORY GENERATOR-DIRECTORY
# Man pages go below PREFIX/share/man only with MHVTL_MAN=1: Debian's helpers do it themselves.
set -eu
# What is installed is everybody's to read and nobody's to write, whoever builds it.
umask 022
root=$1 prefix=$2 units=$3 generators=$4
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

put() { # put MODE DIRECTORY FILE...
	mode=$1 directory=$root$2
	shift 2
	for file; do
		[ -e "$file" ] || continue
		mkdir -p "$directory"
		install -p -m "$mode" "$file" "$directory/"
	done
}

# The programs lie beside mhvtl.node, where SELinux knows programs by their place. They run on the system's node, whatever PATH says.
mkdir -p "$root$prefix/libexec/mhvtl" "$root$prefix/bin"
for file in build/bin/*; do
	name=${file##*/}
	case $name in
	*.node) install -p -m 644 "$file" "$root$prefix/libexec/mhvtl/$name" ;;
	*)
		sed '1s|^#!/usr/bin/env -S node$|#!/usr/bin/node|; 1s|^#!/usr/bin/env -S node |#!/usr/bin/env -S /usr/bin/node |' "$file" >"$root$prefix/libexec/mhvtl/$name"
		chmod 755 "$root$prefix/libexec/mhvtl/$name"
		ln -sf "../libexec/mhvtl/$name" "$root$prefix/bin/$name"
		;;
	esac
done

# Above them nobody else's package.json may say what they are.
put 644 "$prefix/libexec/mhvtl" build/package.json
put 755 "$prefix/libexec/mhvtl" systemd/mhvtl-end-daemons
put 644 "$units" systemd/*.service systemd/*.target systemd/*.timer
put 755 "$generators" systemd/mhvtl-device-conf-generator
put 644 "${units%/systemd/system}/udev/rules.d" systemd/70-mhvtl.rules
mkdir -p "$root$prefix/lib/sysusers.d" "$root$prefix/lib/tmpfiles.d"
install -p -m 644 systemd/mhvtl.sysusers "$root$prefix/lib/sysusers.d/mhvtl.conf"
install -p -m 644 systemd/mhvtl.tmpfiles "$root$prefix/lib/tmpfiles.d/mhvtl.conf"
mkdir -p "$root/etc/init.d"
install -p -m 755 systemd/mhvtl.init "$root/etc/init.d/mhvtl"
put 644 /etc/mhvtl etc/mhvtl/*
put 644 "$prefix/share/dbus-1/system.d" src/dbus/*.conf
put 644 "$prefix/share/dbus-1/interfaces" src/dbus/*.xml
put 644 "$prefix/share/doc/mhvtl" build/NOTICES build/sbom.cdx.json
put 644 "$prefix/share/mhvtl" docs/grafana-dashboard.json
completion() { # completion SHELL DIRECTORY FILE
	mkdir -p "$root$prefix/share/$2"
	node build/bin/vtlcmd completion "$1" >"$root$prefix/share/$2/$3"
}
completion bash bash-completion/completions vtlcmd
completion zsh zsh/vendor-completions _vtlcmd
completion fish fish/vendor_completions.d vtlcmd.fish
[ "${MHVTL_MAN:-0}" = 1 ] || exit 0
for page in man/*.[1-9]; do put 644 "$prefix/share/man/man${page##*.}" "$page"; done
