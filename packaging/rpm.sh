#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the rpms from the sources packaging/package.sh made. usage: rpm.sh SOURCES OUT
# On Debian the build dependencies have other names, so rpm does not check them; prepare.sh has installed them.
set -eu
cd "$(dirname "$0")/.."
sources=$1 out=$2
. packaging/tools.sh
need rpmbuild rpm
version=$(dpkg-parsechangelog -l debian/changelog -S Version)
version=${version%-*}
top=$(mktemp -d "${TMPDIR:-/tmp}/mhvtl-rpm.XXXXXX")
trap 'rm -rf "$top"' EXIT
mkdir -p "$top/SOURCES" "$out"
cp "$sources"/mhvtl_"$version".orig*.tar.gz "$top/SOURCES"
say 'rpm: building'
rpmbuild -ba --nodeps --define "_topdir $top" --define "mhvtl_version $version" --define '_build_id_links none' \
	--define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' --define '_buildhost localhost' \
	rpm/mhvtl.spec >"$out/build.log" 2>&1 || { tail -n 40 "$out/build.log" >&2; die "rpmbuild fails: $out/build.log"; }
rm -f "$out"/*.rpm
cp "$top"/RPMS/*/*.rpm "$top"/SRPMS/*.rpm "$out"
