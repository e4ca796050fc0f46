# SPDX-License-Identifier: GPL-2.0-or-later
# What the library needs from the build: the programs, and its cartridges. They
# are made once for a configuration and kept in build/lab/media.

check_daemons() {
	local program
	for program in vtltape vtllibrary make_vtl_media; do
		[ -x "$REPO/build/bin/$program" ] || die 91 "build/bin/$program is missing: npm run build (or --no-daemons)"
	done
	[ -z "$(find "$REPO/src" -name '*.ts' -newer "$REPO/build/bin/vtltape" -print -quit)" ] ||
		say "note: src/ is newer than build/bin/vtltape; npm run build"
}

# Sets MEDIA: a directory with root/ (to be copied to /) and homes (their list).
prepare_media() {
	local sum
	sum=$(cat "$OPT_CONFIG/device.conf" "$OPT_CONFIG/mhvtl.conf" "$OPT_CONFIG"/library_contents.* \
		"$REPO/build/bin/make_vtl_media" 2>/dev/null | sha256sum)
	MEDIA=$REPO/build/lab/media/${sum%% *}
	[ ! -f "$MEDIA/homes" ] || return 0
	mkdir -p "$REPO/build/lab/media"
	(
		flock 9
		[ ! -f "$MEDIA/homes" ] || exit 0
		forget_old_media
		rm -rf "$MEDIA" && mkdir -p "$MEDIA/root" || exit 1
		"$REPO/build/bin/make_vtl_media" -C "$OPT_CONFIG" --root "$MEDIA/root" --create-dir --json >"$MEDIA/made"
		node -p 'JSON.parse(fs.readFileSync(process.argv[1])).homes.join("\n")' "$MEDIA/made" >"$MEDIA/homes.new" &&
			mv "$MEDIA/homes.new" "$MEDIA/homes"
	) 9>"$REPO/build/lab/media/.lock"
}

# Of other builds and configurations, those unused for a day.
forget_old_media() {
	find "$REPO/build/lab/media" -mindepth 1 -maxdepth 1 -type d -mtime +0 -exec rm -rf {} +
}
