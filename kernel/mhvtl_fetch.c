// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_fetch.c - the second half of MHVTL_IOC_EXCHANGE: a request goes out.
 */
#include <linux/hrtimer.h>
#include <linux/pagemap.h>
#include <linux/uaccess.h>

#include "mhvtl_priv.h"

static void mhvtl_request_of_command(struct mhvtl_request *request,
				     const struct mhvtl_cmd *cmd)
{
	struct scsi_cmnd *scmd = cmd->scmd;
	u32 length = scsi_bufflen(scmd);

	request->id = cmd->id;
	request->type = MHVTL_REQ_COMMAND;
	request->port = mhvtl_port(scmd->device->host);
	request->task_attribute = MHVTL_TASK_SIMPLE;
	request->cdb_length = min_t(u32, scmd->cmd_len, MHVTL_CDB_SIZE);
	request->timeout_ms = jiffies_to_msecs(scsi_cmd_to_rq(scmd)->timeout);
	request->queued_ns = cmd->queued_ns;
	memcpy(request->cdb, scmd->cmnd, request->cdb_length);
	if (scmd->sc_data_direction == DMA_TO_DEVICE) {
		request->direction = MHVTL_DATA_OUT;
		request->data_out_length = length;
	} else if (scmd->sc_data_direction == DMA_FROM_DEVICE) {
		request->direction = MHVTL_DATA_IN;
		request->data_in_room = length;
	}
}

/**
 * struct mhvtl_fetch - the owner's memory for one fetch
 * @request: where the request goes
 * @room: size of the data-out buffer
 * @id: the command that @copy is about
 * @copy: the data-out buffer, and how far the data has come
 */
struct mhvtl_fetch {
	struct mhvtl_request __user *request;
	u32 room;
	u64 id;
	struct mhvtl_copy copy;
};

/*
 * Stores the oldest command; the unit is locked, and unlocked. Return: 1, an
 * error, or -EAGAIN: a page is missing, or the command has been revoked.
 */
static int mhvtl_fetch_command(struct mhvtl_unit *unit,
			       struct mhvtl_fetch *fetch)
	__releases(&unit->lock)
{
	struct mhvtl_request request = {};
	struct mhvtl_cmd *cmd = list_first_entry(&unit->pending,
						 struct mhvtl_cmd, node);
	struct mhvtl_copy *copy = &fetch->copy;
	bool missing;

	mhvtl_request_of_command(&request, cmd);
	if (request.data_out_length > fetch->room) {
		spin_unlock_irq(&unit->lock);
		return -EMSGSIZE;
	}
	mhvtl_cmd_claim(unit, cmd);
	spin_unlock_irq(&unit->lock);

	if (fetch->id != request.id) {
		fetch->id = request.id;
		copy->length = request.data_out_length;
		copy->done = 0;
		copy->rounds = 0;
	}
	mhvtl_copy_on(copy, cmd->scmd, true);
	pagefault_disable();
	missing = copy->done < copy->length ||
		  __copy_to_user_inatomic(fetch->request, &request,
					  sizeof(request));
	pagefault_enable();
	if (!mhvtl_cmd_release(unit, cmd, missing ? MHVTL_CMD_PENDING :
						    MHVTL_CMD_IN_FLIGHT))
		return -EAGAIN;
	return missing ? -EAGAIN : 1;
}

/* Stores the oldest task management request; unlocks the unit. */
static int mhvtl_fetch_tmf(struct mhvtl_unit *unit, struct mhvtl_fetch *fetch)
	__releases(&unit->lock)
{
	struct mhvtl_tmf *tmf = list_first_entry(&unit->tmf_pending,
						 struct mhvtl_tmf, node);
	const struct mhvtl_request request = {
		.id = tmf->id,
		.type = MHVTL_REQ_TASK_MANAGEMENT,
		.port = tmf->port,
		.function = tmf->function,
		.subject_id = tmf->subject_id,
	};
	int ret = 1;

	list_move_tail(&tmf->node, &unit->tmf_in_flight);
	refcount_inc(&tmf->refs);
	spin_unlock_irq(&unit->lock);
	if (copy_to_user(fetch->request, &request, sizeof(request))) {
		ret = -EFAULT;
		spin_lock_irq(&unit->lock);
		if (!list_empty(&tmf->node))
			list_move(&tmf->node, &unit->tmf_pending);
		spin_unlock_irq(&unit->lock);
	}
	mhvtl_tmf_put(tmf);
	return ret;
}

/* Stores the ATTACHED event; unlocks the unit. */
static int mhvtl_fetch_attached(struct mhvtl_unit *unit,
				struct mhvtl_fetch *fetch)
	__releases(&unit->lock)
{
	struct mhvtl_attached attached[MHVTL_MAX_PORTS];
	struct mhvtl_request request = {
		.type = MHVTL_REQ_ATTACHED,
		.data_out_length = mhvtl_ports * sizeof(*attached),
	};

	if (fetch->room < request.data_out_length) {
		spin_unlock_irq(&unit->lock);
		return -EMSGSIZE;
	}
	request.id = ++unit->last_id;
	unit->attached_event = false;
	memcpy(attached, unit->attached, sizeof(attached));
	spin_unlock_irq(&unit->lock);
	if (!copy_to_user(fetch->copy.user, attached,
			  request.data_out_length) &&
	    !copy_to_user(fetch->request, &request, sizeof(request)))
		return 1;

	spin_lock_irq(&unit->lock);
	unit->attached_event = unit->state == MHVTL_ATTACHED;
	spin_unlock_irq(&unit->lock);
	return -EFAULT;
}

static int mhvtl_fetch_round(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
			     struct mhvtl_fetch *fetch)
{
	int ret = 0;

	spin_lock_irq(&unit->lock);
	unit->deaf = false;
	if (unit->owner != owner)
		ret = -ESHUTDOWN;
	else if (!list_empty(&unit->tmf_pending))
		return mhvtl_fetch_tmf(unit, fetch);
	else if (unit->attached_event)
		return mhvtl_fetch_attached(unit, fetch);
	else if (!list_empty(&unit->pending))
		return mhvtl_fetch_command(unit, fetch);
	spin_unlock_irq(&unit->lock);
	return ret;
}

/* Waits for a request at most wait_us. */
static int mhvtl_fetch_wait(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
			    u32 wait_us)
{
	int ret;

	if (wait_us > MHVTL_MAX_WAIT_US)
		return -EINVAL;
	if (!wait_us || mhvtl_unit_readable(unit))
		return 0;
	ret = wait_event_interruptible_hrtimeout(owner->readable,
						 mhvtl_unit_readable(unit),
						 ns_to_ktime(wait_us * NSEC_PER_USEC));
	/* Not to be restarted: the reply has been handled. */
	return ret == -ERESTARTSYS ? -EINTR : 0;
}

/**
 * mhvtl_exchange_fetch - store the next request
 * @unit: who is asked
 * @owner: the caller's descriptor
 * @exchange: the caller's buffers
 *
 * Return: 1 for a request, 0 for none, or an error.
 */
int mhvtl_exchange_fetch(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
			 const struct mhvtl_exchange *exchange)
{
	struct mhvtl_fetch fetch = {
		.request = u64_to_user_ptr(exchange->request),
		.room = exchange->data_out_size,
		.copy.user = u64_to_user_ptr(exchange->data_out),
	};
	int ret;

	if (!exchange->request)
		return READ_ONCE(unit->owner) == owner ? 0 : -ESHUTDOWN;
	if (!access_ok(fetch.request, sizeof(*fetch.request)))
		return -EFAULT;
	ret = mhvtl_fetch_wait(unit, owner, exchange->wait_us);
	if (ret)
		return ret;
	for (;;) {
		ret = mhvtl_fetch_round(unit, owner, &fetch);
		if (ret != -EAGAIN)
			return ret;
		if (fault_in_writeable((char __user *)fetch.request,
				       sizeof(*fetch.request)))
			return -EFAULT;
		ret = mhvtl_copy_fault(&fetch.copy, true);
		if (ret)
			return ret;
	}
}
