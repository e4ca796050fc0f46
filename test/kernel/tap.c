// SPDX-License-Identifier: GPL-2.0-or-later
/* tap.c - test points and their count. */
#include <stdarg.h>
#include <stdio.h>

#include "tap.h"

unsigned int tap_count, tap_failed;

bool ok(bool passed, const char *name, ...)
{
	va_list arguments;

	tap_count++;
	tap_failed += !passed;
	printf("%sok %u - ", passed ? "" : "not ", tap_count);
	va_start(arguments, name);
	vprintf(name, arguments);
	va_end(arguments);
	putchar('\n');
	fflush(stdout);
	return passed;
}

bool is(long got, long wanted, const char *name, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, name);
	vsnprintf(text, sizeof(text), name, arguments);
	va_end(arguments);
	if (!ok(got == wanted, "%s", text))
		printf("# got %ld (%#lx), wanted %ld (%#lx)\n", got, got, wanted, wanted);
	return got == wanted;
}
