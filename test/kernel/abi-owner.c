// SPDX-License-Identifier: GPL-2.0-or-later
/* abi-owner.c - the death of an owner, takeover, the grace period. */
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "abi.h"
#include "initiator.h"
#include "tap.h"

#define HOST_NO_CONNECT		0x01
#define HOST_DISRUPTED		0x0e

static void *serve_thread(void *argument)
{
	struct unit *unit = argument;

	unit_serve(unit->fd, unit->seen);
	return NULL;
}

static void check_takeover(void)
{
	struct unit *unit = unit_fork(40, 13, 0, 60000), *heir;
	int sg = sg_open(unit, 0);
	struct command command = vendor(sg, OP_HOLD, SG_DXFER_NONE, NULL, 0);
	unsigned int count = unit->seen->commands;
	long long start;

	command_start(&command);
	wait_for(&unit->seen->commands, count + 1, 5);
	start = now_ms();
	unit_kill(unit);
	command_join(&command);
	is(command.end.host_status, HOST_DISRUPTED, "the owner dies: DID_TRANSPORT_DISRUPTED");
	ok(now_ms() - start < 1000, "at once");
	start = now_ms();
	is(test_unit_ready(sg), HOST_NO_CONNECT << 16, "an orphan: DID_NO_CONNECT");
	ok(now_ms() - start < 1000, "at once");

	heir = unit_start(40, 13, 0, 60000);
	is(heir->address.takeover, 1, "takeover");
	is(heir->seen->port[0].error, 0, "with its device");
	is(test_unit_ready(sg), 0, "the initiator goes on with the descriptor it has");
	unit_stop(heir);
	is(test_unit_ready(sg), -ENODEV, "after DETACH its device is gone");
	close(sg);
}

static void check_grace(void)
{
	struct unit *unit = unit_fork(41, 14, 0, 1500), *next;
	struct mhvtl_attached at = unit->seen->port[0];
	struct mhvtl_attach attach = { .unit = 43, .target = 14, .queue_depth = 1 };
	int fd = unit_open(), tries = 200;

	ok(sg_exists(&at), "a device");
	unit_kill(unit);
	ok(sg_exists(&at), "stays for the grace period");
	is(unit_attach(fd, &attach), EADDRINUSE, "and keeps its address");
	close(fd);
	usleep(1000000);
	ok(sg_exists(&at), "a second later still");
	while (sg_exists(&at) && tries--)
		usleep(10000);
	ok(!sg_exists(&at), "then it is removed");

	unit = unit_fork(42, 14, 0, 0);
	at = unit->seen->port[0];
	unit_kill(unit);
	tries = 100;
	while (sg_exists(&at) && tries--)
		usleep(10000);
	ok(!sg_exists(&at), "without grace it is removed at once");

	unit = unit_fork(44, 15, 0, 60000);
	at = unit->seen->port[0];
	unit_kill(unit);
	next = unit_start(44, 16, 0, 0);
	is(next->address.takeover, 0, "an orphan of another address is not taken over");
	ok(!sg_exists(&at), "but removed");
	ok(sg_exists(&next->seen->port[0]), "for the new unit");
	unit_stop(next);
}

/* The owner goes away in the middle of the scan. */
static void check_scan(void)
{
	struct mhvtl_attach attach = { .unit = 45, .target = 17, .queue_depth = 1,
				       .grace_ms = 60000 };
	struct unit *unit;
	int fd = unit_open();

	is(unit_attach(fd, &attach), 0, "ATTACH");
	usleep(100000);
	close(fd);
	unit = unit_start(45, 17, 0, 0);
	is(unit->address.takeover, 1, "takeover in the middle of a scan");
	is(unit->seen->attached, 1, "the scan ends");
	is(unit->seen->port[0].error, 0, "with a device");
	unit_stop(unit);
}

/* Who may play a tape drive may not play a disk. */
static void check_types(void)
{
	static const struct {
		uint8_t type;
		const char *name;
	} types[] = {
		{ 0x00, "disk" }, { 0x05, "CD drive" }, { 0x0e, "simple disk" }, { 0x14, "zoned disk" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct unit unit = {
			.seen = seen_new(), .fd = unit_open(),
			.address = { .unit = 46, .target = 19, .queue_depth = 4 },
		};

		unit.seen->type = types[i].type;
		is(unit_attach(unit.fd, &unit.address), 0, "ATTACH of a %s", types[i].name);
		pthread_create(&unit.thread, NULL, serve_thread, &unit);
		wait_for(&unit.seen->attached, 1, 20);
		ok(unit.seen->port[0].error != 0, "gets no device");
		unit.seen->stop = 1;
		pthread_join(unit.thread, NULL);
		ioctl(unit.fd, MHVTL_IOC_DETACH);
		close(unit.fd);
	}
}

void check_owner(void)
{
	check_takeover();
	check_grace();
	check_scan();
	check_types();
}

void leave_orphan(void)
{
	unit_kill(unit_fork(99, 99, 0, MHVTL_MAX_GRACE_MS));
}
