// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fuzz.c - rounds of misbehaving owners and initiators that are killed and stopped at random.
 * What is checked: every process can be killed, and afterwards a well-behaved unit works. The rest is the
 * kernel's to say: the lab looks for warnings in its log.
 * usage: fuzz SECONDS [SEED]; FUZZ_FAIL=1 in the environment lets allocations and copies fail, too
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"
#include "initiator.h"
#include "tap.h"

#define OWNERS		4
#define INITIATORS	3
#define PROCESSES	(OWNERS + INITIATORS + 2)

static int allow_failures;

static void fail_from_now_on(void)
{
	int fd = open("/proc/self/make-it-fail", O_WRONLY);

	if (fd >= 0 && write(fd, "1", 1) == 1)
		close(fd);
}

static void run(unsigned int role)
{
	if (allow_failures)
		fail_from_now_on();
	if (role < OWNERS)
		fuzz_owner(200 + role);
	else if (role < OWNERS + INITIATORS)
		fuzz_initiator();
	else if (role == PROCESSES - 1)
		fuzz_blind();
	else
		fuzz_administrator();
}

static pid_t start(unsigned int role, uint64_t seed)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid) {
		fuzz_seed(seed);
		run(role);
		_exit(0);
	}
	return pid;
}

/* Whether a killed process ends; one in the kernel for a minute is stuck. */
static int ends(pid_t pid)
{
	unsigned int tries = 6000;

	kill(pid, SIGKILL);
	while (tries--) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return 1;
		usleep(10000);
	}
	return 0;
}

/* Returns how many processes could not be killed. */
static unsigned int round_of(uint64_t seed)
{
	pid_t pids[PROCESSES];
	unsigned int i, stuck = 0, disturbances = 2 + fuzz_below(10);

	for (i = 0; i < PROCESSES; i++)
		pids[i] = start(i, seed * 1000 + i);
	while (disturbances--) {
		i = fuzz_below(PROCESSES);
		usleep(1000 * fuzz_below(200));
		if (fuzz_once_in(3)) {
			kill(pids[i], SIGSTOP);
			usleep(1000 * fuzz_below(300));
			kill(pids[i], SIGCONT);
		} else if (ends(pids[i])) {
			pids[i] = start(i, fuzz_random());
		}
	}
	for (i = 0; i < PROCESSES; i++)
		stuck += !ends(pids[i]);
	return stuck;
}

static void check_alive(void)
{
	static const char text[] = "still there";
	char back[sizeof(text)] = "";
	struct unit *unit = unit_start(300, 90, 0, 0);
	int sg = sg_open(unit, 0);
	struct command store = vendor(sg, OP_STORE, SG_DXFER_TO_DEV, (void *)text, sizeof(text));
	struct command recall = vendor(sg, OP_RECALL, SG_DXFER_FROM_DEV, back, sizeof(back));

	/* Two unit attentions at most: a new device, and a port that was reset. */
	test_unit_ready(sg);
	command_run(&store);
	command_run(&recall);
	ok(!strcmp(back, text), "a well-behaved unit works afterwards");
	close(sg);
	unit_stop(unit);
}

int main(int argc, char **argv)
{
	unsigned int seconds = argc > 1 ? strtoul(argv[1], NULL, 10) : 30;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
	long long end = now_ms() + seconds * 1000ll;
	unsigned int rounds = 0, stuck = 0;

	allow_failures = getenv("FUZZ_FAIL") != NULL;
	printf("# seed %llu\n", (unsigned long long)seed);
	fuzz_seed(seed);
	while (now_ms() < end && !stuck)
		stuck += round_of(seed + rounds++);
	printf("# %u rounds\n", rounds);
	is(stuck, 0, "every process could be killed");
	check_alive();
	printf("1..%u\n", tap_count);
	return tap_failed ? 1 : 0;
}
