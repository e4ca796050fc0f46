// SPDX-License-Identifier: GPL-2.0-or-later
// What a command answers: a value, made by one of these functions.
import type { AdditionalSense, SenseKey } from './asc.js';
import { type Sense, type SenseDetail, sense } from './sense.js';

/** SAM status codes (SAM-6 5.3). */
export const status = {
  GOOD: 0x00,
  'CHECK CONDITION': 0x02,
  BUSY: 0x08,
  'RESERVATION CONFLICT': 0x18,
  'TASK SET FULL': 0x28,
  'TASK ABORTED': 0x40,
} as const;
export type Status = keyof typeof status;

export interface Reply {
  readonly status: Status;
  /** Data-in. The logical unit cuts it to the allocation length and the initiator's buffer. */
  readonly dataIn?: Uint8Array;
  /** Bytes of data-out that were used; all of them when left out. */
  readonly dataOutUsed?: number;
  readonly sense?: Sense;
}

export const good = (dataIn?: Uint8Array): Reply =>
  dataIn ? { status: 'GOOD', dataIn } : { status: 'GOOD' };

export const reservationConflict: Reply = { status: 'RESERVATION CONFLICT', dataOutUsed: 0 };

/** CHECK CONDITION, perhaps with data (a tape's filemark, ILI, early warning come with both). */
export const check = (condition: Sense, more: Omit<Reply, 'status' | 'sense'> = {}): Reply => ({
  status: 'CHECK CONDITION',
  sense: condition,
  ...more,
});

/** A refusal: thrown from anywhere inside a command, it becomes CHECK CONDITION with no data moved. */
export class Refusal extends Error {
  readonly sense: Sense;
  constructor(condition: Sense) {
    super(`${condition.key}, ${condition.additional}`);
    this.name = 'Refusal';
    this.sense = condition;
  }
}

/** `throw refuse('NOT READY', 'MEDIUM NOT PRESENT')` */
export const refuse = (
  key: SenseKey,
  additional: AdditionalSense,
  detail: SenseDetail = {},
): Refusal => new Refusal(sense(key, additional, detail));

/** ILLEGAL REQUEST, INVALID FIELD IN CDB, pointing at a byte and, if given, the field's first bit. */
export const invalidFieldInCdb = (byte: number, bit?: number): Refusal =>
  refuse('ILLEGAL REQUEST', 'INVALID FIELD IN CDB', {
    fieldPointer: bit === undefined ? { in: 'cdb', byte } : { in: 'cdb', byte, bit },
  });

/** ILLEGAL REQUEST, INVALID FIELD IN PARAMETER LIST, pointing likewise into the data-out. */
export const invalidFieldInParameterList = (byte: number, bit?: number): Refusal =>
  refuse('ILLEGAL REQUEST', 'INVALID FIELD IN PARAMETER LIST', {
    fieldPointer: bit === undefined ? { in: 'data', byte } : { in: 'data', byte, bit },
  });
