/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unit.h - a tiny logical unit on /dev/mhvtl, and what it has seen. */
#ifndef UNIT_H
#define UNIT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../../kernel/mhvtl.h"

#define DATA_MAX	(16u << 20)

/* Vendor specific commands; bytes 2-5 of the CDB are a length. */
enum {
	OP_STORE = 0xc0,	/* keep the data-out; bytes 6-9: leave so much unused */
	OP_RECALL = 0xc1,	/* return so many bytes of what was kept */
	OP_FAIL = 0xc2,		/* MEDIUM ERROR, after so many bytes of data-in */
	OP_HOLD = 0xc3,		/* never answer */
};

/* In shared memory, so that it can be read when the unit is another process. */
struct seen {
	atomic_uint attached;			/* ATTACHED events */
	struct mhvtl_attached port[MHVTL_MAX_PORTS];
	atomic_uint commands;
	atomic_uint tmf[4];			/* by function */
	atomic_ulong held;			/* id of the last OP_HOLD */
	atomic_ulong subject;			/* of the last ABORT TASK */
	atomic_uint answer_late;		/* answer a held command after its abort */
	atomic_int late_error;			/* what that met */
	atomic_int stop;
	atomic_uint type;			/* peripheral device type in INQUIRY data */
};

struct unit {
	int fd;
	struct mhvtl_attach address;
	struct seen *seen;
	pthread_t thread;
	pid_t pid;
};

struct seen *seen_new(void);
int unit_open(void);
/* Sends ATTACH; returns 0 or an errno. */
int unit_attach(int fd, struct mhvtl_attach *attach);
/* One EXCHANGE; returns its result, or -errno. */
int unit_exchange(int fd, struct mhvtl_exchange *exchange);
/* Answers until seen->stop or an error. */
void unit_serve(int fd, struct seen *seen);

/* A unit in a thread, or in a process of its own; waits for ATTACHED. */
struct unit *unit_start(unsigned int number, unsigned int target, unsigned int lun,
			unsigned int grace_ms);
struct unit *unit_fork(unsigned int number, unsigned int target, unsigned int lun,
		       unsigned int grace_ms);
/* DETACH, close, end. */
void unit_stop(struct unit *unit);
/* SIGKILL to a forked one. */
void unit_kill(struct unit *unit);
bool wait_for(atomic_uint *what, unsigned int value, unsigned int seconds);

#endif
