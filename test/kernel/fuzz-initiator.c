// SPDX-License-Identifier: GPL-2.0-or-later
/* fuzz-initiator.c - initiators and an administrator without patience. */
#include <fcntl.h>
#include <glob.h>
#include <scsi/scsi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fuzz.h"
#include "initiator.h"

/* One of the files that match; -1 when there is none or it does not open. */
static int open_one_of(const char *pattern, int flags)
{
	glob_t found;
	int fd = -1;

	if (!glob(pattern, 0, NULL, &found))
		fd = open(found.gl_pathv[fuzz_below(found.gl_pathc)],
			  flags | O_NONBLOCK | O_CLOEXEC);
	globfree(&found);
	return fd;
}

static void send_command(int fd, uint8_t *data)
{
	static const uint8_t lengths[] = { 6, 10, 12, 16, 32 };
	struct command command = {
		.fd = fd, .data = data, .cdb_length = lengths[fuzz_below(5)],
		.timeout_ms = fuzz_once_in(4) ? 20 + fuzz_below(300) : 5000,
	};
	unsigned int i;

	for (i = 0; i < command.cdb_length; i++)
		command.cdb[i] = fuzz_random();
	if (fuzz_once_in(3))
		command.cdb[0] = fuzz_once_in(2) ? 0x12 : 0xa0;
	switch (fuzz_below(3)) {
	case 0:
		command.direction = SG_DXFER_NONE;
		break;
	default:
		command.direction = fuzz_once_in(2) ? SG_DXFER_TO_DEV : SG_DXFER_FROM_DEV;
		command.length = fuzz_once_in(8) ? fuzz_below(2u << 20) : fuzz_below(70000);
	}
	command_run(&command);
}

void fuzz_initiator(void)
{
	uint8_t *data = malloc(2u << 20);

	memset(data, 0x5a, 2u << 20);
	for (;;) {
		int fd = open_one_of("/dev/sg*", O_RDWR), left = fuzz_below(200);

		if (fd < 0)
			usleep(1000);
		while (fd >= 0 && left--) {
			send_command(fd, data);
			if (fuzz_once_in(100))
				ioctl(fd, SG_SCSI_RESET, &(int){ 1 + fuzz_below(4) });
		}
		close(fd);
	}
}

void fuzz_administrator(void)
{
	for (;;) {
		int fd = fuzz_once_in(3) ?
			open_one_of("/sys/class/scsi_host/host*/scan", O_WRONLY) :
			open_one_of("/sys/class/scsi_device/*/device/delete", O_WRONLY);

		if (fd >= 0) {
			if (write(fd, "- - -", 5) < 0 && write(fd, "1", 1) < 0)
				usleep(1000);
			close(fd);
		}
		usleep(1000 * (20 + fuzz_below(300)));
	}
}
