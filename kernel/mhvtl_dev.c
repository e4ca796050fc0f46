// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_dev.c - /dev/mhvtl: descriptors that become units.
 */
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "mhvtl_priv.h"

static int mhvtl_dev_open(struct inode *inode, struct file *file)
{
	struct mhvtl_owner *owner = kzalloc(sizeof(*owner), GFP_KERNEL);

	if (!owner)
		return -ENOMEM;
	mutex_init(&owner->mutex);
	spin_lock_init(&owner->lock);
	init_waitqueue_head(&owner->readable);
	file->private_data = owner;
	return nonseekable_open(inode, file);
}

/* Is the descriptor a unit now? Its mutex is held, or it is being closed. */
static bool mhvtl_owner_attached(const struct mhvtl_owner *owner)
{
	return owner->unit && READ_ONCE(owner->unit->state) == MHVTL_ATTACHED;
}

/* The unit of a descriptor, with a reference, or NULL. */
static struct mhvtl_unit *mhvtl_owner_get(struct mhvtl_owner *owner)
{
	struct mhvtl_unit *unit;

	spin_lock(&owner->lock);
	unit = owner->unit;
	if (unit)
		kref_get(&unit->refs);
	spin_unlock(&owner->lock);
	return unit;
}

static int mhvtl_dev_release(struct inode *inode, struct file *file)
{
	struct mhvtl_owner *owner = file->private_data;
	struct mhvtl_unit *unit = owner->unit;

	if (mhvtl_owner_attached(owner))
		mhvtl_unit_orphan(unit);
	if (unit)
		mhvtl_unit_put(unit);
	kfree(owner);
	return 0;
}

static long mhvtl_ioctl_info(void __user *arg)
{
	const struct mhvtl_info info = {
		.abi_version = MHVTL_ABI_VERSION,
		.ports = mhvtl_ports,
		.max_transfer = MHVTL_MAX_TRANSFER,
	};

	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

static bool mhvtl_attach_valid(const struct mhvtl_attach *attach)
{
	return attach->unit < MHVTL_MAX_UNITS &&
	       attach->channel <= MHVTL_MAX_CHANNEL &&
	       attach->target <= MHVTL_MAX_TARGET &&
	       attach->lun <= MHVTL_MAX_LUN &&
	       attach->queue_depth >= 1 &&
	       attach->queue_depth <= MHVTL_MAX_QUEUE_DEPTH &&
	       attach->grace_ms <= MHVTL_MAX_GRACE_MS && !attach->reserved;
}

static long mhvtl_ioctl_attach(struct mhvtl_owner *owner, void __user *arg)
{
	struct mhvtl_attach __user *user = arg;
	struct mhvtl_attach attach;
	struct mhvtl_unit *unit;

	if (copy_from_user(&attach, user, sizeof(attach)))
		return -EFAULT;
	/* Tried before the unit exists: afterwards there is no way back. */
	if (put_user(0, &user->takeover))
		return -EFAULT;
	if (!mhvtl_attach_valid(&attach))
		return -EINVAL;
	if (mhvtl_owner_attached(owner))
		return -EALREADY;
	unit = mhvtl_unit_attach(owner, &attach);
	if (IS_ERR(unit))
		return PTR_ERR(unit);
	spin_lock(&owner->lock);
	swap(owner->unit, unit);
	spin_unlock(&owner->lock);
	if (unit)
		mhvtl_unit_put(unit); /* the one of an earlier ATTACH */
	return put_user(attach.takeover, &user->takeover);
}

static long mhvtl_ioctl_detach(struct mhvtl_owner *owner)
{
	if (!mhvtl_owner_attached(owner))
		return -ENOTCONN;
	mhvtl_unit_detach(owner->unit);
	return 0;
}

/* The first half, and what it tells the owner. */
static long mhvtl_ioctl_reply(struct mhvtl_unit *unit,
			      const struct mhvtl_exchange *exchange,
			      struct mhvtl_exchange __user *user)
{
	u32 error = 0;
	u64 now = 0;

	if (exchange->reply) {
		error = -mhvtl_exchange_reply(unit, exchange);
		now = ktime_get_ns();
	}
	return put_user(error, &user->reply_error) ?:
	       put_user(now, &user->replied_ns);
}

static long mhvtl_ioctl_exchange(struct mhvtl_owner *owner, void __user *arg)
{
	struct mhvtl_exchange __user *user = arg;
	struct mhvtl_exchange exchange;
	struct mhvtl_unit *unit;
	long ret;

	if (copy_from_user(&exchange, user, sizeof(exchange)))
		return -EFAULT;
	unit = mhvtl_owner_get(owner);
	if (!unit)
		return -ENOTCONN;
	ret = mhvtl_ioctl_reply(unit, &exchange, user);
	if (!ret)
		ret = mhvtl_exchange_fetch(unit, owner, &exchange);
	mhvtl_unit_put(unit);
	return ret;
}

static long mhvtl_dev_ioctl(struct file *file, unsigned int request,
			    unsigned long arg)
{
	struct mhvtl_owner *owner = file->private_data;
	void __user *user = (void __user *)arg;
	long ret;

	switch (request) {
	case MHVTL_IOC_EXCHANGE:
		return mhvtl_ioctl_exchange(owner, user);
	case MHVTL_IOC_INFO:
		return mhvtl_ioctl_info(user);
	case MHVTL_IOC_ATTACH:
		mutex_lock(&owner->mutex);
		ret = mhvtl_ioctl_attach(owner, user);
		mutex_unlock(&owner->mutex);
		return ret;
	case MHVTL_IOC_DETACH:
		mutex_lock(&owner->mutex);
		ret = mhvtl_ioctl_detach(owner);
		mutex_unlock(&owner->mutex);
		return ret;
	default:
		return -ENOTTY;
	}
}

static __poll_t mhvtl_dev_poll(struct file *file, poll_table *table)
{
	struct mhvtl_owner *owner = file->private_data;
	struct mhvtl_unit *unit;
	__poll_t events = 0;

	poll_wait(file, &owner->readable, table);
	unit = mhvtl_owner_get(owner);
	if (!unit)
		return 0;
	if (READ_ONCE(unit->state) == MHVTL_GONE)
		events = EPOLLHUP;
	else if (mhvtl_unit_readable(unit))
		events = EPOLLIN | EPOLLRDNORM;
	mhvtl_unit_put(unit);
	return events;
}

static const struct file_operations mhvtl_dev_fops = {
	.owner		= THIS_MODULE,
	.open		= mhvtl_dev_open,
	.release	= mhvtl_dev_release,
	.unlocked_ioctl	= mhvtl_dev_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.poll		= mhvtl_dev_poll,
};

static struct miscdevice mhvtl_dev = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "mhvtl",
	.fops	= &mhvtl_dev_fops,
	.mode	= 0660,
};

/** mhvtl_dev_register - make /dev/mhvtl */
int mhvtl_dev_register(void)
{
	return misc_register(&mhvtl_dev);
}

/** mhvtl_dev_deregister - remove /dev/mhvtl */
void mhvtl_dev_deregister(void)
{
	misc_deregister(&mhvtl_dev);
}
