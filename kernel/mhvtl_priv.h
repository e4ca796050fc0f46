/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mhvtl_priv.h - what the files of mhvtl.ko share.
 *
 * Locks, outermost first: mhvtl_owner.mutex, mhvtl_table_lock, mhvtl_unit.lock.
 * The data path takes mhvtl_unit.lock alone; there is no lock two units share
 * on it.
 */
#ifndef MHVTL_PRIV_H
#define MHVTL_PRIV_H

#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

#include "mhvtl.h"

/* How long error handling waits for the owner's answer. */
#define MHVTL_TMF_PATIENCE	(5 * HZ)

/**
 * enum mhvtl_state - the states mhvtl.h describes, without "none"
 * @MHVTL_ATTACHED: mhvtl_unit.owner is set
 * @MHVTL_ORPHAN: waits for a new owner, or for mhvtl_unit.deadline
 * @MHVTL_GONE: being removed; whoever sets it does the removal
 */
enum mhvtl_state { MHVTL_ATTACHED, MHVTL_ORPHAN, MHVTL_GONE };

/**
 * enum mhvtl_cmd_state - who may touch a command
 * @MHVTL_CMD_IDLE: the mid-layer, or the one who took it off our lists
 * @MHVTL_CMD_PENDING: on mhvtl_unit.pending, the owner has not seen it
 * @MHVTL_CMD_IN_FLIGHT: on mhvtl_unit.in_flight, the owner works on it
 * @MHVTL_CMD_CLAIMED: on mhvtl_unit.in_flight, one thread copies its data
 * @MHVTL_CMD_REVOKED: claimed, and to be finished by the claimer at once
 */
enum mhvtl_cmd_state {
	MHVTL_CMD_IDLE,
	MHVTL_CMD_PENDING,
	MHVTL_CMD_IN_FLIGHT,
	MHVTL_CMD_CLAIMED,
	MHVTL_CMD_REVOKED,
};

/**
 * struct mhvtl_cmd - our part of a scsi_cmnd; protected by mhvtl_unit.lock
 * @node: in a list of the unit unless idle
 * @scmd: the command this belongs to
 * @id: mhvtl_request.id
 * @queued_ns: mhvtl_request.queued_ns
 * @state: who may touch it
 * @host_byte: DID_* it ends with when @state is MHVTL_CMD_REVOKED
 */
struct mhvtl_cmd {
	struct list_head node;
	struct scsi_cmnd *scmd;
	u64 id;
	u64 queued_ns;
	enum mhvtl_cmd_state state;
	u8 host_byte;
};

/**
 * struct mhvtl_tmf - one task management request
 * @refs: the unit's list and everyone who looks at it
 * @node: in a list of the unit until it is answered or dropped
 * @waiters: for the poster's use
 * @answered: completed by the answer, or by the owner's death
 * @id: mhvtl_request.id
 * @subject_id: mhvtl_request.subject_id
 * @port: mhvtl_request.port
 * @function: MHVTL_TMF_*
 * @response: MHVTL_RSP_*, or -1: there was no answer
 */
struct mhvtl_tmf {
	refcount_t refs;
	struct list_head node;
	struct list_head waiters;
	struct completion answered;
	u64 id;
	u64 subject_id;
	u32 port;
	u8 function;
	int response;
};

/**
 * struct mhvtl_owner - an open descriptor of /dev/mhvtl
 * @mutex: serialises ATTACH and DETACH
 * @lock: protects @unit
 * @unit: what it is, or was until DETACH, or NULL; holds a reference
 * @readable: woken when something waits, or the unit is gone
 */
struct mhvtl_owner {
	struct mutex mutex; /* see above */
	spinlock_t lock; /* see above */
	struct mhvtl_unit *unit;
	wait_queue_head_t readable;
};

/**
 * struct mhvtl_unit - one logical unit, presented by every port
 * @refs: the table, the owner, and each SCSI device
 * @number: index in the table
 * @channel: SCSI address
 * @target: SCSI address
 * @lun: SCSI address
 * @lock: protects all that follows
 * @state: see enum mhvtl_state
 * @owner: who answers, while attached
 * @queue_depth: of each SCSI device
 * @grace_ms: how long it may be an orphan
 * @deadline: jiffies at which an orphan is removed
 * @generation: counts the owners, so that a scan knows whom to tell
 * @last_id: the last mhvtl_request.id given out
 * @pending: struct mhvtl_cmd, oldest first
 * @in_flight: struct mhvtl_cmd
 * @tmf_pending: struct mhvtl_tmf, oldest first
 * @tmf_in_flight: struct mhvtl_tmf
 * @attached_event: @attached waits to be fetched
 * @attached: result of the last scan, one a port
 * @deaf: the owner let a task management request time out and has fetched
 *	nothing since
 * @revoked: number of commands in state MHVTL_CMD_REVOKED
 * @devices: number of SCSI devices that refer to the unit
 * @settled: woken when @revoked or @devices becomes 0
 * @scan: makes the SCSI devices
 * @expire: ends the grace period
 */
struct mhvtl_unit {
	struct kref refs;
	u32 number;
	u32 channel;
	u32 target;
	u32 lun;

	spinlock_t lock; /* see above */
	enum mhvtl_state state;
	struct mhvtl_owner *owner;
	u32 queue_depth;
	u32 grace_ms;
	unsigned long deadline;
	u32 generation;
	u64 last_id;
	struct list_head pending;
	struct list_head in_flight;
	struct list_head tmf_pending;
	struct list_head tmf_in_flight;
	bool attached_event;
	struct mhvtl_attached attached[MHVTL_MAX_PORTS];
	bool deaf;
	unsigned int revoked;
	unsigned int devices;
	wait_queue_head_t settled;
	struct work_struct scan;
	struct delayed_work expire;
};

/**
 * struct mhvtl_copy - a copy that may need several rounds
 * @user: the owner's buffer
 * @length: bytes in all
 * @done: bytes copied
 * @rounds: how often pages had to be brought in
 */
struct mhvtl_copy {
	void __user *user;
	u32 length;
	u32 done;
	unsigned int rounds;
};

/* mhvtl_main.c */
extern unsigned int mhvtl_ports;
extern struct Scsi_Host *mhvtl_hosts[MHVTL_MAX_PORTS];

/* mhvtl_scsi.c */
struct Scsi_Host *mhvtl_host_create(struct device *parent, u32 port);
u32 mhvtl_port(const struct Scsi_Host *host);

/* mhvtl_target.c */
bool mhvtl_target_answers(struct scsi_cmnd *scmd);

/* mhvtl_table.c */
struct mhvtl_unit *mhvtl_unit_next(u32 from, u32 channel, u32 target);
struct mhvtl_unit *mhvtl_unit_find(u32 channel, u32 target, u64 lun);
struct mhvtl_unit *mhvtl_unit_attach(struct mhvtl_owner *owner,
				     struct mhvtl_attach *attach);
void mhvtl_table_leave(struct mhvtl_unit *unit);
void mhvtl_table_clear(void);

/* mhvtl_unit.c */
int mhvtl_units_init(void);
void mhvtl_units_exit(void);
struct mhvtl_unit *mhvtl_unit_alloc(const struct mhvtl_attach *attach);
void mhvtl_unit_put(struct mhvtl_unit *unit);
bool mhvtl_unit_own(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
		    const struct mhvtl_attach *attach);
void mhvtl_unit_orphan(struct mhvtl_unit *unit);
void mhvtl_unit_detach(struct mhvtl_unit *unit);
void mhvtl_unit_remove_orphan(struct mhvtl_unit *unit);

/* mhvtl_queue.c */
void mhvtl_unit_wake(struct mhvtl_unit *unit);
bool mhvtl_unit_readable(struct mhvtl_unit *unit);
void mhvtl_unit_settle(struct mhvtl_unit *unit);
bool mhvtl_cmd_submit(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd);
void mhvtl_cmd_finish(struct scsi_cmnd *scmd, u8 host_byte);
bool mhvtl_cmd_abort(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd);
struct mhvtl_cmd *mhvtl_cmd_find(struct mhvtl_unit *unit, u64 id);
void mhvtl_cmd_claim(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd);
bool mhvtl_cmd_release(struct mhvtl_unit *unit, struct mhvtl_cmd *cmd,
		       enum mhvtl_cmd_state next);
void mhvtl_cmd_take_all(struct mhvtl_unit *unit, u8 host_byte,
			struct list_head *taken);
void mhvtl_cmd_finish_all(struct list_head *taken, u8 host_byte);

/* mhvtl_tmf.c */
struct mhvtl_tmf *mhvtl_tmf_post(struct mhvtl_unit *unit, u8 function,
				 u32 port, u64 subject_id);
bool mhvtl_tmf_wait(struct mhvtl_tmf *tmf, unsigned long deadline);
struct mhvtl_tmf *mhvtl_tmf_find(struct mhvtl_unit *unit, u64 id);
void mhvtl_tmf_answer(struct mhvtl_tmf *tmf, int response);
void mhvtl_tmf_put(struct mhvtl_tmf *tmf);
void mhvtl_tmf_drop_all(struct mhvtl_unit *unit);

/* mhvtl_copy.c */
void mhvtl_copy_on(struct mhvtl_copy *copy, struct scsi_cmnd *scmd,
		   bool to_user);
int mhvtl_copy_fault(struct mhvtl_copy *copy, bool to_user);

/* mhvtl_reply.c */
int mhvtl_exchange_reply(struct mhvtl_unit *unit,
			 const struct mhvtl_exchange *exchange);

/* mhvtl_fetch.c */
int mhvtl_exchange_fetch(struct mhvtl_unit *unit, struct mhvtl_owner *owner,
			 const struct mhvtl_exchange *exchange);

/* mhvtl_dev.c */
int mhvtl_dev_register(void);
void mhvtl_dev_deregister(void);

#endif /* MHVTL_PRIV_H */
