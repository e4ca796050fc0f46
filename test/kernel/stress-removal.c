// SPDX-License-Identifier: GPL-2.0-or-later
/* stress-removal.c - units and devices that come and go, idle and under traffic. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "initiator.h"
#include "stress.h"
#include "tap.h"
#include "traffic.h"

void stress_attach(unsigned int times)
{
	unsigned int round, rounds = 40 * times, there = 0, gone = 0;

	for (round = 0; round < rounds; round++) {
		struct unit *unit = unit_start(400, 100 + round % 50, round % 3, 0);
		struct mhvtl_attached at = unit->seen->port[0];
		int sg = sg_open(unit, 0);

		there += test_unit_ready(sg) == 0;
		close(sg);
		unit_stop(unit);
		gone += !sg_exists(&at);
	}
	is(there, rounds, "%u units attached, each with a device that works", rounds);
	is(gone, rounds, "and detached, each without a device");
}

#define STREAMS	3

static void start_streams(struct traffic *streams, const struct unit *unit)
{
	unsigned int i;

	memset(streams, 0, STREAMS * sizeof(*streams));
	for (i = 0; i < STREAMS; i++)
		traffic_start(&streams[i], sg_open(unit, 0));
}

static void stop_streams(struct traffic *streams, unsigned long *good, unsigned long *wrong)
{
	unsigned int i;

	for (i = 0; i < STREAMS; i++) {
		traffic_stop(&streams[i]);
		*good += streams[i].good;
		*wrong += streams[i].wrong;
	}
}

void stress_removal(unsigned int times)
{
	unsigned int round, rounds = 30 * times;
	unsigned long good = 0, wrong = 0;
	struct traffic streams[STREAMS];

	for (round = 0; round < rounds; round++) {
		struct unit *unit = unit_start(400, 100, 0, 0);

		start_streams(streams, unit);
		usleep(2000 * (round % 25));
		unit_stop(unit);
		stop_streams(streams, &good, &wrong);
	}
	ok(good > 0, "%u units detached under traffic: %lu commands", rounds, good);
	is(wrong, 0, "none GOOD without its data");
}

void stress_kill(unsigned int times)
{
	unsigned int round, rounds = 30 * times, taken = 0;
	unsigned long good = 0, wrong = 0;
	struct traffic streams[STREAMS];
	struct unit *unit = unit_fork(400, 100, 0, 60000);

	start_streams(streams, unit);
	for (round = 0; round < rounds; round++) {
		usleep(2000 * (round % 25));
		unit_kill(unit);
		unit = unit_fork(400, 100, 0, 60000);
		taken += unit->address.takeover;
	}
	stop_streams(streams, &good, &wrong);
	unit_stop(unit);
	is(taken, rounds, "%u owners killed under traffic, each replaced: %lu commands", rounds,
	   good);
	is(wrong, 0, "none GOOD without its data");
}

static void write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd >= 0 && write(fd, text, strlen(text)) < 0)
		printf("# %s does not take it\n", path);
	if (fd >= 0)
		close(fd);
}

void stress_sysfs(unsigned int times)
{
	unsigned int round, rounds = 20 * times, back = 0;
	unsigned long good = 0, wrong = 0;
	struct unit *unit = unit_start(400, 100, 0, 0);
	struct mhvtl_attached at = unit->seen->port[0];
	struct traffic streams[STREAMS];
	char delete[128], scan[64];

	snprintf(delete, sizeof(delete), "/sys/class/scsi_device/%u:%u:%u:%u/device/delete",
		 at.host, at.channel, at.target, at.lun);
	snprintf(scan, sizeof(scan), "/sys/class/scsi_host/host%u/scan", at.host);
	for (round = 0; round < rounds; round++) {
		start_streams(streams, unit);
		usleep(2000 * (round % 25));
		write_to(delete, "1");
		stop_streams(streams, &good, &wrong);
		write_to(scan, round % 2 ? "- - -" : "0 100 0");
		back += sg_exists(&at);
	}
	is(back, rounds, "%u times deleted by sysfs under traffic, scanned, and there again", rounds);
	is(wrong, 0, "%lu commands, none GOOD without its data", good);
	unit_stop(unit);
}
