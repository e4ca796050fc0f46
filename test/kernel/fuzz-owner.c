// SPDX-License-Identifier: GPL-2.0-or-later
/* fuzz-owner.c - owners of units that misbehave: with and without knowing the interface. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "unit.h"

static uint64_t state;

void fuzz_seed(uint64_t seed)
{
	state = seed * 0x9e3779b97f4a7c15ull + 1;
}

/* xorshift64* */
uint32_t fuzz_random(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545f4914f6cdd1dull) >> 32;
}

uint32_t fuzz_below(uint32_t below)
{
	return fuzz_random() % below;
}

int fuzz_once_in(uint32_t times)
{
	return fuzz_below(times) == 0;
}

#define ARENA	(1u << 20)

static uint8_t *arena(void)
{
	static uint8_t *memory;

	if (!memory)
		memory = mmap(NULL, ARENA, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return memory;
}

static uint64_t read_only_page(void)
{
	static void *page;

	if (!page)
		page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return (uintptr_t)page;
}

uint64_t fuzz_address(void)
{
	switch (fuzz_below(16)) {
	case 0:
		return 0;
	case 1:
		return fuzz_random();
	case 2:
		return (uint64_t)fuzz_random() << 32 | fuzz_random();
	case 3:
		return read_only_page();
	case 4:	/* runs out of the mapping */
		return (uintptr_t)arena() + ARENA - fuzz_below(600);
	default:
		return (uintptr_t)arena() + fuzz_below(ARENA / 2);
	}
}

void fuzz_blind(void)
{
	static const unsigned long known[] = {
		MHVTL_IOC_INFO, MHVTL_IOC_ATTACH, MHVTL_IOC_DETACH, MHVTL_IOC_EXCHANGE,
	};
	uint32_t argument[32];
	unsigned int i;
	int fd = unit_open();

	for (;;) {
		unsigned long request = fuzz_once_in(3) ? fuzz_random() : known[fuzz_below(4)];

		for (i = 0; i < 32; i++)
			argument[i] = fuzz_once_in(2) ? fuzz_below(8) : fuzz_random();
		/* Memory of ours, whatever it does with it: the structures name other addresses. */
		for (i = 0; i < 32; i += 2)
			if (fuzz_once_in(2))
				memcpy(&argument[i], &(uint64_t){ fuzz_address() }, 8);
		ioctl(fd, request, fuzz_once_in(8) ? (void *)(uintptr_t)fuzz_address() : argument);
		if (fuzz_once_in(50)) {
			close(fd);
			fd = unit_open();
		}
	}
}

static void maybe32(uint32_t *field)
{
	if (fuzz_once_in(40))
		*field = fuzz_once_in(2) ? fuzz_below(300) : fuzz_random();
}

static void maybe8(uint8_t *field)
{
	if (fuzz_once_in(40))
		*field = fuzz_random();
}

static int become_unit(unsigned int number)
{
	struct mhvtl_attach attach = {
		.unit = number, .target = 60 + number % 8, .lun = number % 2,
		.queue_depth = 1 + fuzz_below(32),
		.grace_ms = fuzz_once_in(2) ? 0 : fuzz_below(1500),
	};
	int fd = unit_open();

	maybe32(&attach.unit);
	maybe32(&attach.channel);
	maybe32(&attach.target);
	maybe32(&attach.lun);
	maybe32(&attach.queue_depth);
	maybe32(&attach.reserved);
	if (unit_attach(fd, &attach)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* What a request gets: often right, so that the scan makes devices of the unit. */
static void make_reply(const struct mhvtl_request *request, struct mhvtl_reply *reply,
		       struct mhvtl_exchange *exchange)
{
	static const uint8_t inquiry[36] = "\x01\x80\x05\x02\x1f\x00\x00\x02"
		"MHVTL   FUZZ            0001";

	memset(reply, 0, sizeof(*reply));
	reply->id = request->id;
	exchange->data_in = fuzz_address();
	exchange->data_in_length = 0;
	if (request->type == MHVTL_REQ_COMMAND && request->cdb[0] == 0x12) {
		uint32_t length = request->data_in_room < 36 ? request->data_in_room : 36;

		exchange->data_in = (uintptr_t)inquiry;
		exchange->data_in_length = length;
	} else if (request->direction == MHVTL_DATA_IN) {
		exchange->data_in_length = fuzz_below(request->data_in_room + 2);
	}
	reply->transferred = request->direction == MHVTL_DATA_OUT ?
		fuzz_below(request->data_out_length + 2) : exchange->data_in_length;
	if (fuzz_once_in(4)) {
		reply->status = 2;
		reply->sense_length = 18;
		reply->sense[0] = 0x70;
		reply->sense[2] = fuzz_below(16);
	}
	if (fuzz_once_in(30))
		reply->id = fuzz_random();
	maybe32(&reply->transferred);
	maybe32(&exchange->data_in_length);
	maybe8(&reply->status);
	maybe8(&reply->sense_length);
	maybe8(&reply->response);
	maybe8(&reply->reserved);
	maybe8(&reply->sense[0]);
}

static void serve(int fd)
{
	struct mhvtl_request request;
	struct mhvtl_reply reply;
	struct mhvtl_exchange exchange = {};
	int ret, calls = 200 + fuzz_below(4000);

	while (calls--) {
		exchange.request = fuzz_once_in(50) ? fuzz_address() : (uintptr_t)&request;
		exchange.data_out = fuzz_address();
		exchange.data_out_size = fuzz_once_in(10) ? fuzz_random() : ARENA / 2;
		exchange.wait_us = fuzz_once_in(10) ? fuzz_random() : 0;
		ret = unit_exchange(fd, &exchange);
		/* A refused reply leaves its request in flight: sometimes it is never answered. */
		exchange.reply = 0;
		if (ret == -ESHUTDOWN || ret == -ENOTCONN)
			return;
		if (ret <= 0 || exchange.request != (uintptr_t)&request) {
			poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 2);
		} else if (!fuzz_once_in(60)) {
			make_reply(&request, &reply, &exchange);
			exchange.reply = fuzz_once_in(60) ? fuzz_address() : (uintptr_t)&reply;
		}
	}
}

void fuzz_owner(unsigned int number)
{
	for (;;) {
		int fd = become_unit(number);

		if (fd < 0) {
			usleep(1000);
			continue;
		}
		serve(fd);
		if (fuzz_once_in(2))
			ioctl(fd, MHVTL_IOC_DETACH);
		close(fd);
	}
}
