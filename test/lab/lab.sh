#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Boots a real Linux kernel, starts the library in it and runs a script there.
set -u
shopt -s inherit_errexit

LAB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
REPO=$(cd "$LAB_DIR/../.." && pwd -P)
. "$LAB_DIR/host/common.sh"
. "$LAB_DIR/host/options.sh"
. "$LAB_DIR/host/job.sh"
. "$LAB_DIR/host/media.sh"
. "$LAB_DIR/host/outcome.sh"

parse_options "$@"
. "$LAB_DIR/prepare.sh"
. "$LAB_DIR/host/${OPT_KERNEL/sanitized/uml}.sh"

trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
trap clean_up EXIT

groups=("$OPT_KERNEL")
[ "$OPT_SYSTEMD" = no ] || groups+=(systemd)
prepare_packages "${groups[@]}" || die 91 "packages are missing, see above"
prepare_kernel "$OPT_KERNEL" || die 91 "the $OPT_KERNEL kernel is not ready, see above"
[ "$OPT_MODULE" = no ] || prepare_module "$OPT_KERNEL" || die 91 "mhvtl.ko does not build, see above"
sweep_old_jobs
[ "$OPT_DAEMONS" = no ] || check_daemons
[ "$OPT_DAEMONS" = no ] || prepare_media || die 91 "the cartridges could not be made, see above"
create_job
run_kernel
report_outcome
