/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * mhvtl.h - the interface between mhvtl.ko and the process that plays a
 * logical unit. This file is the only definition of it.
 *
 * Changelog
 *   1  first version
 *
 * The picture
 *
 *   /dev/mhvtl is a clone device: every open descriptor can become one logical
 *   unit. The owner asks for an address (ATTACH); the module scans it in the
 *   background, and the owner answers the INQUIRYs of that scan like any other
 *   command. When the scan is over an ATTACHED event tells the result. From
 *   then on the descriptor is readable (poll, epoll) whenever something waits,
 *   and EXCHANGE completes one command and fetches the next in one call.
 *
 *   The module moves messages. It never interprets a CDB. What it answers by
 *   itself is what a target device, not a logical unit, owns: REPORT LUNS
 *   from the units that exist at the target, and the INQUIRY and REQUEST SENSE
 *   of a LUN that has no unit behind it.
 *
 * States of a unit
 *
 *   none      the number is free
 *   attached  a descriptor owns it; commands are delivered to that descriptor
 *   orphan    the owner closed without DETACH (it died). Commands end at once,
 *             never GOOD. For grace_ms another descriptor may ATTACH the same
 *             number and go on; the initiator keeps its devices.
 *   gone      DETACH, or the grace period is over: the devices are removed
 *
 * What happens when
 *
 *   the owner never answers   the initiator's own timeout aborts the command;
 *                             it ends as timed out, never GOOD. Other units
 *                             are not disturbed.
 *   the owner dies            commands in flight end at once with
 *                             DID_TRANSPORT_DISRUPTED; new ones with
 *                             DID_NO_CONNECT until somebody takes over. The
 *                             new owner reports unit attention POWER ON.
 *   an initiator aborts       the command is taken back from the owner, who
 *                             is told by a TASK_MANAGEMENT request if he has
 *                             fetched the command; a late reply to it gets
 *                             ESTALE and changes nothing. The abort succeeds
 *                             at the latest 5 seconds later, answered or not.
 *   an initiator resets       all commands of the unit are taken back, from
 *                             every port, and the owner is told. A reset he
 *                             does not answer in 5 seconds has failed.
 *   the owner misbehaves      every field is checked; a bad reply gets an errno
 *                             and leaves the command in flight.
 *
 * All integers are in host byte order; CDB, sense and data are bytes as on the
 * wire. Every structure has the same layout for 32-bit and 64-bit processes.
 * Reserved fields are zero on input (else -EINVAL) and zero on output.
 */
#ifndef MHVTL_H
#define MHVTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define MHVTL_ABI_VERSION	1

#define MHVTL_MAX_UNITS		1024	/* unit numbers 0..1023 */
#define MHVTL_MAX_CHANNEL	15	/* addresses: channel 0..15 */
#define MHVTL_MAX_TARGET	255	/*            target 0..255 */
#define MHVTL_MAX_LUN		255	/*            LUN 0..255 */
#define MHVTL_MAX_PORTS		16	/* pseudo HBAs (module parameter hosts) */
#define MHVTL_MAX_QUEUE_DEPTH	256
#define MHVTL_MAX_GRACE_MS	600000
#define MHVTL_MAX_WAIT_US	1000
#define MHVTL_MAX_TRANSFER	(16U << 20)	/* bytes of data a command */
#define MHVTL_CDB_SIZE		32
#define MHVTL_SENSE_SIZE	252

/**
 * struct mhvtl_info - what this module is (MHVTL_IOC_INFO)
 * @abi_version: MHVTL_ABI_VERSION of the module; a daemon that knows another
 *	one must refuse to work, naming both.
 * @ports: number of pseudo HBAs, each an initiator port
 * @max_transfer: most data bytes one command can carry
 * @reserved: zero
 */
struct mhvtl_info {
	__u32 abi_version;
	__u32 ports;
	__u32 max_transfer;
	__u32 reserved;
};

/**
 * struct mhvtl_attach - become a unit (MHVTL_IOC_ATTACH)
 * @unit: unit number, 0..MHVTL_MAX_UNITS-1
 * @channel: SCSI address
 * @target: SCSI address
 * @lun: SCSI address
 * @queue_depth: commands in flight at once, 1..MHVTL_MAX_QUEUE_DEPTH
 * @grace_ms: how long the unit outlives an owner that died; 0: not at all
 * @takeover: out: 1 when an orphan was taken over, 0 for a new unit
 * @reserved: zero
 *
 * Returns 0 at once; the result of the scan comes as MHVTL_REQ_ATTACHED.
 * Errors: EINVAL (a number out of range, a reserved field set), EALREADY (this
 * descriptor is a unit), EBUSY (the unit number has a living owner),
 * EADDRINUSE (another unit has the address), EFAULT, ENOMEM.
 * An orphan of this number at another address is removed first, which may have
 * to wait like DETACH.
 */
struct mhvtl_attach {
	__u32 unit;
	__u32 channel;
	__u32 target;
	__u32 lun;
	__u32 queue_depth;
	__u32 grace_ms;
	__u32 takeover;
	__u32 reserved;
};

/**
 * struct mhvtl_attached - one initiator port's view of the unit; the data of
 *	an MHVTL_REQ_ATTACHED event is an array of these, one a port
 * @error: 0, or a positive errno: this port has no device for the unit. A unit
 *	whose INQUIRY data tell of another type than tape drive, medium changer
 *	or processor gets none.
 * @host: SCSI host number: the device is host:channel:target:lun
 * @channel: SCSI address
 * @target: SCSI address
 * @lun: SCSI address
 * @reserved: zero
 */
struct mhvtl_attached {
	__u32 error;
	__u32 host;
	__u32 channel;
	__u32 target;
	__u32 lun;
	__u32 reserved;
};

/* mhvtl_request.type */
#define MHVTL_REQ_COMMAND		1	/* answer with a reply */
#define MHVTL_REQ_TASK_MANAGEMENT	2	/* answer with a reply */
#define MHVTL_REQ_ATTACHED		3	/* an event, no answer */

/* mhvtl_request.task_attribute (SAM) */
#define MHVTL_TASK_SIMPLE		0
#define MHVTL_TASK_HEAD_OF_QUEUE	1
#define MHVTL_TASK_ORDERED		2
#define MHVTL_TASK_ACA			4

/* mhvtl_request.function */
#define MHVTL_TMF_ABORT_TASK		1	/* of the command subject_id */
#define MHVTL_TMF_LOGICAL_UNIT_RESET	2	/* of every port's commands */
#define MHVTL_TMF_TARGET_RESET		3	/* each unit of the target is told */

/* mhvtl_request.direction */
#define MHVTL_DATA_NONE			0
#define MHVTL_DATA_OUT			1	/* initiator to unit */
#define MHVTL_DATA_IN			2	/* unit to initiator */

/**
 * struct mhvtl_request - what the module asks of the owner
 * @id: names the request in its reply; never 0, never used twice by a unit
 * @type: MHVTL_REQ_*
 * @port: index of the pseudo HBA it came through: the I_T nexus
 * @task_attribute: MHVTL_TASK_*
 * @function: MHVTL_TMF_* for MHVTL_REQ_TASK_MANAGEMENT, else 0
 * @direction: MHVTL_DATA_*
 * @cdb_length: bytes of @cdb that count, at most MHVTL_CDB_SIZE
 * @timeout_ms: the initiator's patience, 0 if not known
 * @data_out_length: bytes stored in the caller's data_out buffer
 * @data_in_room: most data-in bytes the initiator takes
 * @subject_id: the command an ABORT TASK is about, else 0
 * @queued_ns: when the initiator sent the command, by CLOCK_MONOTONIC; else 0
 * @cdb: the command descriptor block, zero-padded
 */
struct mhvtl_request {
	__u64 id;
	__u32 type;
	__u32 port;
	__u8  task_attribute;
	__u8  function;
	__u8  direction;
	__u8  cdb_length;
	__u32 timeout_ms;
	__u32 data_out_length;
	__u32 data_in_room;
	__u64 subject_id;
	__u64 queued_ns;
	__u8  cdb[MHVTL_CDB_SIZE];
};

/* mhvtl_reply.response to a task management request (SAM) */
#define MHVTL_RSP_FUNCTION_COMPLETE	0
#define MHVTL_RSP_FUNCTION_REJECTED	1

/**
 * struct mhvtl_reply - the owner's answer
 * @id: of the request
 * @transferred: data bytes that moved: data-in bytes given with the reply (must
 *	equal mhvtl_exchange.data_in_length), or data-out bytes used. The rest of
 *	the initiator's buffer is the residual.
 * @status: SAM status byte, one that SAM-5 defines
 * @sense_length: bytes of @sense that count, at most MHVTL_SENSE_SIZE. CHECK
 *	CONDITION needs valid sense data (a response code of 70h to 73h), or the
 *	reply gets EINVAL: without it the initiator's error recovery would stop
 *	all units of the port.
 * @response: MHVTL_RSP_* for a task management request, else 0
 * @reserved: zero
 * @sense: sense data, delivered with CHECK CONDITION, else ignored; Linux
 *	keeps 96 bytes of it
 * @reserved2: zero
 */
struct mhvtl_reply {
	__u64 id;
	__u32 transferred;
	__u8  status;
	__u8  sense_length;
	__u8  response;
	__u8  reserved;
	__u8  sense[MHVTL_SENSE_SIZE];
	__u32 reserved2;
};

/**
 * struct mhvtl_exchange - complete one command, fetch the next
 *	(MHVTL_IOC_EXCHANGE)
 * @reply: address of a struct mhvtl_reply, or 0: nothing to complete
 * @data_in: address of the data-in that goes with the reply
 * @request: address of a struct mhvtl_request to fill, or 0: fetch nothing
 * @data_out: address of the buffer for data-out; page-aligned is fastest
 * @data_in_length: bytes at @data_in
 * @data_out_size: room at @data_out
 * @wait_us: wait that long for a request if there is none, at most
 *	MHVTL_MAX_WAIT_US; 0: return at once
 * @reply_error: out: 0, or the positive errno the reply met: ESTALE (no such
 *	request any more: aborted, reset), EINVAL (a field), EMSGSIZE (more data
 *	than the initiator takes), EFAULT. After any but ESTALE the request is
 *	still in flight.
 * @replied_ns: out: when the reply had been handled, by CLOCK_MONOTONIC; 0
 *	without a reply. With mhvtl_request.queued_ns it spares the owner two
 *	looks at a clock for each command.
 *
 * The reply is handled first. Then the oldest request is stored, if there is
 * one: returns 1 for a request, 0 for none. Errors concern the fetch only, the
 * reply has been handled: EMSGSIZE (data_out_size is too small; the request
 * stays queued), EFAULT, EINVAL, EINTR (a signal ended the wait). ENOTCONN (no
 * unit was ever attached) and ESHUTDOWN (the unit is gone after DETACH, as
 * EPOLLHUP tells) concern both.
 */
struct mhvtl_exchange {
	__u64 reply;
	__u64 data_in;
	__u64 request;
	__u64 data_out;
	__u32 data_in_length;
	__u32 data_out_size;
	__u32 wait_us;
	__u32 reply_error;
	__u64 replied_ns;
};

#define MHVTL_IOC_MAGIC		'v'
#define MHVTL_IOC_INFO		_IOR(MHVTL_IOC_MAGIC, 0x80, struct mhvtl_info)
#define MHVTL_IOC_ATTACH	_IOWR(MHVTL_IOC_MAGIC, 0x81, struct mhvtl_attach)
/* Removes the unit and its devices; commands in flight fail. Returns when the
 * address is free again. ENOTCONN: nothing attached. It waits while a port scans
 * any unit: a thread whose other units are being scanned must not be the one
 * that answers for them.
 */
#define MHVTL_IOC_DETACH	_IO(MHVTL_IOC_MAGIC, 0x82)
#define MHVTL_IOC_EXCHANGE	_IOWR(MHVTL_IOC_MAGIC, 0x83, struct mhvtl_exchange)

#endif /* MHVTL_H */
