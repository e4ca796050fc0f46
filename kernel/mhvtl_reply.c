// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_reply.c - the first half of MHVTL_IOC_EXCHANGE: a reply comes in.
 */
#include <linux/uaccess.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_proto.h>

#include "mhvtl_priv.h"

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
