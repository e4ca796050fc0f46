// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_queue.c - the commands a unit holds.
 *
 * A command is finished by the one who took it off the unit's lists, and only
 * by that one. Between taking it off and scsi_done() the mid-layer may time it
 * out and give it to error handling, for which scsi_done() is then without
 * effect, but which must not free the command under our feet. So that stretch
 * is an RCU read section, and each error handler ends with synchronize_rcu().
 */
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>

#include "mhvtl_priv.h"

/**
 * mhvtl_unit_wake - tell the owner that something waits
 * @unit: its lock is held
 */
void mhvtl_unit_wake(struct mhvtl_unit *unit)
{
	if (unit->owner)
		wake_up_interruptible_poll(&unit->owner->readable, EPOLLIN);
}

/**
 * mhvtl_unit_readable - does something wait to be fetched, or is it all over?
 * @unit: its lock is not needed: the caller looks again under it
 */
bool mhvtl_unit_readable(struct mhvtl_unit *unit)
{
	return !list_empty(&unit->pending) || !list_empty(&unit->tmf_pending) ||
	       READ_ONCE(unit->attached_event) ||
	       READ_ONCE(unit->state) == MHVTL_GONE;
}

/**
 * mhvtl_cmd_submit - queue a command for the owner
 * @unit: who is to answer it
 * @cmd: idle
 *
 * Return: false when nobody is there to answer.
 */
bool mhvtl_cmd_submit(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd)
{
	unsigned long flags;
	bool attached;

	cmd->queued_ns = ktime_get_ns();
	spin_lock_irqsave(&unit->lock, flags);
	attached = unit->state == MHVTL_ATTACHED;
	if (attached) {
		cmd->id = ++unit->last_id;
		cmd->state = MHVTL_CMD_PENDING;
		list_add_tail(&cmd->node, &unit->pending);
		mhvtl_unit_wake(unit);
	}
	spin_unlock_irqrestore(&unit->lock, flags);
	return attached;
}

/**
 * mhvtl_cmd_finish - end a command that moved no data
 * @scmd: not on any list of ours
 * @host_byte: DID_*
 */
void mhvtl_cmd_finish(struct scsi_cmnd *scmd, u8 host_byte)
{
	scsi_set_resid(scmd, scsi_bufflen(scmd));
	scmd->result = host_byte << 16;
	scsi_done(scmd);
}

/**
 * mhvtl_cmd_find - the command in flight a reply is about
 * @unit: its lock is held
 * @id: mhvtl_reply.id
 *
 * Return: NULL if there is none that can be claimed.
 */
struct mhvtl_cmd *mhvtl_cmd_find(struct mhvtl_unit *unit, u64 id)
{
	struct mhvtl_cmd *cmd;

	list_for_each_entry(cmd, &unit->in_flight, node)
		if (cmd->id == id)
			return cmd->state == MHVTL_CMD_IN_FLIGHT ? cmd : NULL;
	return NULL;
}

/**
 * mhvtl_cmd_claim - keep everybody else away from a command for a moment
 * @unit: its lock is held
 * @cmd: pending or in flight
 *
 * The claimer must not sleep before mhvtl_cmd_release(): an abort waits for it.
 */
void mhvtl_cmd_claim(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd)
{
	cmd->state = MHVTL_CMD_CLAIMED;
	list_move_tail(&cmd->node, &unit->in_flight);
}

/**
 * mhvtl_cmd_release - end a claim
 * @unit: who holds the command
 * @cmd: claimed by the caller, who may not look at it any more afterwards
 * @next: MHVTL_CMD_PENDING, MHVTL_CMD_IN_FLIGHT, or MHVTL_CMD_IDLE: result,
 *	sense and residual are set, and the command is done
 *
 * Return: false when the command was revoked during the claim and has ended.
 */
bool mhvtl_cmd_release(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd,
		       enum mhvtl_cmd_state next)
{
	bool revoked;

	rcu_read_lock();
	spin_lock_irq(&unit->lock);
	revoked = cmd->state == MHVTL_CMD_REVOKED;
	if (revoked) {
		next = MHVTL_CMD_IDLE;
		if (!--unit->revoked)
			wake_up_all(&unit->settled);
	}
	cmd->state = next;
	if (next == MHVTL_CMD_IDLE)
		list_del(&cmd->node);
	else if (next == MHVTL_CMD_PENDING)
		list_move(&cmd->node, &unit->pending);
	spin_unlock_irq(&unit->lock);

	if (revoked)
		mhvtl_cmd_finish(cmd->scmd, cmd->host_byte);
	else if (next == MHVTL_CMD_IDLE)
		scsi_done(cmd->scmd);
	rcu_read_unlock();
	return !revoked;
}

/* Takes one command off the lists, or tells its claimer to; lock held. */
static void mhvtl_cmd_take(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd,
			   u8 host_byte, struct list_head *taken)
{
	if (cmd->state == MHVTL_CMD_REVOKED)
		return;
	if (cmd->state == MHVTL_CMD_CLAIMED) {
		cmd->state = MHVTL_CMD_REVOKED;
		cmd->host_byte = host_byte;
		unit->revoked++;
		return;
	}
	cmd->state = MHVTL_CMD_IDLE;
	list_move_tail(&cmd->node, taken);
}

/** mhvtl_unit_settle - wait until no command is in MHVTL_CMD_REVOKED */
void mhvtl_unit_settle(struct mhvtl_unit *unit)
{
	wait_event(unit->settled, !READ_ONCE(unit->revoked));
}

/**
 * mhvtl_cmd_abort - take a command back for error handling, which owns it then
 * @unit: who holds it, or not any more
 * @cmd: timed out, so that scsi_done() has no effect on it
 *
 * Return: whether the owner has seen the command and should be told.
 */
bool mhvtl_cmd_abort(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd)
{
	LIST_HEAD(taken);
	bool known = false;

	spin_lock_irq(&unit->lock);
	if (cmd->state != MHVTL_CMD_IDLE) {
		known = cmd->state != MHVTL_CMD_PENDING;
		mhvtl_cmd_take(unit, cmd, DID_ABORT, &taken);
		list_del_init(&taken);
	}
	spin_unlock_irq(&unit->lock);
	mhvtl_unit_settle(unit);
	return known;
}

/**
 * mhvtl_cmd_take_all - take every command off the lists
 * @unit: its lock is held, and the RCU read lock
 * @host_byte: DID_* for those whose claimer has to end them
 * @taken: gets the others, for mhvtl_cmd_finish_all()
 */
void mhvtl_cmd_take_all(struct mhvtl_unit *unit, u8 host_byte,
			struct list_head *taken)
{
	struct mhvtl_cmd *cmd, *next;

	list_for_each_entry_safe(cmd, next, &unit->in_flight, node)
		mhvtl_cmd_take(unit, cmd, host_byte, taken);
	list_for_each_entry_safe(cmd, next, &unit->pending, node)
		mhvtl_cmd_take(unit, cmd, host_byte, taken);
}

/**
 * mhvtl_cmd_finish_all - end the commands that were taken
 * @taken: from mhvtl_cmd_take_all(), in the same RCU read section
 * @host_byte: DID_* they end with
 */
void mhvtl_cmd_finish_all(struct list_head *taken, u8 host_byte)
{
	struct mhvtl_cmd *cmd, *next;

	list_for_each_entry_safe(cmd, next, taken, node)
		mhvtl_cmd_finish(cmd->scmd, host_byte);
}
