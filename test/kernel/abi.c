// SPDX-License-Identifier: GPL-2.0-or-later
/* abi.c - checks mhvtl.ko against kernel/mhvtl.h; run as root with the module
 * loaded and nothing attached. Prints TAP. With "leave-orphan" it does nothing
 * but leave one.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi.h"
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

int main(int count, char **arguments)
{
	if (count > 1 && !strcmp(arguments[1], "leave-orphan")) {
		leave_orphan();
		return 0;
	}
	printf("TAP version 13\n");
	check_errnos();
	check_exchange();
	check_data();
	check_target();
	check_tmf();
	check_owner();
	check_many();
	printf("1..%u\n", tap_count);
	return tap_failed > 0;
}
