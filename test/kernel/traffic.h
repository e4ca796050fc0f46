/* SPDX-License-Identifier: GPL-2.0-or-later */
/* traffic.h - commands without end, of any outcome, until told to stop. */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <pthread.h>
#include <stdatomic.h>

#define TRAFFIC_LENGTH	100000

/* One thread that reads what the unit keeps. */
struct traffic {
	int sg;
	atomic_int stop;
	/* What the unit keeps; NULL: not known, as after the death of an owner. */
	const void *expected;
	/* Commands; those that ended GOOD with less data than asked for, or with other data. */
	unsigned long done, good, wrong;
	pthread_t thread;
};

/* Starts; the descriptor is the traffic's from now on. */
void traffic_start(struct traffic *traffic, int sg);
/* Stops, and closes the descriptor. */
void traffic_stop(struct traffic *traffic);

#endif
