// SPDX-License-Identifier: GPL-2.0-or-later
/* traffic.c - commands without end, of any outcome, until told to stop. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "initiator.h"
#include "traffic.h"

static void *traffic_thread(void *argument)
{
	struct traffic *traffic = argument;
	uint8_t *data = malloc(TRAFFIC_LENGTH);
	struct command command;

	while (!traffic->stop) {
		memset(data, 0, TRAFFIC_LENGTH);
		command = vendor(traffic->sg, OP_RECALL, SG_DXFER_FROM_DEV, data, TRAFFIC_LENGTH);
		command_run(&command);
		traffic->done++;
		if (command.error)
			break;
		if (command.end.info & SG_INFO_CHECK)
			continue;
		traffic->good++;
		traffic->wrong += command.end.resid ||
			(traffic->expected && memcmp(data, traffic->expected, TRAFFIC_LENGTH));
	}
	free(data);
	return NULL;
}

void traffic_start(struct traffic *traffic, int sg)
{
	traffic->sg = sg;
	pthread_create(&traffic->thread, NULL, traffic_thread, traffic);
}

void traffic_stop(struct traffic *traffic)
{
	traffic->stop = 1;
	pthread_join(traffic->thread, NULL);
	close(traffic->sg);
}
