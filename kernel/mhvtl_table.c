// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_table.c - which unit has which number and address.
 *
 * A number and an address are free when the entry in the table is NULL again,
 * which is after the last SCSI device is gone.
 */
#include <linux/slab.h>

#include "mhvtl_priv.h"

static struct mhvtl_unit *mhvtl_table[MHVTL_MAX_UNITS];
static DEFINE_SPINLOCK(mhvtl_table_lock);
static DECLARE_WAIT_QUEUE_HEAD(mhvtl_table_changed);

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

/**
 * mhvtl_table_leave - the unit's number and address are free
 * @unit: in state MHVTL_GONE, without devices; the table's reference is put
 */
void mhvtl_table_leave(struct mhvtl_unit *unit)
{
	spin_lock_irq(&mhvtl_table_lock);
	mhvtl_table[unit->number] = NULL;
	spin_unlock_irq(&mhvtl_table_lock);
	wake_up_all(&mhvtl_table_changed);
	mhvtl_unit_put(unit);
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

/** mhvtl_table_clear - no descriptor is open; remove the orphans */
void mhvtl_table_clear(void)
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
}
