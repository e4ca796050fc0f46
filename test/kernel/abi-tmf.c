// SPDX-License-Identifier: GPL-2.0-or-later
/* abi-tmf.c - time-outs, aborts, resets, and owners that do not answer. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "abi.h"
#include "initiator.h"
#include "tap.h"

#define HOST_TIME_OUT	0x03
#define HOST_RESET	0x08

/* glibc's <scsi/sg.h> lacks these two; values of the kernel's ABI. */
#define RESET_TARGET		4
#define RESET_NO_ESCALATE	0x100

/* With data: the mid-layer tries a command without data again after a reset. */
static struct command held(int sg, uint32_t timeout_ms)
{
	static uint8_t data[16];
	struct command command = vendor(sg, OP_HOLD, SG_DXFER_FROM_DEV, data, sizeof(data));

	command.timeout_ms = timeout_ms;
	return command;
}

static long reset(int sg, int what)
{
	what |= RESET_NO_ESCALATE;
	return ioctl(sg, SG_SCSI_RESET, &what) ? -errno : 0;
}

static void check_abort(struct unit *unit, int sg)
{
	struct command command = held(sg, 1000);

	unit->seen->answer_late = 1;
	command_run(&command);
	is(command.end.host_status, HOST_TIME_OUT, "a held command ends as timed out");
	is(unit->seen->tmf[MHVTL_TMF_ABORT_TASK], 1, "the owner was told once");
	ok(unit->seen->subject == unit->seen->held, "about this command");
	is(test_unit_ready(sg), 0, "the next command works");
	is(unit->seen->late_error, ESTALE, "a late reply: ESTALE");
}

static void check_reset(struct unit *unit, struct unit *sibling, int sg, int sibling_sg)
{
	struct command mine = held(sg, 20000), other = held(sibling_sg, 20000);
	unsigned int count = unit->seen->commands, sibling_count = sibling->seen->commands;

	command_start(&mine);
	command_start(&other);
	wait_for(&unit->seen->commands, count + 1, 5);
	wait_for(&sibling->seen->commands, sibling_count + 1, 5);
	is(reset(sg, SG_SCSI_RESET_DEVICE), 0, "logical unit reset");
	command_join(&mine);
	is(mine.end.host_status, HOST_RESET, "its command ends with DID_RESET");
	is(unit->seen->tmf[MHVTL_TMF_LOGICAL_UNIT_RESET], 1, "its owner was told");
	is(sibling->seen->tmf[MHVTL_TMF_LOGICAL_UNIT_RESET], 0, "the sibling's was not");
	is(reset(sg, RESET_TARGET), 0, "target reset");
	command_join(&other);
	is(other.end.host_status, HOST_RESET, "the sibling's command ends with DID_RESET");
	is(unit->seen->tmf[MHVTL_TMF_TARGET_RESET], 1, "its owner was told");
	is(sibling->seen->tmf[MHVTL_TMF_TARGET_RESET], 1, "the sibling's too");
	is(test_unit_ready(sg), 0, "the unit works");
	is(test_unit_ready(sibling_sg), 0, "the sibling works");
}

/* Nobody waits for an owner that is stopped but its own initiators. */
static void check_stopped(int sg)
{
	struct unit *stopped = unit_fork(33, 12, 0, 0);
	int stopped_sg = sg_open(stopped, 0), i;
	struct command command[3];
	long long start = now_ms(), worst = 0, before;

	kill(stopped->pid, SIGSTOP);
	for (i = 0; i < 3; i++) {
		command[i] = held(stopped_sg, 1000);
		command_start(&command[i]);
	}
	while (now_ms() - start < 8000) {
		before = now_ms();
		if (test_unit_ready(sg))
			break;
		if (now_ms() - before > worst)
			worst = now_ms() - before;
	}
	ok(worst < 500, "another unit answers meanwhile (at worst %lld ms)", worst);
	for (i = 0; i < 3; i++) {
		command_join(&command[i]);
		is(command[i].end.host_status, HOST_TIME_OUT, "held by a stopped owner: timed out");
	}
	is(reset(stopped_sg, SG_SCSI_RESET_DEVICE), -EIO, "a reset nobody answers fails");
	kill(stopped->pid, SIGCONT);
	is(test_unit_ready(stopped_sg), 0, "continued, it works again");
	ok(wait_for(&stopped->seen->tmf[MHVTL_TMF_LOGICAL_UNIT_RESET], 1, 5),
	   "and hears of the reset");
	close(stopped_sg);
	unit_stop(stopped);
}

void check_tmf(void)
{
	struct unit *unit = unit_start(30, 11, 0, 0), *sibling = unit_start(31, 11, 1, 0);
	int sg = sg_open(unit, 0), sibling_sg = sg_open(sibling, 0);

	check_abort(unit, sg);
	check_reset(unit, sibling, sg, sibling_sg);
	check_stopped(sg);
	close(sg);
	close(sibling_sg);
	unit_stop(sibling);
	unit_stop(unit);
}
