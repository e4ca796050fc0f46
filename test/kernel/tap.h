/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tap.h - the Test Anything Protocol, as far as these tests need it. */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>

extern unsigned int tap_count, tap_failed;

/* One test point; returns whether it passed. */
bool ok(bool passed, const char *name, ...) __attribute__((format(printf, 2, 3)));
/* The same for two numbers that must be equal; tells them if they are not. */
bool is(long got, long wanted, const char *name, ...) __attribute__((format(printf, 3, 4)));

#endif
