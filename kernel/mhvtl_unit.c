// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_unit.c - the life of a unit, from ATTACH to removal.
 *
 * Whoever sets the state to MHVTL_GONE removes the unit, and only he.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/poll.h>
#include <linux/slab.h>

#include "mhvtl_priv.h"

static struct workqueue_struct *mhvtl_workqueue;

static void mhvtl_unit_free(struct kref *refs)
{
	kfree(container_of(refs, struct mhvtl_unit, refs));
}

/** mhvtl_unit_put - drop a reference */
void mhvtl_unit_put(struct mhvtl_unit *unit)
{
	kref_put(&unit->refs, mhvtl_unit_free);
}

/* Makes, or finds again, the SCSI device of one port. */
static int mhvtl_unit_scan_port(struct mhvtl_unit *unit, struct Scsi_Host *host)
{
	struct scsi_device *sdev;

	sdev = __scsi_add_device(host, unit->channel, unit->target, unit->lun,
				 NULL);
	if (IS_ERR(sdev))
		return PTR_ERR(sdev);

	mutex_lock(&sdev->state_mutex);
	if (sdev->sdev_state == SDEV_OFFLINE)
		scsi_device_set_state(sdev, SDEV_RUNNING);
	mutex_unlock(&sdev->state_mutex);
	scsi_change_queue_depth(sdev, READ_ONCE(unit->queue_depth));
	scsi_device_put(sdev);
	return 0;
}

static void mhvtl_unit_scan(struct work_struct *work)
{
	struct mhvtl_unit *unit = container_of(work, struct mhvtl_unit, scan);
	struct mhvtl_attached attached[MHVTL_MAX_PORTS] = {};
	u32 generation = READ_ONCE(unit->generation);
	unsigned int i;

	for (i = 0; i < mhvtl_ports; i++) {
		attached[i].error = -mhvtl_unit_scan_port(unit, mhvtl_hosts[i]);
		attached[i].host = mhvtl_hosts[i]->host_no;
		attached[i].channel = unit->channel;
		attached[i].target = unit->target;
		attached[i].lun = unit->lun;
	}

	spin_lock_irq(&unit->lock);
	if (unit->state == MHVTL_ATTACHED && unit->generation == generation) {
		memcpy(unit->attached, attached, sizeof(attached));
		unit->attached_event = true;
		mhvtl_unit_wake(unit);
	}
	spin_unlock_irq(&unit->lock);
}

/* The end of a unit whose state has just become MHVTL_GONE. */
static void mhvtl_unit_remove(struct mhvtl_unit *unit)
{
	struct scsi_device *sdev;
	unsigned int i;

	cancel_work_sync(&unit->scan);
	for (i = 0; i < mhvtl_ports; i++) {
		sdev = scsi_device_lookup(mhvtl_hosts[i], unit->channel,
					  unit->target, unit->lun);
		if (!sdev)
			continue;
		scsi_remove_device(sdev);
		scsi_device_put(sdev);
	}
	/* Somebody else, by way of sysfs, may still be removing one. */
	wait_event(unit->settled, !READ_ONCE(unit->devices));

	mhvtl_table_leave(unit);
}

static void mhvtl_unit_expire(struct work_struct *work)
{
	struct mhvtl_unit *unit = container_of(to_delayed_work(work),
					       struct mhvtl_unit, expire);
	bool expired;

	spin_lock_irq(&unit->lock);
	expired = unit->state == MHVTL_ORPHAN &&
		  time_after_eq(jiffies, unit->deadline);
	if (expired)
		unit->state = MHVTL_GONE;
	spin_unlock_irq(&unit->lock);
	if (expired) {
		pr_info("unit %u: nobody took over, removed\n", unit->number);
		mhvtl_unit_remove(unit);
	}
}

/*
 * Takes the owner away and ends all it has not answered. One critical section,
 * so that a new owner cannot come in between and lose commands of its own.
 */
static void mhvtl_unit_disown(struct mhvtl_unit *unit, enum mhvtl_state state,
			      u8 host_byte)
{
	unsigned long grace = msecs_to_jiffies(unit->grace_ms);
	LIST_HEAD(taken);

	rcu_read_lock();
	spin_lock_irq(&unit->lock);
	wake_up_all(&unit->owner->readable);
	unit->owner = NULL;
	unit->state = state;
	unit->attached_event = false;
	mhvtl_tmf_drop_all(unit);
	mhvtl_cmd_take_all(unit, host_byte, &taken);
	if (state == MHVTL_ORPHAN) {
		unit->deadline = jiffies + grace;
		mod_delayed_work(mhvtl_workqueue, &unit->expire, grace);
	}
	spin_unlock_irq(&unit->lock);
	mhvtl_cmd_finish_all(&taken, host_byte);
	rcu_read_unlock();
	mhvtl_unit_settle(unit);
}

/**
 * mhvtl_unit_orphan - the owner closed without DETACH
 * @unit: attached to that owner
 */
void mhvtl_unit_orphan(struct mhvtl_unit *unit)
{
	mhvtl_unit_disown(unit, MHVTL_ORPHAN, DID_TRANSPORT_DISRUPTED);
}

/**
 * mhvtl_unit_detach - remove a unit
 * @unit: attached to the caller
 *
 * Returns when number and address are free.
 */
void mhvtl_unit_detach(struct mhvtl_unit *unit)
{
	mhvtl_unit_disown(unit, MHVTL_GONE, DID_NO_CONNECT);
	cancel_delayed_work_sync(&unit->expire);
	mhvtl_unit_remove(unit);
}

/**
 * mhvtl_unit_remove_orphan - remove a unit, if it is an orphan
 * @unit: any state
 *
 * Returns when number and address are free.
 */
void mhvtl_unit_remove_orphan(struct mhvtl_unit *unit)
{
	bool orphan;

	spin_lock_irq(&unit->lock);
	orphan = unit->state == MHVTL_ORPHAN;
	if (orphan)
		unit->state = MHVTL_GONE;
	spin_unlock_irq(&unit->lock);
	if (!orphan)
		return;
	cancel_delayed_work_sync(&unit->expire);
	mhvtl_unit_remove(unit);
}

/**
 * mhvtl_unit_alloc - make a unit, an orphan until mhvtl_unit_own()
 * @attach: in range
 */
struct mhvtl_unit *mhvtl_unit_alloc(const struct mhvtl_attach *attach)
{
	struct mhvtl_unit *unit = kzalloc(sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return NULL;
	kref_init(&unit->refs);
	unit->number = attach->unit;
	unit->channel = attach->channel;
	unit->target = attach->target;
	unit->lun = attach->lun;
	spin_lock_init(&unit->lock);
	INIT_LIST_HEAD(&unit->pending);
	INIT_LIST_HEAD(&unit->in_flight);
	INIT_LIST_HEAD(&unit->tmf_pending);
	INIT_LIST_HEAD(&unit->tmf_in_flight);
	init_waitqueue_head(&unit->settled);
	INIT_WORK(&unit->scan, mhvtl_unit_scan);
	INIT_DELAYED_WORK(&unit->expire, mhvtl_unit_expire);
	unit->state = MHVTL_ORPHAN;
	return unit;
}

/**
 * mhvtl_unit_own - make a descriptor the owner of an orphan
 * @unit: the table's lock is held
 * @owner: gets a reference
 * @attach: what it asked for
 *
 * Return: false if it is no orphan any more.
 */
bool mhvtl_unit_own(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
		    const struct mhvtl_attach *attach)
{
	bool orphan;

	spin_lock(&unit->lock);
	orphan = unit->state == MHVTL_ORPHAN;
	if (orphan) {
		unit->state = MHVTL_ATTACHED;
		unit->owner = owner;
		unit->queue_depth = attach->queue_depth;
		unit->grace_ms = attach->grace_ms;
		unit->generation++;
		unit->deaf = false;
		kref_get(&unit->refs);
		cancel_delayed_work(&unit->expire);
		queue_work(mhvtl_workqueue, &unit->scan);
	}
	spin_unlock(&unit->lock);
	return orphan;
}

/** mhvtl_units_init - before the first unit */
int mhvtl_units_init(void)
{
	/* A scan sleeps until its unit's owner has answered. */
	mhvtl_workqueue = alloc_workqueue("mhvtl", WQ_UNBOUND, WQ_MAX_ACTIVE);
	return mhvtl_workqueue ? 0 : -ENOMEM;
}

/** mhvtl_units_exit - no descriptor is open; remove the orphans */
void mhvtl_units_exit(void)
{
	mhvtl_table_clear();
	destroy_workqueue(mhvtl_workqueue);
}
