// SPDX-License-Identifier: GPL-2.0-or-later
// kernel/mhvtl.h in TypeScript: constants and structures, compared with the header by a test.
import { endianness } from 'node:os';
import { type Field, layout, littleEndian, raw, safe64, u8, u32, u64 } from '../bytes/layout.js';

/** The header's constants without their MHVTL_ prefix. */
export const MHVTL = {
  ABI_VERSION: 1,
  MAX_UNITS: 1024,
  MAX_CHANNEL: 15,
  MAX_TARGET: 255,
  MAX_LUN: 255,
  MAX_PORTS: 16,
  MAX_QUEUE_DEPTH: 256,
  MAX_GRACE_MS: 600000,
  MAX_WAIT_US: 1000,
  MAX_TRANSFER: 16 << 20,
  CDB_SIZE: 32,
  SENSE_SIZE: 252,
  REQ_COMMAND: 1,
  REQ_TASK_MANAGEMENT: 2,
  REQ_ATTACHED: 3,
  TASK_SIMPLE: 0,
  TASK_HEAD_OF_QUEUE: 1,
  TASK_ORDERED: 2,
  TASK_ACA: 4,
  TMF_ABORT_TASK: 1,
  TMF_LOGICAL_UNIT_RESET: 2,
  TMF_TARGET_RESET: 3,
  DATA_NONE: 0,
  DATA_OUT: 1,
  DATA_IN: 2,
  RSP_FUNCTION_COMPLETE: 0,
  RSP_FUNCTION_REJECTED: 1,
} as const;

const host = <T extends number | bigint>(field: Field<T>): Field<T> =>
  endianness() === 'LE' ? littleEndian(field) : field;
const host32 = (at: number): Field<number> => host(u32(at));
const host64 = (at: number): Field<bigint> => host(u64(at));

/** struct mhvtl_info */
export const info = layout(16, {
  abiVersion: host32(0),
  ports: host32(4),
  maxTransfer: host32(8),
});

/** struct mhvtl_attach */
export const attach = layout(32, {
  unit: host32(0),
  channel: host32(4),
  target: host32(8),
  lun: host32(12),
  queueDepth: host32(16),
  graceMs: host32(20),
  takeover: host32(24),
});

/** struct mhvtl_attached */
export const attached = layout(24, {
  error: host32(0),
  host: host32(4),
  channel: host32(8),
  target: host32(12),
  lun: host32(16),
});

/** struct mhvtl_request */
export const request = layout(80, {
  id: host64(0),
  type: host32(8),
  port: host32(12),
  taskAttribute: u8(16),
  function: u8(17),
  direction: u8(18),
  cdbLength: u8(19),
  timeoutMs: host32(20),
  dataOutLength: host32(24),
  dataInRoom: host32(28),
  subjectId: host64(32),
  /* Nanoseconds since the start: below 2^53 for a hundred days, and then a little less exact. */
  queuedNs: host(safe64(40)),
  cdb: raw(48, MHVTL.CDB_SIZE),
});

/** struct mhvtl_reply */
export const reply = layout(272, {
  id: host64(0),
  transferred: host32(8),
  status: u8(12),
  senseLength: u8(13),
  response: u8(14),
  sense: raw(16, MHVTL.SENSE_SIZE),
});
