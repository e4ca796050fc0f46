// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_target.c - what a target device answers itself: REPORT LUNS, and
 * everything sent to a LUN 0 that has no unit behind it (SPC-4 5.12, 6.33).
 */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include <scsi/scsi_proto.h>

#include "compat.h"
#include "mhvtl_priv.h"

#define MHVTL_LUN_SIZE		8
#define MHVTL_LUN_LIST_HEADER	8
#define MHVTL_REPORT_LUNS_MIN	16	/* smallest ALLOCATION LENGTH, SPC-4 */

static void mhvtl_target_check(struct scsi_cmnd *scmd, u8 asc)
{
	scsi_set_resid(scmd, scsi_bufflen(scmd));
	scsi_build_sense(scmd, 0, ILLEGAL_REQUEST, asc, 0);
	scsi_done(scmd);
}

static void mhvtl_target_data(struct scsi_cmnd *scmd, const void *data,
			      u32 length)
{
	u32 moved = scsi_sg_copy_from_buffer(scmd, data, length);

	scsi_set_resid(scmd, scsi_bufflen(scmd) - moved);
	scmd->result = SAM_STAT_GOOD;
	scsi_done(scmd);
}

/* SELECT REPORT: 0 all but well known LUNs, 1 well known ones only, 2 all. */
static void mhvtl_target_report_luns(struct scsi_cmnd *scmd)
{
	struct scsi_device *sdev = scmd->device;
	u32 allocation = get_unaligned_be32(scmd->cmnd + 6);
	u8 select = scmd->cmnd[2];
	DECLARE_BITMAP(luns, MHVTL_MAX_LUN + 1) = {};
	struct mhvtl_unit *unit;
	u32 from = 0, length = MHVTL_LUN_LIST_HEADER;
	unsigned int lun;
	u8 *list;

	if (select > 2 || allocation < MHVTL_REPORT_LUNS_MIN) {
		mhvtl_target_check(scmd, 0x24); /* INVALID FIELD IN CDB */
		return;
	}
	while (select != 1 &&
	       (unit = mhvtl_unit_next(from, sdev->channel, sdev->id))) {
		__set_bit(unit->lun, luns);
		from = unit->number + 1;
		mhvtl_unit_put(unit);
	}
	list = kzalloc(MHVTL_LUN_LIST_HEADER +
		       bitmap_weight(luns, MHVTL_MAX_LUN + 1) * MHVTL_LUN_SIZE,
		       GFP_ATOMIC);
	if (!list) {
		mhvtl_cmd_finish(scmd, DID_REQUEUE);
		return;
	}
	for_each_set_bit(lun, luns, MHVTL_MAX_LUN + 1) {
		int_to_scsilun(lun, (struct scsi_lun *)(list + length));
		length += MHVTL_LUN_SIZE;
	}
	put_unaligned_be32(length - MHVTL_LUN_LIST_HEADER, list);
	mhvtl_target_data(scmd, list, min(length, allocation));
	kfree(list);
}

/* Standard data of a LUN that cannot have a device; no vital product data. */
static void mhvtl_target_inquiry(struct scsi_cmnd *scmd)
{
	u8 data[36] = { 0x7f, 0, 0x05, 0x02, sizeof(data) - 5 };
	u32 allocation = get_unaligned_be16(scmd->cmnd + 3);

	if ((scmd->cmnd[1] & 1) || scmd->cmnd[2]) {
		mhvtl_target_check(scmd, 0x24); /* INVALID FIELD IN CDB */
		return;
	}
	memset(data + 8, ' ', sizeof(data) - 8);
	mhvtl_target_data(scmd, data, min_t(u32, sizeof(data), allocation));
}

/* The sense data says it; the command itself succeeds (SPC-4 6.39). */
static void mhvtl_target_request_sense(struct scsi_cmnd *scmd)
{
	/* 70h, ILLEGAL REQUEST, LOGICAL UNIT NOT SUPPORTED */
	static const u8 sense[18] = {
		[0] = 0x70, [2] = ILLEGAL_REQUEST, [7] = 10, [12] = 0x25,
	};

	mhvtl_target_data(scmd, sense,
			  min_t(u32, sizeof(sense), scmd->cmnd[4]));
}

/**
 * mhvtl_target_answers - answer a command if it is not for a unit
 * @scmd: a new command
 *
 * Return: true when it has been done.
 */
bool mhvtl_target_answers(struct scsi_cmnd *scmd)
{
	if (scmd->cmnd[0] == REPORT_LUNS) {
		mhvtl_target_report_luns(scmd);
		return true;
	}
	if (scmd->device->hostdata)
		return false;
	if (scmd->cmnd[0] == INQUIRY)
		mhvtl_target_inquiry(scmd);
	else if (scmd->cmnd[0] == REQUEST_SENSE)
		mhvtl_target_request_sense(scmd);
	else
		mhvtl_target_check(scmd, 0x25); /* LUN NOT SUPPORTED */
	return true;
}
