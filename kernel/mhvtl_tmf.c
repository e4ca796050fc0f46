// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_tmf.c - task management requests: told to the owner ahead of all
 * commands, and waited for by error handling.
 */
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "mhvtl_priv.h"

static struct mhvtl_tmf *mhvtl_tmf_alloc(u8 function, u32 port, u64 subject_id)
{
	struct mhvtl_tmf *tmf = kzalloc(sizeof(*tmf), GFP_NOIO);

	if (!tmf)
		return NULL;
	refcount_set(&tmf->refs, 2); /* the unit's and the caller's */
	init_completion(&tmf->answered);
	tmf->function = function;
	tmf->port = port;
	tmf->subject_id = subject_id;
	tmf->response = -1;
	return tmf;
}

/**
 * mhvtl_tmf_post - queue a task management request, ahead of all commands
 * @unit: whose owner is to be told
 * @function: MHVTL_TMF_*
 * @port: where it came from
 * @subject_id: the command of an ABORT TASK, else 0
 *
 * A reset ends all commands of the unit in the same critical section: what an
 * initiator sends when it sees the end of them must come after the reset.
 *
 * Return: the request, to be put by the caller; NULL if there is no owner or
 * no memory.
 */
struct mhvtl_tmf *mhvtl_tmf_post(struct mhvtl_unit *unit, u8 function,
				 u32 port, u64 subject_id)
{
	struct mhvtl_tmf *tmf = mhvtl_tmf_alloc(function, port, subject_id);
	LIST_HEAD(taken);
	bool attached;

	if (!tmf)
		return NULL;
	rcu_read_lock();
	spin_lock_irq(&unit->lock);
	if (function != MHVTL_TMF_ABORT_TASK)
		mhvtl_cmd_take_all(unit, DID_RESET, &taken);
	attached = unit->state == MHVTL_ATTACHED;
	if (attached) {
		tmf->id = ++unit->last_id;
		list_add_tail(&tmf->node, &unit->tmf_pending);
		mhvtl_unit_wake(unit);
	}
	spin_unlock_irq(&unit->lock);
	mhvtl_cmd_finish_all(&taken, DID_RESET);
	rcu_read_unlock();
	mhvtl_unit_settle(unit);
	if (attached)
		return tmf;
	kfree(tmf);
	return NULL;
}

/**
 * mhvtl_tmf_wait - wait for the owner's answer
 * @tmf: from mhvtl_tmf_post()
 * @deadline: jiffies
 *
 * Return: whether the owner did what was asked.
 */
bool mhvtl_tmf_wait(struct mhvtl_tmf *tmf, unsigned long deadline)
{
	long left = max_t(long, deadline - jiffies, 0);

	return wait_for_completion_timeout(&tmf->answered, left) &&
	       tmf->response == MHVTL_RSP_FUNCTION_COMPLETE;
}

/**
 * mhvtl_tmf_find - the task management request a reply is about
 * @unit: its lock is held
 * @id: mhvtl_reply.id
 */
struct mhvtl_tmf *mhvtl_tmf_find(struct mhvtl_unit *unit, u64 id)
{
	struct mhvtl_tmf *tmf;

	list_for_each_entry(tmf, &unit->tmf_in_flight, node)
		if (tmf->id == id)
			return tmf;
	return NULL;
}

/**
 * mhvtl_tmf_answer - end a task management request
 * @tmf: in a list of a unit whose lock is held
 * @response: MHVTL_RSP_*, or -1: it will not be answered
 */
void mhvtl_tmf_answer(struct mhvtl_tmf *tmf, int response)
{
	list_del_init(&tmf->node);
	tmf->response = response;
	complete_all(&tmf->answered);
	mhvtl_tmf_put(tmf);
}

/** mhvtl_tmf_put - drop a reference */
void mhvtl_tmf_put(struct mhvtl_tmf *tmf)
{
	if (refcount_dec_and_test(&tmf->refs))
		kfree(tmf);
}

/**
 * mhvtl_tmf_drop_all - end all task management requests unanswered
 * @unit: its lock is held
 */
void mhvtl_tmf_drop_all(struct mhvtl_unit *unit)
{
	struct mhvtl_tmf *tmf, *next;

	list_for_each_entry_safe(tmf, next, &unit->tmf_in_flight, node)
		mhvtl_tmf_answer(tmf, -1);
	list_for_each_entry_safe(tmf, next, &unit->tmf_pending, node)
		mhvtl_tmf_answer(tmf, -1);
}
