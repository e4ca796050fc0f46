// SPDX-License-Identifier: GPL-2.0-or-later
// The least a tape drive could cost: one that answers everything at once, copies each block once, and keeps none. What it
// reaches is the ceiling of every drive behind this kernel module on this machine.
//
//   ideal UNIT TARGET  becomes that unit at channel 0, and serves until it is killed
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "../../kernel/mhvtl.h"

/* As long as a drive's daemon waits for the next command before it asks poll(). */
#define WAIT_US 50

static void die(const char *what)
{
	fprintf(stderr, "ideal: %s: %s\n", what, strerror(errno));
	exit(1);
}

static char *pages(void)
{
	char *bytes = mmap(NULL, MHVTL_MAX_TRANSFER, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (bytes == MAP_FAILED)
		die("memory");
	memset(bytes, 0, MHVTL_MAX_TRANSFER);
	return bytes;
}

/* Data-in that says how the drive is to be used; its length, or 0 for a command that has none. */
static size_t answer(const unsigned char *cdb, char *data)
{
	static const char inquiry[36] = "\x01\x80\x05\x02\x1f\0\0\0MHVTL   IDEAL           0001";
	/* No block longer than 8 MiB, none shorter than a byte. */
	static const char limits[6] = { 0, (char)0x80, 0, 0, 0, 1 };
	/* Buffered mode, variable blocks. */
	static const char modes[12] = { sizeof(modes) - 1, 0, 0x10, 8 };

	switch (cdb[0]) {
	case 0x12:
		memcpy(data, inquiry, sizeof(inquiry));
		return sizeof(inquiry);
	case 0x05:
		memcpy(data, limits, sizeof(limits));
		return sizeof(limits);
	case 0x1a:
		memcpy(data, modes, sizeof(modes));
		return sizeof(modes);
	default:
		return 0;
	}
}

/* Runs a command: what it answers is in the reply and at `in`. Returns the length of that. */
static size_t run(const struct mhvtl_request *request, const char *out, char *in, char *medium,
		  struct mhvtl_reply *reply)
{
	size_t length = 0;

	*reply = (struct mhvtl_reply){ .id = request->id, .transferred = request->data_out_length };
	if (request->cdb[0] == 0x0a) {
		memcpy(medium, out, request->data_out_length);
	} else if (request->cdb[0] == 0x08) {
		length = request->data_in_room;
		memcpy(in, medium, length);
	} else if (request->cdb[0] == 0x12 && (request->cdb[1] & 1)) {
		reply->status = 2;
		reply->sense_length = 18;	/* ILLEGAL REQUEST, INVALID FIELD IN CDB */
		memcpy(reply->sense, "\x70\0\x05\0\0\0\0\x0a\0\0\0\0\x24", 13);
	} else {
		length = answer(request->cdb, in);
	}
	if (length > request->data_in_room)
		length = request->data_in_room;
	if (request->direction != MHVTL_DATA_OUT)
		reply->transferred = length;
	return length;
}

static void serve(int fd)
{
	char *out = pages(), *in = pages(), *medium = pages();
	struct mhvtl_request request;
	struct mhvtl_reply reply;
	struct mhvtl_exchange exchange = {
		.request = (uintptr_t)&request, .data_out = (uintptr_t)out,
		.data_out_size = MHVTL_MAX_TRANSFER, .data_in = (uintptr_t)in,
	};

	for (;;) {
		const int got = ioctl(fd, MHVTL_IOC_EXCHANGE, &exchange);

		exchange.reply = exchange.wait_us = 0;
		if (got < 0 && errno != EINTR)
			die("EXCHANGE");
		if (got <= 0) {
			poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, -1);
		} else if (request.type == MHVTL_REQ_COMMAND) {
			exchange.data_in_length = run(&request, out, in, medium, &reply);
			exchange.reply = (uintptr_t)&reply;
			exchange.wait_us = WAIT_US;
		} else if (request.type == MHVTL_REQ_TASK_MANAGEMENT) {
			reply = (struct mhvtl_reply){ .id = request.id };
			exchange.data_in_length = 0;
			exchange.reply = (uintptr_t)&reply;
		}
	}
}

int main(int argc, char **argv)
{
	struct mhvtl_attach attach = { .queue_depth = 32 };
	const int fd = open("/dev/mhvtl", O_RDWR | O_NONBLOCK);

	if (argc != 3)
		return fprintf(stderr, "usage: ideal UNIT TARGET\n"), 2;
	attach.unit = atoi(argv[1]);
	attach.target = atoi(argv[2]);
	if (fd < 0 || ioctl(fd, MHVTL_IOC_ATTACH, &attach) < 0)
		die("/dev/mhvtl");
	serve(fd);
}
