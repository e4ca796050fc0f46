/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz.h - processes that do wrong on purpose, each until it is killed. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>

/* A small generator of one's own: the same seed gives the same calls anywhere. */
void fuzz_seed(uint64_t seed);
uint32_t fuzz_random(void);
/* 0 to below - 1. */
uint32_t fuzz_below(uint32_t below);
/* True once in so many times. */
int fuzz_once_in(uint32_t times);
/* An address: mostly of real memory, sometimes of none, of the kernel, of memory that may not be written. */
uint64_t fuzz_address(void);

/* Calls whose numbers and structures are chance. */
void fuzz_blind(void);			/* fuzz-owner.c */
/* A unit that mostly keeps to the interface, so that it gets far, and breaks it in every field. */
void fuzz_owner(unsigned int number);
/* Commands, resets, short timeouts at whatever devices there are. */
void fuzz_initiator(void);		/* fuzz-initiator.c */
/* Deletes devices and lets ports scan, by sysfs. */
void fuzz_administrator(void);

#endif
