// SPDX-License-Identifier: GPL-2.0-or-later
/* abi-errnos.c - every errno mhvtl.h promises. */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "abi.h"
#include "initiator.h"
#include "tap.h"

static const struct mhvtl_attach good = { .unit = 1, .target = 1, .queue_depth = 4 };

static int poll_now(int fd)
{
	struct pollfd entry = { fd, POLLIN, 0 };

	poll(&entry, 1, 0);
	return entry.revents;
}

static void check_ranges(int fd)
{
	static const struct {
		const char *name;
		size_t offset;
		uint32_t value;
	} bad[] = {
		{ "unit 1024", offsetof(struct mhvtl_attach, unit), 1024 },
		{ "unit -1", offsetof(struct mhvtl_attach, unit), -1 },
		{ "channel 16", offsetof(struct mhvtl_attach, channel), 16 },
		{ "target 256", offsetof(struct mhvtl_attach, target), 256 },
		{ "lun 256", offsetof(struct mhvtl_attach, lun), 256 },
		{ "queue depth 0", offsetof(struct mhvtl_attach, queue_depth), 0 },
		{ "queue depth 257", offsetof(struct mhvtl_attach, queue_depth), 257 },
		{ "grace of 600001 ms", offsetof(struct mhvtl_attach, grace_ms), 600001 },
		{ "reserved", offsetof(struct mhvtl_attach, reserved), 1 },
	};
	struct mhvtl_attach attach;
	unsigned int i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		attach = good;
		memcpy((char *)&attach + bad[i].offset, &bad[i].value, 4);
		is(unit_attach(fd, &attach), EINVAL, "ATTACH with %s: EINVAL", bad[i].name);
	}
}

void check_errnos(void)
{
	struct mhvtl_attach attach = good;
	struct mhvtl_exchange exchange = {};
	struct mhvtl_info info;
	struct unit *unit;
	int fd = unit_open();

	ok(fd >= 0, "open");
	is(ioctl(fd, MHVTL_IOC_INFO, &info), 0, "INFO");
	is(info.abi_version, MHVTL_ABI_VERSION, "its version");
	is(info.max_transfer, 16 << 20, "its max_transfer");
	is(ioctl(fd, MHVTL_IOC_INFO, NULL) ? errno : 0, EFAULT, "INFO to nowhere: EFAULT");
	is(ioctl(fd, 0x200) ? errno : 0, ENOTTY, "an unknown ioctl: ENOTTY");
	is(unit_exchange(fd, &exchange), -ENOTCONN, "EXCHANGE without a unit: ENOTCONN");
	is(ioctl(fd, MHVTL_IOC_DETACH) ? errno : 0, ENOTCONN, "DETACH without a unit: ENOTCONN");
	is(poll_now(fd), 0, "no poll event without a unit");
	is(unit_attach(fd, NULL), EFAULT, "ATTACH from nowhere: EFAULT");
	check_ranges(fd);

	unit = unit_start(1, 1, 0, 0);
	is(unit_attach(unit->fd, &attach), EALREADY, "ATTACH twice: EALREADY");
	is(unit_attach(fd, &attach), EBUSY, "ATTACH of an owned number: EBUSY");
	attach.unit = 2;
	is(unit_attach(fd, &attach), EADDRINUSE, "ATTACH at a used address: EADDRINUSE");
	unit->seen->stop = 1;
	pthread_join(unit->thread, NULL);
	is(ioctl(unit->fd, MHVTL_IOC_DETACH), 0, "DETACH");
	is(ioctl(unit->fd, MHVTL_IOC_DETACH) ? errno : 0, ENOTCONN, "DETACH twice: ENOTCONN");
	is(unit_exchange(unit->fd, &exchange), -ESHUTDOWN, "EXCHANGE after it: ESHUTDOWN");
	is(poll_now(unit->fd), POLLHUP, "POLLHUP after it");
	is(unit_attach(unit->fd, &attach), 0, "ATTACH again on the same descriptor");
	is(ioctl(unit->fd, MHVTL_IOC_DETACH), 0, "DETACH while the scan waits for an answer");
	close(unit->fd);
	close(fd);
}

/* Sends the reply, if there is one; then the next request, within a second. */
static int fetch(int fd, struct mhvtl_exchange *exchange)
{
	struct mhvtl_exchange only = {
		.reply = exchange->reply, .data_in = exchange->data_in,
		.data_in_length = exchange->data_in_length,
	};

	unit_exchange(fd, &only);
	exchange->reply = 0;
	poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 1000);
	return unit_exchange(fd, exchange);
}

/* Sends a reply alone; returns reply_error. */
static int reply_error(int fd, const void *reply, const void *data, uint32_t length)
{
	struct mhvtl_exchange exchange = {
		.reply = (uintptr_t)reply, .data_in = (uintptr_t)data, .data_in_length = length,
	};
	int ret = unit_exchange(fd, &exchange);

	return ret ? ret : (int)exchange.reply_error;
}

static void check_replies(int fd, const struct mhvtl_request *request, void *nowhere)
{
	struct mhvtl_reply good_reply = { .id = request->id, .transferred = 8 };
	struct mhvtl_reply reply;
	char data[64] = "abcdefgh";

	is(reply_error(fd, nowhere, data, 8), EFAULT, "reply from nowhere: EFAULT");
	is(reply_error(fd, &good_reply, nowhere, 8), EFAULT, "data from nowhere: EFAULT");
	is(reply_error(fd, &good_reply, (void *)(uintptr_t)-4096l, 8), EFAULT,
	   "data from the kernel: EFAULT");
	reply = good_reply;
	reply.id += 1000;
	is(reply_error(fd, &reply, data, 8), ESTALE, "reply to an unknown id: ESTALE");
	reply = good_reply;
	reply.transferred = 9;
	is(reply_error(fd, &reply, data, 8), EINVAL, "transferred that differs: EINVAL");
	reply.transferred = 17;
	is(reply_error(fd, &reply, data, 17), EMSGSIZE, "more than the room: EMSGSIZE");
	reply = good_reply;
	reply.reserved = 1;
	is(reply_error(fd, &reply, data, 8), EINVAL, "reserved: EINVAL");
	reply = good_reply;
	reply.reserved2 = 1;
	is(reply_error(fd, &reply, data, 8), EINVAL, "reserved2: EINVAL");
	reply = good_reply;
	reply.sense_length = 253;
	is(reply_error(fd, &reply, data, 8), EINVAL, "sense_length 253: EINVAL");
	reply = good_reply;
	reply.status = 0x02;
	is(reply_error(fd, &reply, data, 8), EINVAL, "CHECK CONDITION without sense: EINVAL");
	reply.status = 0x77;
	is(reply_error(fd, &reply, data, 8), EINVAL, "a status that is none: EINVAL");
	reply = good_reply;
	reply.response = 1;
	is(reply_error(fd, &reply, data, 8), EINVAL, "response to a command: EINVAL");
	is(reply_error(fd, &good_reply, data, 8), 0, "the good reply still counts");
	is(reply_error(fd, &good_reply, data, 8), ESTALE, "but only once");
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ull + now.tv_nsec;
}

/* Replies, and looks whether the times the module tells lie between those of the caller. */
static void check_times(int fd, const struct mhvtl_request *request, uint64_t sent)
{
	struct mhvtl_reply reply = { .id = request->id, .transferred = 100 };
	struct mhvtl_exchange exchange = { .reply = (uintptr_t)&reply };
	const uint64_t fetched = now_ns();

	ok(sent <= request->queued_ns && request->queued_ns <= fetched, "when it was sent");
	is(unit_exchange(fd, &exchange), 0, "the good reply");
	is(exchange.reply_error, 0, "is taken");
	ok(fetched <= exchange.replied_ns && exchange.replied_ns <= now_ns(), "when it was answered");
	exchange.reply = 0;
	is(unit_exchange(fd, &exchange), 0, "without a reply");
	is(exchange.replied_ns, 0, "there is no time of one");
}

/* Takes part in the scan by hand until it has told its result. */
static void scan_by_hand(int fd, struct mhvtl_exchange *exchange, struct mhvtl_request *request,
			 const uint8_t *inquiry)
{
	struct mhvtl_reply reply;
	int rounds = 0;

	while (rounds++ < 50 && fetch(fd, exchange) == 1 && request->type == MHVTL_REQ_COMMAND) {
		reply = (struct mhvtl_reply){ .id = request->id };
		exchange->data_in_length = 0;
		if (request->cdb[0] == 0x12 && !(request->cdb[1] & 1)) {
			reply.transferred = 36;
			exchange->data_in = (uintptr_t)inquiry;
			exchange->data_in_length = 36;
		}
		exchange->reply = (uintptr_t)&reply;
	}
	is(request->type, MHVTL_REQ_ATTACHED, "the scan ends with ATTACHED");
}

void check_exchange(void)
{
	static const uint8_t inquiry[36] = "\x03\x00\x05\x02\x1f\x00\x00\x02By hand";
	struct unit unit = { .fd = unit_open(), .address = good, .seen = seen_new() };
	char *nowhere = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char room[4096], sent[100], got[16];
	struct mhvtl_request request;
	struct mhvtl_exchange exchange = {
		.request = (uintptr_t)&request, .data_out = (uintptr_t)room,
		.data_out_size = sizeof(room),
	};
	struct command command;
	uint64_t sent_ns;
	int sg;

	is(unit_attach(unit.fd, &unit.address), 0, "ATTACH");
	is(unit.address.takeover, 0, "of a new unit");
	scan_by_hand(unit.fd, &exchange, &request, inquiry);
	memcpy(unit.seen->port, room, request.data_out_length);
	sg = sg_open(&unit, 0);
	ok(sg >= 0, "sg node");

	is(unit_exchange(unit.fd, &exchange), 0, "nothing waits: 0");
	exchange.wait_us = MHVTL_MAX_WAIT_US + 1;
	is(unit_exchange(unit.fd, &exchange), -EINVAL, "wait_us too long: EINVAL");
	exchange.wait_us = MHVTL_MAX_WAIT_US;
	is(unit_exchange(unit.fd, &exchange), 0, "waiting in vain: 0");
	exchange.wait_us = 0;

	command = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, got, sizeof(got));
	command_start(&command);
	is(fetch(unit.fd, &exchange), 1, "a command");
	is(request.data_in_room, sizeof(got), "its data_in_room");
	is(request.direction, MHVTL_DATA_IN, "its direction");
	is(request.cdb_length, 12, "its cdb_length");
	is(request.timeout_ms, 20000, "its timeout_ms");
	check_replies(unit.fd, &request, nowhere);
	command_join(&command);
	is(command.end.resid, 8, "its residual");
	ok(!memcmp(got, "abcdefgh", 8), "its data");

	memset(sent, 0x5a, sizeof(sent));
	sent_ns = now_ns();
	command = vendor(sg, OP_STORE, SG_DXFER_TO_DEV, sent, sizeof(sent));
	command_start(&command);
	exchange.data_out_size = 99;
	is(fetch(unit.fd, &exchange), -EMSGSIZE, "room for 99 of 100 bytes: EMSGSIZE");
	exchange.data_out_size = sizeof(room);
	exchange.data_out = (uintptr_t)nowhere;
	is(fetch(unit.fd, &exchange), -EFAULT, "data-out to nowhere: EFAULT");
	exchange.data_out = (uintptr_t)room;
	exchange.request = (uintptr_t)nowhere;
	is(fetch(unit.fd, &exchange), -EFAULT, "request to nowhere: EFAULT");
	exchange.request = (uintptr_t)&request;
	is(fetch(unit.fd, &exchange), 1, "and the request is still there");
	ok(request.data_out_length == 100 && !memcmp(room, sent, 100), "with its data");
	is(reply_error(unit.fd, &(struct mhvtl_reply){ .id = request.id, .transferred = 101 },
		       NULL, 0), EINVAL, "more used than there was: EINVAL");
	is(reply_error(unit.fd, &(struct mhvtl_reply){ .id = request.id, .transferred = 100 },
		       room, 1), EMSGSIZE, "data-in for a write: EMSGSIZE");
	check_times(unit.fd, &request, sent_ns);
	command_join(&command);
	is(command.end.status, 0, "GOOD");
	close(sg);
	is(ioctl(unit.fd, MHVTL_IOC_DETACH), 0, "DETACH");
	close(unit.fd);
}
