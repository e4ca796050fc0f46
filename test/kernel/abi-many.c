// SPDX-License-Identifier: GPL-2.0-or-later
/* abi-many.c - many units, many ports, many rounds; what an EXCHANGE costs. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "abi.h"
#include "initiator.h"
#include "tap.h"
#include "traffic.h"

#define UNITS	256
/* On one processor, which means User-Mode Linux, 256 units can take many minutes. */
#define UNITS_ON_ONE_PROCESSOR	32
#define ROUNDS	50

static void check_ports(void)
{
	struct mhvtl_info info;
	struct unit *unit = unit_start(50, 18, 0, 0);
	unsigned int port;
	int sg;

	ioctl(unit->fd, MHVTL_IOC_INFO, &info);
	printf("# %u ports\n", info.ports);
	for (port = 0; port < info.ports; port++) {
		sg = sg_open(unit, port);
		is(test_unit_ready(sg), 0, "port %u works", port);
		close(sg);
	}
	unit_stop(unit);
}

static void check_units(unsigned int count)
{
	struct unit **units = calloc(count, sizeof(*units));
	unsigned int i, good = 0, free_again = 0;
	long long start = now_ms();
	int sg;

	for (i = 0; i < count; i++)
		units[i] = unit_start(100 + i, 20 + i / 16, i % 16, 0);
	printf("# %u units in %lld ms\n", count, now_ms() - start);
	for (i = 0; i < count; i++) {
		sg = sg_open(units[i], 0);
		good += test_unit_ready(sg) == 0;
		close(sg);
	}
	is(good, count, "%u units at once", count);
	for (i = 0; i < count; i++) {
		struct mhvtl_attached at = units[i]->seen->port[0];

		unit_stop(units[i]);
		free_again += !sg_exists(&at);
	}
	is(free_again, count, "and removed");
	free(units);
}

static void check_rounds(void)
{
	unsigned long done = 0, wrong = 0;
	unsigned int round, taken = 0;

	for (round = 0; round < ROUNDS; round++) {
		struct unit *unit = unit_fork(60, 40, 0, 60000), *heir;
		struct traffic traffic[2] = {};
		int i;

		for (i = 0; i < 2; i++)
			traffic_start(&traffic[i], sg_open(unit, 0));
		usleep(20000 + round * 500);
		unit_kill(unit);
		heir = unit_fork(60, 40, 0, 60000);
		taken += heir->address.takeover;
		usleep(20000);
		unit_stop(heir);
		for (i = 0; i < 2; i++) {
			traffic_stop(&traffic[i]);
			done += traffic[i].done;
			wrong += traffic[i].wrong;
		}
	}
	printf("# %lu commands\n", done);
	is(taken, ROUNDS, "%u rounds of kill, takeover, DETACH under traffic", ROUNDS);
	is(wrong, 0, "no command was GOOD without its data");
	ok(done > ROUNDS, "there was traffic");
}

static void check_cost(void)
{
	struct unit *unit = unit_start(70, 41, 0, 0);
	int sg = sg_open(unit, 0), i;
	struct mhvtl_exchange exchange = {};
	long long start = now_ms();

	for (i = 0; i < 5000; i++)
		unit_exchange(unit->fd, &exchange);
	printf("# EXCHANGE of nothing: %lld ns\n", (now_ms() - start) * 200);
	start = now_ms();
	for (i = 0; i < 5000; i++)
		getppid();
	printf("# getppid: %lld ns\n", (now_ms() - start) * 200);
	start = now_ms();
	for (i = 0; i < 2000; i++)
		test_unit_ready(sg);
	printf("# TEST UNIT READY: %lld ns\n", (now_ms() - start) * 500);
	close(sg);
	unit_stop(unit);
}

void check_many(void)
{
	check_ports();
	check_units(sysconf(_SC_NPROCESSORS_ONLN) > 1 ? UNITS : UNITS_ON_ONE_PROCESSOR);
	check_rounds();
	check_cost();
}
