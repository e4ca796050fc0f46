// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_copy.c - data between the initiator's pages and the owner's buffer.
 *
 * There is one copy, and the command is claimed meanwhile. A claim must end
 * soon whatever the owner does with its memory. So the copy runs with page
 * faults disabled; when it comes to a missing page the claim ends, the page is
 * brought in, and the copy goes on where it stopped, if the command is still
 * there.
 */
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/uaccess.h>

#include "mhvtl_priv.h"

/* A page brought in may be gone again before it is used, but not for ever. */
#define MHVTL_FAULT_ROUNDS	64

/**
 * mhvtl_copy_on - copy as far as it gets without a page fault
 * @copy: what and how far
 * @scmd: its command, claimed by the caller
 * @to_user: data-out, else data-in
 */
void mhvtl_copy_on(struct mhvtl_copy *copy, struct scsi_cmnd *scmd,
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

/**
 * mhvtl_copy_fault - bring in the pages a copy still needs; may sleep
 * @copy: what and how far
 * @to_user: as in mhvtl_copy_on()
 *
 * Return: 0, or -EFAULT.
 */
int mhvtl_copy_fault(struct mhvtl_copy *copy, bool to_user)
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
