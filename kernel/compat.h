/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compat.h - every difference between kernel versions, and no other.
 */
#ifndef MHVTL_COMPAT_H
#define MHVTL_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "mhvtl needs Linux 6.1 or later"
#endif

/* 6.14 renamed the device callbacks and gave configure the queue limits. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define MHVTL_SDEV_INIT		slave_alloc
#define MHVTL_SDEV_CONFIGURE	slave_configure
#define MHVTL_SDEV_DESTROY	slave_destroy
#define MHVTL_CONFIGURE_ARGS	struct scsi_device *sdev
#else
#define MHVTL_SDEV_INIT		sdev_init
#define MHVTL_SDEV_CONFIGURE	sdev_configure
#define MHVTL_SDEV_DESTROY	sdev_destroy
#define MHVTL_CONFIGURE_ARGS	struct scsi_device *sdev, \
				struct queue_limits *limits
#endif

/* An int, in later kernels an enum: whatever the template says. */
#define MHVTL_QC_STATUS \
	typeof(((struct scsi_host_template *)NULL)->queuecommand(NULL, NULL))

/* 6.12 moved it. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#include <asm/unaligned.h>
#else
#include <linux/unaligned.h>
#endif

#endif /* MHVTL_COMPAT_H */
