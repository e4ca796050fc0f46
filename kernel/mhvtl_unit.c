// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_unit.c - the table of units, and their way from ATTACH to removal.
 *
 * Whoever sets the state to MHVTL_GONE removes the unit, and only he. A number
 * and an address are free when the entry in the table is NULL again, which is
 * after the last SCSI device is gone.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/poll.h>
#include <linux/slab.h>

#include "mhvtl_priv.h"

static struct mhvtl_unit *mhvtl_table[MHVTL_MAX_UNITS];
static DEFINE_SPINLOCK(mhvtl_table_lock);
static DECLARE_WAIT_QUEUE_HEAD(mhvtl_table_changed);
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

/**
 * mhvtl_unit_next - walk through the units of a target
 * @from: first unit number to look at
 * @channel: SCSI address
 * @target: SCSI address
 *
 * Return: a unit that is not being removed, with a reference, or NULL.
 */
struct mhvtl_unit *mhvtl_unit_next(u32 from, u32 channel, u32 target)
{
	struct mhvtl_unit *unit;
	unsigned long flags;

	spin_lock_irqsave(&mhvtl_table_lock, flags);
	for (; from < MHVTL_MAX_UNITS; from++) {
		unit = mhvtl_table[from];
		if (unit && unit->channel == channel &&
		    unit->target == target &&
		    READ_ONCE(unit->state) != MHVTL_GONE) {
			kref_get(&unit->refs);
			break;
		}
	}
	spin_unlock_irqrestore(&mhvtl_table_lock, flags);
	return from < MHVTL_MAX_UNITS ? unit : NULL;
}

/**
 * mhvtl_unit_find - the unit at an address
 * @channel: SCSI address
 * @target: SCSI address
 * @lun: SCSI address
 *
 * Return: a unit that is not being removed, with a reference, or NULL.
 */
struct mhvtl_unit *mhvtl_unit_find(u32 channel, u32 target, u64 lun)
{
	struct mhvtl_unit *unit;
	u32 from = 0;

	while ((unit = mhvtl_unit_next(from, channel, target))) {
		if (unit->lun == lun)
			return unit;
		from = unit->number + 1;
		mhvtl_unit_put(unit);
	}
	return NULL;
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

	spin_lock_irq(&mhvtl_table_lock);
	mhvtl_table[unit->number] = NULL;
	spin_unlock_irq(&mhvtl_table_lock);
	wake_up_all(&mhvtl_table_changed);
	mhvtl_unit_put(unit); /* the table's */
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

/* Removes a unit if it is an orphan; returns when it is gone. */
static void mhvtl_unit_remove_orphan(struct mhvtl_unit *unit)
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

static struct mhvtl_unit *mhvtl_unit_alloc(const struct mhvtl_attach *attach)
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
	unit->state = MHVTL_ORPHAN; /* until mhvtl_unit_own() */
	return unit;
}

static bool mhvtl_unit_is_at(const struct mhvtl_unit *unit,
			     const struct mhvtl_attach *attach)
{
	return unit->channel == attach->channel &&
	       unit->target == attach->target && unit->lun == attach->lun;
}

/* What stands between a number and an address, and being attached. */
enum mhvtl_obstacle {
	MHVTL_FREE,		/* nothing: the entry is NULL */
	MHVTL_TAKEOVER,		/* nothing: an orphan may be taken over */
	MHVTL_LEAVING,		/* a unit on its way out */
	MHVTL_ELSEWHERE,	/* an orphan at another address */
	MHVTL_OWNED,		/* a living owner */
	MHVTL_ADDRESS_USED,	/* another unit at the address */
};

/* Looks for an obstacle and who it is; the table's lock is held. */
static enum mhvtl_obstacle
mhvtl_table_check(const struct mhvtl_attach *attach, struct mhvtl_unit **found)
{
	struct mhvtl_unit *unit = mhvtl_table[attach->unit];
	enum mhvtl_state state;
	u32 i;

	*found = unit;
	if (unit) {
		state = READ_ONCE(unit->state);
		if (state == MHVTL_GONE)
			return MHVTL_LEAVING;
		if (state == MHVTL_ATTACHED)
			return MHVTL_OWNED;
		if (mhvtl_unit_is_at(unit, attach))
			return MHVTL_TAKEOVER;
	}
	for (i = 0; i < MHVTL_MAX_UNITS; i++) {
		if (i == attach->unit || !mhvtl_table[i] ||
		    !mhvtl_unit_is_at(mhvtl_table[i], attach))
			continue;
		*found = mhvtl_table[i];
		return READ_ONCE((*found)->state) == MHVTL_GONE ?
			MHVTL_LEAVING : MHVTL_ADDRESS_USED;
	}
	return unit ? MHVTL_ELSEWHERE : MHVTL_FREE;
}

/* Makes a descriptor the owner; the table's lock is held. */
static bool mhvtl_unit_own(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
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

/*
 * One attempt. Return: 0 with a reference to the unit, an error, or -EAGAIN
 * with a reference to the unit that must be gone first.
 */
static int mhvtl_table_enter(struct mhvtl_owner *owner,
			     struct mhvtl_attach *attach,
			     struct mhvtl_unit **fresh,
			     struct mhvtl_unit **found)
{
	struct mhvtl_unit *unit;

	switch (mhvtl_table_check(attach, found)) {
	case MHVTL_OWNED:
		return -EBUSY;
	case MHVTL_ADDRESS_USED:
		return -EADDRINUSE;
	case MHVTL_FREE:
		unit = *fresh;
		*fresh = NULL;
		mhvtl_unit_own(unit, owner, attach);
		mhvtl_table[attach->unit] = unit;
		*found = unit;
		attach->takeover = 0;
		return 0;
	case MHVTL_TAKEOVER:
		if (mhvtl_unit_own(*found, owner, attach)) {
			attach->takeover = 1;
			return 0;
		}
		break;
	case MHVTL_LEAVING:
	case MHVTL_ELSEWHERE:
		break;
	}
	kref_get(&(*found)->refs);
	return -EAGAIN;
}

/* Is it on its way out, and not there yet? */
static bool mhvtl_unit_leaving(const struct mhvtl_unit *unit)
{
	return READ_ONCE(unit->state) == MHVTL_GONE &&
	       READ_ONCE(mhvtl_table[unit->number]) == unit;
}

/**
 * mhvtl_unit_attach - MHVTL_IOC_ATTACH
 * @owner: has no unit; its mutex is held
 * @attach: in range; takeover is filled in
 *
 * Return: the unit, with a reference, or an error pointer.
 */
struct mhvtl_unit *mhvtl_unit_attach(struct mhvtl_owner *owner,
				     struct mhvtl_attach *attach)
{
	struct mhvtl_unit *fresh = mhvtl_unit_alloc(attach);
	struct mhvtl_unit *unit;
	int err;

	if (!fresh)
		return ERR_PTR(-ENOMEM);
	for (;;) {
		spin_lock_irq(&mhvtl_table_lock);
		err = mhvtl_table_enter(owner, attach, &fresh, &unit);
		spin_unlock_irq(&mhvtl_table_lock);
		if (err != -EAGAIN)
			break;
		mhvtl_unit_remove_orphan(unit);
		err = wait_event_killable(mhvtl_table_changed,
					  !mhvtl_unit_leaving(unit));
		mhvtl_unit_put(unit);
		if (err)
			break;
	}
	kfree(fresh);
	return err ? ERR_PTR(err) : unit;
}

/** mhvtl_units_init - before the first unit */
int mhvtl_units_init(void)
{
	mhvtl_workqueue = alloc_workqueue("mhvtl", WQ_UNBOUND,
					  2 * MHVTL_MAX_UNITS);
	return mhvtl_workqueue ? 0 : -ENOMEM;
}

/** mhvtl_units_exit - no descriptor is open; remove the orphans */
void mhvtl_units_exit(void)
{
	struct mhvtl_unit *unit;
	unsigned int i;

	for (i = 0; i < MHVTL_MAX_UNITS; i++) {
		spin_lock_irq(&mhvtl_table_lock);
		unit = mhvtl_table[i];
		if (unit)
			kref_get(&unit->refs);
		spin_unlock_irq(&mhvtl_table_lock);
		if (!unit)
			continue;
		mhvtl_unit_remove_orphan(unit);
		wait_event(mhvtl_table_changed, !READ_ONCE(mhvtl_table[i]));
		mhvtl_unit_put(unit);
	}
	destroy_workqueue(mhvtl_workqueue);
}
