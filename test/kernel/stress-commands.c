// SPDX-License-Identifier: GPL-2.0-or-later
/* stress-commands.c - many commands to units that stay: alone, many at once, under resets, to stopped owners. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "initiator.h"
#include "stress.h"
#include "tap.h"
#include "traffic.h"

/* glibc's <scsi/sg.h> lacks it; a value of the kernel's ABI. */
#define RESET_TARGET	4

/* What every unit is given to keep. */
static const uint8_t *pattern(void)
{
	static uint8_t bytes[TRAFFIC_LENGTH];
	unsigned int i;

	for (i = 0; !bytes[1] && i < TRAFFIC_LENGTH; i++)
		bytes[i] = i * 7 + (i >> 8);
	return bytes;
}

static bool give_pattern(int sg)
{
	struct command store = vendor(sg, OP_STORE, SG_DXFER_TO_DEV, (void *)pattern(), TRAFFIC_LENGTH);

	/* A unit attention first. */
	test_unit_ready(sg);
	command_run(&store);
	return !store.error && !(store.end.info & SG_INFO_CHECK);
}

/* Every eighth carries data. */
void stress_commands(unsigned int times)
{
	struct unit *unit = unit_start(400, 100, 0, 0);
	unsigned long count = 50000ul * times, bad = 0, i;
	int sg = sg_open(unit, 0);
	uint8_t *data = malloc(TRAFFIC_LENGTH);
	struct command recall;

	ok(give_pattern(sg), "a unit keeps what it is given");
	for (i = 0; i < count; i++) {
		if (i % 8) {
			bad += test_unit_ready(sg) != 0;
			continue;
		}
		recall = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, data, 1 + i % 60000);
		command_run(&recall);
		bad += recall.error || recall.end.resid || memcmp(data, pattern(), recall.length);
	}
	is(bad, 0, "%lu commands, each GOOD and with its data", count);
	free(data);
	close(sg);
	unit_stop(unit);
}

#define UNITS	64

void stress_units(unsigned int times)
{
	struct traffic traffic[UNITS] = {};
	struct unit *units[UNITS];
	unsigned long good = 0, wrong = 0;
	unsigned int i, served = 0;

	for (i = 0; i < UNITS; i++)
		units[i] = unit_start(400 + i, 100 + i / 8, i % 8, 0);
	for (i = 0; i < UNITS; i++) {
		traffic[i].sg = sg_open(units[i], 0);
		traffic[i].expected = give_pattern(traffic[i].sg) ? pattern() : NULL;
	}
	/* Not before: what starts under the traffic of many takes long on one processor; and so does what ends. */
	for (i = 0; i < UNITS; i++)
		traffic_start(&traffic[i], traffic[i].sg);
	usleep(5000000ul * times);
	for (i = 0; i < UNITS; i++)
		traffic[i].stop = 1;
	for (i = 0; i < UNITS; i++) {
		traffic_stop(&traffic[i]);
		good += traffic[i].good;
		wrong += traffic[i].wrong;
		served += traffic[i].expected && traffic[i].good;
		unit_stop(units[i]);
	}
	is(served, UNITS, "%u units at once, all served", UNITS);
	is(wrong, 0, "%lu commands, each with its own unit's data", good);
}

/* Commands that are never answered, given up after milliseconds: a storm of aborts. */
struct storm {
	int sg;
	atomic_int stop;
	unsigned long held, resets;
};

static void *abort_thread(void *argument)
{
	struct storm *storm = argument;
	uint8_t data[16];
	struct command command;

	while (!storm->stop) {
		command = vendor(storm->sg, OP_HOLD, SG_DXFER_FROM_DEV, data, sizeof(data));
		command.timeout_ms = 20;
		command_run(&command);
		storm->held++;
	}
	return NULL;
}

static void *reset_thread(void *argument)
{
	static const int kinds[] = { SG_SCSI_RESET_DEVICE, RESET_TARGET, SG_SCSI_RESET_BUS,
				     SG_SCSI_RESET_HOST };
	struct storm *storm = argument;

	while (!storm->stop) {
		int kind = kinds[storm->resets++ % 4];

		ioctl(storm->sg, SG_SCSI_RESET, &kind);
		usleep(20000);
	}
	return NULL;
}

void stress_resets(unsigned int times)
{
	struct unit *unit = unit_start(400, 100, 0, 0), *sibling = unit_start(401, 100, 1, 0);
	struct traffic traffic = {};
	struct storm storm = { .sg = sg_open(unit, 0) };
	pthread_t threads[2];

	traffic_start(&traffic, sg_open(sibling, 0));
	pthread_create(&threads[0], NULL, abort_thread, &storm);
	pthread_create(&threads[1], NULL, reset_thread, &storm);
	sleep(8 * times);
	storm.stop = 1;
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	traffic_stop(&traffic);
	printf("# the owner was told of %u aborts, %u and %u resets\n", unit->seen->tmf[1],
	       unit->seen->tmf[2], unit->seen->tmf[3]);
	ok(storm.held && storm.resets, "%lu commands given up, %lu resets", storm.held,
	   storm.resets);
	is(traffic.wrong, 0, "a sibling's %lu commands: none GOOD without its data", traffic.good);
	test_unit_ready(storm.sg);
	is(test_unit_ready(storm.sg), 0, "the unit works afterwards");
	close(storm.sg);
	unit_stop(unit);
	unit_stop(sibling);
}

void stress_stops(unsigned int times)
{
	struct unit *unit = unit_fork(400, 100, 0, 60000);
	struct traffic traffic = {};
	int sg = sg_open(unit, 0);
	unsigned int round, rounds = 10 * times, good = 0, i;
	struct command command;
	uint8_t data[16];

	traffic_start(&traffic, sg_open(unit, 0));
	for (round = 0; round < rounds; round++) {
		kill(unit->pid, SIGSTOP);
		command = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, data, sizeof(data));
		command.timeout_ms = 100;
		command_run(&command);
		kill(unit->pid, SIGCONT);
		for (i = 0; i < 3 && test_unit_ready(sg); i++)
			;
		good += i < 3;
	}
	traffic_stop(&traffic);
	is(good, rounds, "%u times stopped past a time-out, continued, and ready again", rounds);
	is(traffic.wrong, 0, "%lu commands, none GOOD without its data", traffic.good);
	close(sg);
	unit_stop(unit);
}
