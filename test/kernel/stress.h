/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stress.h - the rows of the stress test; each takes how many times as long it lasts as in the short form. */
#ifndef STRESS_H
#define STRESS_H

void stress_commands(unsigned int times);	/* stress-commands.c */
void stress_units(unsigned int times);
void stress_resets(unsigned int times);
void stress_stops(unsigned int times);
void stress_attach(unsigned int times);		/* stress-removal.c */
void stress_removal(unsigned int times);
void stress_kill(unsigned int times);
void stress_sysfs(unsigned int times);

#endif
