// SPDX-License-Identifier: GPL-2.0-or-later
/* unit.c - a tiny logical unit on /dev/mhvtl: a processor device that echoes. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <scsi/scsi.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

struct seen *seen_new(void)
{
	struct seen *seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	seen->type = TYPE_PROCESSOR;
	return seen;
}

int unit_open(void)
{
	return open("/dev/mhvtl", O_RDWR | O_CLOEXEC);
}

int unit_attach(int fd, struct mhvtl_attach *attach)
{
	return ioctl(fd, MHVTL_IOC_ATTACH, attach) ? errno : 0;
}

int unit_exchange(int fd, struct mhvtl_exchange *exchange)
{
	int ret = ioctl(fd, MHVTL_IOC_EXCHANGE, exchange);

	return ret < 0 ? -errno : ret;
}

static uint32_t be32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

static void check_condition(struct mhvtl_reply *reply, uint8_t key, uint8_t asc)
{
	static const uint8_t fixed[18] = { [0] = 0x70, [7] = 10 };

	reply->status = 0x02;
	reply->sense_length = sizeof(fixed);
	memcpy(reply->sense, fixed, sizeof(fixed));
	reply->sense[2] = key;
	reply->sense[12] = asc;
}

/* The unit's memory; odd addresses on purpose. */
struct memory {
	uint8_t *out, *kept;
};

/* Returns the data-in, *length bytes; NULL with *length -1: no answer yet. */
static const uint8_t *answer(const struct mhvtl_request *request, struct memory *memory,
			     struct mhvtl_reply *reply, uint8_t type, long *length)
{
	static uint8_t inquiry[36] = "\x03\x00\x05\x02\x1f\x00\x00\x02"
		"MHVTL   ABI TEST        0001";
	uint32_t size = be32(request->cdb + 2);

	*length = 0;
	switch (request->cdb[0]) {
	case 0x00:
		return NULL;
	case 0x12:
		if (request->cdb[1] & 1) {
			check_condition(reply, 5, 0x24);
			return NULL;
		}
		inquiry[0] = type;
		*length = request->data_in_room < 36 ? request->data_in_room : 36;
		return inquiry;
	case OP_STORE:
		memcpy(memory->kept, memory->out, request->data_out_length);
		reply->transferred = request->data_out_length - be32(request->cdb + 6);
		return NULL;
	case OP_FAIL:
		check_condition(reply, 3, 0x11);
		/* fallthrough */
	case OP_RECALL:
		*length = size < request->data_in_room ? size : request->data_in_room;
		return memory->kept;
	case OP_HOLD:
		*length = -1;
		return NULL;
	default:
		check_condition(reply, 5, 0x20);
		return NULL;
	}
}

/* Notes a request; fills in the reply. Returns false when there is none. */
static bool handle(const struct mhvtl_request *request, struct memory *memory,
		   struct seen *seen, struct mhvtl_reply *reply,
		   struct mhvtl_exchange *exchange)
{
	const uint8_t *data;
	long length;

	memset(reply, 0, sizeof(*reply));
	reply->id = request->id;
	exchange->data_in_length = 0;
	switch (request->type) {
	case MHVTL_REQ_ATTACHED:
		memcpy(seen->port, memory->out, request->data_out_length);
		seen->attached++;
		return false;
	case MHVTL_REQ_TASK_MANAGEMENT:
		seen->subject = request->subject_id;
		seen->tmf[request->function]++;
		return true;
	}
	data = answer(request, memory, reply, seen->type, &length);
	if (length < 0)
		seen->held = request->id;
	seen->commands++;
	if (length < 0)
		return false;
	exchange->data_in = (uintptr_t)data;
	exchange->data_in_length = length;
	if (length)
		reply->transferred = length;
	return true;
}

void unit_serve(int fd, struct seen *seen)
{
	struct memory memory = {
		(uint8_t *)malloc(DATA_MAX + 16) + 3, (uint8_t *)malloc(DATA_MAX + 16) + 5,
	};
	struct mhvtl_request request;
	struct mhvtl_reply reply;
	struct mhvtl_exchange exchange = {
		.request = (uintptr_t)&request,
		.data_out = (uintptr_t)memory.out,
		.data_out_size = DATA_MAX,
	};
	int ret;

	while (!seen->stop) {
		ret = unit_exchange(fd, &exchange);
		if (exchange.reply && exchange.reply_error && exchange.reply_error != ESTALE)
			fprintf(stderr, "# reply to %02x met %d\n", request.cdb[0],
				exchange.reply_error);
		exchange.reply = 0;
		if (ret < 0 && ret != -EINTR)
			break;
		if (ret <= 0)
			poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 20);
		else if (handle(&request, &memory, seen, &reply, &exchange))
			exchange.reply = (uintptr_t)&reply;
		if (ret == 1 && request.type == MHVTL_REQ_TASK_MANAGEMENT && seen->answer_late) {
			struct mhvtl_reply late = { .id = seen->held };
			struct mhvtl_exchange only = { .reply = (uintptr_t)&late };

			unit_exchange(fd, &only);
			seen->late_error = only.reply_error;
		}
	}
	free(memory.out - 3);
	free(memory.kept - 5);
}

bool wait_for(atomic_uint *what, unsigned int value, unsigned int seconds)
{
	unsigned int left = seconds * 200;

	while (*what < value && left--)
		usleep(5000);
	return *what >= value;
}

static struct unit *unit_new(unsigned int number, unsigned int target, unsigned int lun,
			     unsigned int grace_ms)
{
	struct unit *unit = calloc(1, sizeof(*unit));
	int err;

	unit->seen = seen_new();
	unit->address = (struct mhvtl_attach){ .unit = number, .target = target, .lun = lun,
					       .queue_depth = 16, .grace_ms = grace_ms };
	unit->fd = unit_open();
	err = unit_attach(unit->fd, &unit->address);
	if (err)
		printf("# ATTACH %u: %s\n", number, strerror(err));
	return unit;
}

static void *serve_thread(void *argument)
{
	struct unit *unit = argument;

	unit_serve(unit->fd, unit->seen);
	return NULL;
}

struct unit *unit_start(unsigned int number, unsigned int target, unsigned int lun,
			unsigned int grace_ms)
{
	struct unit *unit = unit_new(number, target, lun, grace_ms);

	pthread_create(&unit->thread, NULL, serve_thread, unit);
	wait_for(&unit->seen->attached, 1, 20);
	return unit;
}

struct unit *unit_fork(unsigned int number, unsigned int target, unsigned int lun,
		       unsigned int grace_ms)
{
	struct unit *unit = unit_new(number, target, lun, grace_ms);

	fflush(NULL);
	unit->pid = fork();
	if (!unit->pid) {
		unit_serve(unit->fd, unit->seen);
		ioctl(unit->fd, MHVTL_IOC_DETACH);
		_exit(0);
	}
	close(unit->fd);
	wait_for(&unit->seen->attached, 1, 20);
	return unit;
}

static void unit_free(struct unit *unit)
{
	munmap(unit->seen, sizeof(*unit->seen));
	free(unit);
}

void unit_stop(struct unit *unit)
{
	unit->seen->stop = 1;
	if (unit->pid) {
		waitpid(unit->pid, NULL, 0);
	} else {
		pthread_join(unit->thread, NULL);
		ioctl(unit->fd, MHVTL_IOC_DETACH);
		close(unit->fd);
	}
	unit_free(unit);
}

void unit_kill(struct unit *unit)
{
	kill(unit->pid, SIGKILL);
	waitpid(unit->pid, NULL, 0);
	unit_free(unit);
}
