// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_scsi.c - the pseudo HBA: what the SCSI mid-layer calls.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <scsi/scsi.h>
#include <scsi/scsi_tcq.h>

#include "compat.h"
#include "mhvtl_priv.h"

#define MHVTL_CAN_QUEUE		1024	/* commands a port can hold */
#define MHVTL_SECTOR_SIZE	512	/* the unit of max_sectors */

/** mhvtl_port - index of the pseudo HBA */
u32 mhvtl_port(const struct Scsi_Host *host)
{
	return *(const u32 *)host->hostdata;
}

static int mhvtl_init_cmd_priv(struct Scsi_Host *host, struct scsi_cmnd *scmd)
{
	struct mhvtl_cmd *cmd = scsi_cmd_priv(scmd);

	cmd->scmd = scmd;
	cmd->state = MHVTL_CMD_IDLE;
	return 0;
}

static MHVTL_QC_STATUS mhvtl_queuecommand(struct Scsi_Host *host,
					  struct scsi_cmnd *scmd)
{
	if (mhvtl_target_answers(scmd))
		return 0;
	if (!mhvtl_cmd_submit(scmd->device->hostdata, scsi_cmd_priv(scmd)))
		mhvtl_cmd_finish(scmd, DID_NO_CONNECT);
	return 0;
}

/* Tells the owner. One that did not listen last time is not waited for. */
static void mhvtl_tell_abort(struct mhvtl_unit *unit, u32 port, u64 id)
{
	struct mhvtl_tmf *tmf = mhvtl_tmf_post(unit, MHVTL_TMF_ABORT_TASK,
					       port, id);

	if (!tmf)
		return;
	if (!READ_ONCE(unit->deaf)) {
		mhvtl_tmf_wait(tmf, jiffies + MHVTL_TMF_PATIENCE);
		if (!completion_done(&tmf->answered))
			WRITE_ONCE(unit->deaf, true);
	}
	mhvtl_tmf_put(tmf);
}

/*
 * The transport has taken the command back, so the abort succeeds whatever the
 * owner says: were it to fail, error recovery would stop the whole host.
 */
static int mhvtl_eh_abort(struct scsi_cmnd *scmd)
{
	struct mhvtl_unit *unit = scmd->device->hostdata;
	struct mhvtl_cmd *cmd = scsi_cmd_priv(scmd);

	if (unit && mhvtl_cmd_abort(unit, cmd))
		mhvtl_tell_abort(unit, mhvtl_port(scmd->device->host), cmd->id);
	synchronize_rcu();
	scsi_set_resid(scmd, scsi_bufflen(scmd));
	return SUCCESS;
}

static int mhvtl_eh_device_reset(struct scsi_cmnd *scmd)
{
	struct mhvtl_unit *unit = scmd->device->hostdata;
	struct mhvtl_tmf *tmf;
	bool done = false;

	if (!unit)
		return SUCCESS;
	tmf = mhvtl_tmf_post(unit, MHVTL_TMF_LOGICAL_UNIT_RESET,
			     mhvtl_port(scmd->device->host), 0);
	if (tmf) {
		done = mhvtl_tmf_wait(tmf, jiffies + MHVTL_TMF_PATIENCE);
		mhvtl_tmf_put(tmf);
	}
	synchronize_rcu();
	return done ? SUCCESS : FAILED;
}

static int mhvtl_eh_target_reset(struct scsi_cmnd *scmd)
{
	unsigned long deadline = jiffies + MHVTL_TMF_PATIENCE;
	struct scsi_device *sdev = scmd->device;
	struct mhvtl_tmf *tmf, *next;
	struct mhvtl_unit *unit;
	LIST_HEAD(waiters);
	bool done = true;
	u32 from = 0;

	while ((unit = mhvtl_unit_next(from, sdev->channel, sdev->id))) {
		from = unit->number + 1;
		tmf = mhvtl_tmf_post(unit, MHVTL_TMF_TARGET_RESET,
				     mhvtl_port(sdev->host), 0);
		if (tmf)
			list_add_tail(&tmf->waiters, &waiters);
		else
			done = false;
		mhvtl_unit_put(unit);
	}
	list_for_each_entry_safe(tmf, next, &waiters, waiters) {
		done &= mhvtl_tmf_wait(tmf, deadline);
		mhvtl_tmf_put(tmf);
	}
	synchronize_rcu();
	return done ? SUCCESS : FAILED;
}

/* An aborted command ends as timed out. A second try could only time out again,
 * and that, unlike the first time, would stop the whole host for recovery.
 */
static bool mhvtl_eh_should_retry_cmd(struct scsi_cmnd *scmd)
{
	return false;
}

static int mhvtl_target_alloc(struct scsi_target *starget)
{
	struct mhvtl_unit *unit = mhvtl_unit_next(0, starget->channel,
						  starget->id);

	if (!unit)
		return -ENXIO;
	mhvtl_unit_put(unit);
	return 0;
}

/* LUN 0 exists at every target: it can at least be asked for the others. */
static int mhvtl_sdev_init(struct scsi_device *sdev)
{
	struct mhvtl_unit *unit = mhvtl_unit_find(sdev->channel, sdev->id,
						  sdev->lun);
	bool gone;

	if (!unit)
		return sdev->lun ? -ENXIO : 0;
	spin_lock_irq(&unit->lock);
	gone = unit->state == MHVTL_GONE;
	if (!gone)
		unit->devices++;
	spin_unlock_irq(&unit->lock);
	if (gone) {
		mhvtl_unit_put(unit);
		return -ENXIO;
	}
	sdev->hostdata = unit;
	return 0;
}

/* Whoever may open /dev/mhvtl must not be able to make disks: the system would
 * look at what is on them, and might mount it.
 */
static bool mhvtl_type_allowed(const struct scsi_device *sdev)
{
	return sdev->type == TYPE_TAPE || sdev->type == TYPE_MEDIUM_CHANGER ||
	       sdev->type == TYPE_PROCESSOR;
}

static int mhvtl_sdev_configure(MHVTL_CONFIGURE_ARGS)
{
	struct mhvtl_unit *unit = sdev->hostdata;

	if (unit && !mhvtl_type_allowed(sdev)) {
		sdev_printk(KERN_WARNING, sdev,
			    "mhvtl: type %d is refused: no tape drive, medium changer or processor\n",
			    sdev->type);
		return -ENODEV;
	}
	if (unit)
		scsi_change_queue_depth(sdev, READ_ONCE(unit->queue_depth));
	return 0;
}

static void mhvtl_sdev_destroy(struct scsi_device *sdev)
{
	struct mhvtl_unit *unit = sdev->hostdata;

	if (!unit)
		return;
	sdev->hostdata = NULL;
	spin_lock_irq(&unit->lock);
	if (!--unit->devices)
		wake_up_all(&unit->settled);
	spin_unlock_irq(&unit->lock);
	mhvtl_unit_put(unit);
}

static int mhvtl_change_queue_depth(struct scsi_device *sdev, int depth)
{
	return scsi_change_queue_depth(sdev, clamp(depth, 1,
						   MHVTL_MAX_QUEUE_DEPTH));
}

/* No dma_boundary, and segments without limit: nothing here is a DMA engine,
 * and st makes blocks of 16 MiB from few large pages.
 */
static struct scsi_host_template mhvtl_template = {
	.module			= THIS_MODULE,
	.name			= "mhvtl",
	.proc_name		= "mhvtl",
	.cmd_size		= sizeof(struct mhvtl_cmd),
	.init_cmd_priv		= mhvtl_init_cmd_priv,
	.queuecommand		= mhvtl_queuecommand,
	.eh_abort_handler	= mhvtl_eh_abort,
	.eh_device_reset_handler = mhvtl_eh_device_reset,
	.eh_target_reset_handler = mhvtl_eh_target_reset,
	.eh_should_retry_cmd	= mhvtl_eh_should_retry_cmd,
	.target_alloc		= mhvtl_target_alloc,
	.MHVTL_SDEV_INIT	= mhvtl_sdev_init,
	.MHVTL_SDEV_CONFIGURE	= mhvtl_sdev_configure,
	.MHVTL_SDEV_DESTROY	= mhvtl_sdev_destroy,
	.change_queue_depth	= mhvtl_change_queue_depth,
	.can_queue		= MHVTL_CAN_QUEUE,
	.cmd_per_lun		= 32,
	.this_id		= -1,
	.sg_tablesize		= SG_MAX_SEGMENTS,
	.max_segment_size	= UINT_MAX,
	.max_sectors		= MHVTL_MAX_TRANSFER / MHVTL_SECTOR_SIZE,
};

/**
 * mhvtl_host_create - make a pseudo HBA
 * @parent: the device it hangs on
 * @port: its index
 *
 * Return: the host, or an error pointer.
 */
struct Scsi_Host *mhvtl_host_create(struct device *parent, u32 port)
{
	struct Scsi_Host *host = scsi_host_alloc(&mhvtl_template, sizeof(port));
	int err;

	if (!host)
		return ERR_PTR(-ENOMEM);
	*(u32 *)host->hostdata = port;
	host->max_channel = MHVTL_MAX_CHANNEL;
	host->max_id = MHVTL_MAX_TARGET + 1;
	host->max_lun = MHVTL_MAX_LUN + 1;
	host->max_cmd_len = MHVTL_CDB_SIZE;
	err = scsi_add_host(host, parent);
	if (err) {
		scsi_host_put(host);
		return ERR_PTR(err);
	}
	return host;
}
