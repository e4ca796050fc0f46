/* SPDX-License-Identifier: GPL-2.0-or-later */
/* initiator.h - SCSI commands by SG_IO. */
#ifndef INITIATOR_H
#define INITIATOR_H

#include <pthread.h>
#include <scsi/sg.h>
#include <stdint.h>

#include "unit.h"

/* A command and how it ended. */
struct command {
	int fd;
	uint8_t cdb[32];
	uint8_t cdb_length;
	int direction;		/* SG_DXFER_* */
	void *data;
	uint32_t length;
	uint32_t timeout_ms;
	uint32_t flags;		/* SG_FLAG_* */
	int error;		/* errno of SG_IO */
	uint8_t sense[64];
	struct sg_io_hdr end;
	pthread_t thread;
};

/* Opens the sg node of a unit on a port, waiting for it; -1: there is none. */
int sg_open(const struct unit *unit, unsigned int port);
/* Whether the SCSI device exists. */
int sg_exists(const struct mhvtl_attached *address);
/* A command that names a length: OP_*. */
struct command vendor(int fd, uint8_t op, int direction, void *data, uint32_t length);
void command_run(struct command *command);
/* The same in the background. */
void command_start(struct command *command);
void command_join(struct command *command);
/* TEST UNIT READY; returns status | host status << 16, or -errno. */
long test_unit_ready(int fd);
long long now_ms(void);

#endif
