// SPDX-License-Identifier: GPL-2.0-or-later
/* abi-data.c - data, residuals, sense; what the target answers itself. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi.h"
#include "initiator.h"
#include "tap.h"

static const uint32_t sizes[] = {
	0, 1, 511, 4096, 65537, 1 << 20, (8 << 20) + 4096, 16 << 20,
};

static void allow_direct(void)
{
	int fd = open("/proc/scsi/sg/allow_dio", O_WRONLY);

	if (fd < 0 || write(fd, "1", 1) != 1)
		printf("# no direct I/O: /proc/scsi/sg/allow_dio\n");
	close(fd);
}

/* There and back, at an odd address. */
static void check_loop(int sg, uint32_t size, uint32_t flags, uint8_t *there, uint8_t *back)
{
	const char *how = flags & SG_FLAG_DIRECT_IO ? "direct" : "indirect";
	unsigned int seed = size;
	struct command command;
	uint32_t i;

	for (i = 0; i < size; i++)
		there[i] = (seed = seed * 1103515245 + 12345) >> 16;
	memset(back, 0, size);
	command = vendor(sg, OP_STORE, SG_DXFER_TO_DEV, there, size);
	memset(command.cdb + 6, 0, 4);
	command.flags = flags;
	command_run(&command);
	is(command.error ? -command.error : (int)command.end.info & SG_INFO_OK_MASK, 0,
	   "%u bytes out, %s", size, how);
	is(command.end.resid, 0, "without residual");
	command = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, back, size);
	command.flags = flags;
	command_run(&command);
	is(command.error ? -command.error : (int)command.end.info & SG_INFO_OK_MASK, 0,
	   "%u bytes in, %s", size, how);
	ok(!memcmp(there, back, size), "the same bytes");
}

void check_data(void)
{
	uint8_t *there = (uint8_t *)malloc(DATA_MAX + 8) + 1;
	uint8_t *back = (uint8_t *)malloc(DATA_MAX + 8) + 3;
	struct unit *unit = unit_start(7, 9, 3, 0);
	int sg = sg_open(unit, 0);
	struct command command;
	unsigned int i;

	ok(sg >= 0, "unit 7 at target 9, LUN 3, found");
	is(unit->seen->port[0].target, 9, "its target");
	is(unit->seen->port[0].lun, 3, "its LUN");
	is(unit->seen->port[0].error, 0, "no error");
	allow_direct();
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		check_loop(sg, sizes[i], 0, there, back);
		if (sizes[i] <= 4 << 20)
			check_loop(sg, sizes[i], SG_FLAG_DIRECT_IO, there, back);
	}

	command = vendor(sg, OP_STORE, SG_DXFER_TO_DEV, there, 1000);
	command.cdb[9] = 77;
	command_run(&command);
	is(command.end.resid, 77, "residual of a write");
	command = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, back, 1000);
	command.cdb[4] = command.cdb[5] = 1;
	command_run(&command);
	is(command.end.resid, 1000 - 257, "residual of a read");
	command = vendor(sg, OP_FAIL, SG_DXFER_FROM_DEV, back, 500);
	command.cdb[4] = 0;
	command.cdb[5] = 100;
	command_run(&command);
	is(command.end.status, 2, "CHECK CONDITION");
	is(command.end.sb_len_wr, 18, "18 bytes of sense");
	ok(command.sense[0] == 0x70 && command.sense[2] == 3 && command.sense[12] == 0x11,
	   "MEDIUM ERROR, 11h");
	is(command.end.resid, 400, "with data and residual");
	close(sg);
	unit_stop(unit);
	free(there - 1);
	free(back - 3);
}

void check_target(void)
{
	static const uint8_t wanted[32] = {
		[3] = 24, [8 + 1] = 2, [16 + 1] = 5, [24 + 1] = 200,
	};
	struct unit *units[] = {
		unit_start(20, 4, 5, 0), unit_start(21, 4, 200, 0), unit_start(22, 4, 2, 0),
	};
	uint8_t list[64] = { 0 };
	struct command command = {
		.fd = sg_open(units[1], 0), .cdb = { 0xa0, [9] = sizeof(list) },
		.cdb_length = 12, .direction = SG_DXFER_FROM_DEV, .data = list,
		.length = sizeof(list), .timeout_ms = 20000,
	};
	unsigned int i;

	command_run(&command);
	is(command.end.resid, sizeof(list) - sizeof(wanted), "REPORT LUNS: length");
	ok(!memcmp(list, wanted, sizeof(wanted)), "REPORT LUNS: LUNs 2, 5 and 200");
	command.cdb[2] = 1;
	command_run(&command);
	is(command.end.resid, sizeof(list) - 8, "no well known LUN");
	command.cdb[2] = 3;
	command_run(&command);
	ok(command.end.status == 2 && command.sense[12] == 0x24, "SELECT REPORT 3: 24h");
	close(command.fd);
	for (i = 0; i < 3; i++)
		unit_stop(units[i]);
}
