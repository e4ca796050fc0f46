/* SPDX-License-Identifier: GPL-2.0-or-later */
/* abi.h - the groups of checks, in the order they run. */
#ifndef ABI_H
#define ABI_H

void check_errnos(void);	/* abi-errnos.c */
void check_exchange(void);
void check_data(void);		/* abi-data.c */
void check_target(void);
void check_tmf(void);		/* abi-tmf.c */
void check_owner(void);		/* abi-owner.c */
void leave_orphan(void);
void check_many(void);		/* abi-many.c */

#endif
