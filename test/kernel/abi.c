// SPDX-License-Identifier: GPL-2.0-or-later
/* abi.c - checks mhvtl.ko against kernel/mhvtl.h; run as root with the module
 * loaded and nothing attached. Prints TAP. With "leave-orphan" it does nothing
 * but leave one.
 */
#include <stdio.h>
#include <string.h>

#include "abi.h"
#include "tap.h"

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
