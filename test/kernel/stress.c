// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stress.c - much of everything that owners and initiators may do. The lab looks for warnings in the kernel's log.
 * usage: stress TIMES [ROW...]: so many times as long as the short form
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "initiator.h"
#include "stress.h"
#include "tap.h"

static const struct row {
	const char *name;
	void (*run)(unsigned int times);
} rows[] = {
	{ "commands", stress_commands },
	{ "units", stress_units },
	{ "resets", stress_resets },
	{ "stops", stress_stops },
	{ "attach", stress_attach },
	{ "removal", stress_removal },
	{ "kill", stress_kill },
	{ "sysfs", stress_sysfs },
};

static int is_wanted(const char *name, int argc, char **argv)
{
	int i;

	for (i = 2; i < argc; i++)
		if (!strcmp(argv[i], name))
			return 1;
	return argc <= 2;
}

int main(int argc, char **argv)
{
	struct sched_param first = { .sched_priority = 1 };
	unsigned int times = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
	const struct row *row;
	long long start;

	setvbuf(stdout, NULL, _IOLBF, 0);
	/* In a slow kernel with one processor who starts and stops the others would wait for its turn among a hundred. */
	if (sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first))
		perror("# sched_setscheduler");
	for (row = rows; row < rows + sizeof(rows) / sizeof(rows[0]); row++) {
		if (!is_wanted(row->name, argc, argv))
			continue;
		start = now_ms();
		row->run(times);
		printf("# %s: %lld s\n", row->name, (now_ms() - start) / 1000);
	}
	printf("1..%u\n", tap_count);
	return tap_failed || !tap_count ? 1 : 0;
}
