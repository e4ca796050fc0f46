// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_exchange.c - MHVTL_IOC_EXCHANGE: replies in, requests out.
 *
 * Data goes between the initiator's pages and the owner's buffer in one copy.
 * The command is claimed meanwhile, and a claim must end soon whatever the
 * owner does with its memory. So the copy runs with page faults disabled; when
 * it comes to a missing page the claim ends, the page is brought in, and the
 * copy goes on where it stopped, if the command is still there.
 */
#include <linux/hrtimer.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/uaccess.h>
#include <scsi/scsi_eh.h>
#include <scsi/scsi_proto.h>

#include "mhvtl_priv.h"

/* A page brought in may be gone again before it is used, but not for ever. */
#define MHVTL_FAULT_ROUNDS	64

/**
 * struct mhvtl_copy - a copy that may need several rounds
 * @user: the owner's buffer
 * @length: bytes in all
 * @done: bytes copied
 * @rounds: how often pages had to be brought in
 */
struct mhvtl_copy {
	void __user *user;
	u32 length;
	u32 done;
	unsigned int rounds;
};

/* Copies as far as it gets without a page fault; the command is claimed. */
static void mhvtl_copy_on(struct mhvtl_copy *copy, struct scsi_cmnd *scmd,
			  bool to_user)
{
	struct sg_mapping_iter iter;
	size_t size, left = 0;

	if (copy->done == copy->length ||
	    !access_ok(copy->user, copy->length))
		return;
	sg_miter_start(&iter, scsi_sglist(scmd), scsi_sg_count(scmd),
		       SG_MITER_ATOMIC |
		       (to_user ? SG_MITER_FROM_SG : SG_MITER_TO_SG));
	pagefault_disable();
	sg_miter_skip(&iter, copy->done);
	while (!left && copy->done < copy->length && sg_miter_next(&iter)) {
		size = min_t(size_t, iter.length, copy->length - copy->done);
		if (to_user)
			left = __copy_to_user_inatomic(copy->user + copy->done,
						       iter.addr, size);
		else
			left = __copy_from_user_inatomic(iter.addr,
							 copy->user + copy->done,
							 size);
		copy->done += size - left;
	}
	sg_miter_stop(&iter);
	pagefault_enable();
}

/* Brings in what is missing; may sleep. */
static int mhvtl_copy_fault(struct mhvtl_copy *copy, bool to_user)
{
	void __user *user = copy->user + copy->done;
	u32 left = copy->length - copy->done;
	size_t missing;

	if (!access_ok(copy->user, copy->length) ||
	    copy->rounds++ == MHVTL_FAULT_ROUNDS)
		return -EFAULT;
	if (!left)
		return 0;
	missing = to_user ? fault_in_writeable(user, left) :
			    fault_in_readable((const char __user *)user, left);
	return missing == left ? -EFAULT : 0;
}

static bool mhvtl_status_valid(const struct mhvtl_reply *reply)
{
	struct scsi_sense_hdr header;

	switch (reply->status) {
	case SAM_STAT_CHECK_CONDITION:
		return scsi_normalize_sense(reply->sense, reply->sense_length,
					    &header);
	case SAM_STAT_GOOD:
	case SAM_STAT_CONDITION_MET:
	case SAM_STAT_BUSY:
	case SAM_STAT_RESERVATION_CONFLICT:
	case SAM_STAT_TASK_SET_FULL:
	case SAM_STAT_ACA_ACTIVE:
	case SAM_STAT_TASK_ABORTED:
		return true;
	default:
		return false;
	}
}

/* May this reply end this command? */
static int mhvtl_reply_check(const struct mhvtl_reply *reply,
			     struct scsi_cmnd *scmd, u32 data_in_length)
{
	u32 room = scsi_bufflen(scmd);

	if (reply->response || !mhvtl_status_valid(reply))
		return -EINVAL;
	if (scmd->sc_data_direction == DMA_FROM_DEVICE) {
		if (data_in_length > room)
			return -EMSGSIZE;
		return reply->transferred == data_in_length ? 0 : -EINVAL;
	}
	if (data_in_length)
		return -EMSGSIZE;
	return reply->transferred <= room ? 0 : -EINVAL;
}

/* Status, sense and residual; the command is claimed. */
static void mhvtl_reply_apply(const struct mhvtl_reply *reply,
			      struct scsi_cmnd *scmd)
{
	u32 length = min_t(u32, reply->sense_length, SCSI_SENSE_BUFFERSIZE);

	scsi_set_resid(scmd, scsi_bufflen(scmd) - reply->transferred);
	scmd->result = reply->status;
	if (reply->status == SAM_STAT_CHECK_CONDITION) {
		memset(scmd->sense_buffer, 0, SCSI_SENSE_BUFFERSIZE);
		memcpy(scmd->sense_buffer, reply->sense, length);
	}
}

static int mhvtl_reply_tmf(struct mhvtl_tmf *tmf,
			   const struct mhvtl_reply *reply, u32 data_in_length)
{
	if (reply->response > MHVTL_RSP_FUNCTION_REJECTED || reply->status ||
	    reply->sense_length || reply->transferred || data_in_length)
		return -EINVAL;
	mhvtl_tmf_answer(tmf, reply->response);
	return 0;
}

/*
 * One round. Return: 0 when the request has been answered, an error, or
 * -EAGAIN when a page of the owner's is missing.
 */
static int mhvtl_reply_round(struct mhvtl_unit *unit,
			     const struct mhvtl_reply *reply,
			     struct mhvtl_copy *copy)
{
	struct mhvtl_cmd *cmd;
	struct mhvtl_tmf *tmf;
	int err = -ESTALE;

	spin_lock_irq(&unit->lock);
	cmd = mhvtl_cmd_find(unit, reply->id);
	if (cmd) {
		err = mhvtl_reply_check(reply, cmd->scmd, copy->length);
		if (!err)
			mhvtl_cmd_claim(unit, cmd);
	} else {
		tmf = mhvtl_tmf_find(unit, reply->id);
		if (tmf)
			err = mhvtl_reply_tmf(tmf, reply, copy->length);
	}
	spin_unlock_irq(&unit->lock);
	if (err || !cmd)
		return err;

	mhvtl_copy_on(copy, cmd->scmd, false);
	if (copy->done < copy->length)
		return mhvtl_cmd_release(unit, cmd, MHVTL_CMD_IN_FLIGHT) ?
			-EAGAIN : -ESTALE;
	mhvtl_reply_apply(reply, cmd->scmd);
	return mhvtl_cmd_release(unit, cmd, MHVTL_CMD_IDLE) ? 0 : -ESTALE;
}

/**
 * mhvtl_exchange_reply - complete the request mhvtl_exchange.reply is about
 * @unit: who answers
 * @exchange: reply is not 0
 *
 * Return: 0 or what mhvtl_exchange.reply_error tells, negative.
 */
int mhvtl_exchange_reply(struct mhvtl_unit *unit,
			 const struct mhvtl_exchange *exchange)
{
	struct mhvtl_copy copy = {
		.user = u64_to_user_ptr(exchange->data_in),
		.length = exchange->data_in_length,
	};
	struct mhvtl_reply reply;
	int err;

	if (copy_from_user(&reply, u64_to_user_ptr(exchange->reply),
			   sizeof(reply)))
		return -EFAULT;
	if (reply.reserved || reply.reserved2 ||
	    reply.sense_length > MHVTL_SENSE_SIZE)
		return -EINVAL;
	for (;;) {
		err = mhvtl_reply_round(unit, &reply, &copy);
		if (err != -EAGAIN)
			return err;
		err = mhvtl_copy_fault(&copy, false);
		if (err)
			return err;
	}
}

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
