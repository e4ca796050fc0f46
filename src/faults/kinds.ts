// SPDX-License-Identifier: GPL-2.0-or-later
// What can be made to go wrong: each kind stated once, with what an initiator sees of it.
import type { UnitKind } from '../ipc/words.js';

/** A number a fault can carry. */
export interface Parameter {
  readonly doc: string;
  readonly required?: true;
  readonly form: 'number' | 'hex' | 'word';
}

export interface FaultKind {
  readonly for: readonly UnitKind[];
  readonly doc: string;
  /** What the initiator sees. */
  readonly shows: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** How often it strikes if nothing is said; left out: until it is removed. */
  readonly count?: number;
}

const BOTH = ['drive', 'library'] as const;
const DRIVE = ['drive'] as const;
const LIBRARY = ['library'] as const;

const count: Parameter = { doc: 'how often it strikes', form: 'number' };
const barcode: Parameter = { doc: 'only with this cartridge', form: 'word' };
const opcode: Parameter = { doc: 'only commands with this operation code', form: 'hex' };

export const faultKinds = {
  'medium-error': {
    for: DRIVE,
    doc: 'A block cannot be read.',
    shows: 'MEDIUM ERROR, UNRECOVERED READ ERROR (3/11/00), TapeAlert 5',
    parameters: {
      block: { doc: 'number of the block or filemark', form: 'number', required: true },
      partition: { doc: 'its partition, 0 if left out', form: 'number' },
      barcode,
      count,
    },
  },
  'write-error': {
    for: DRIVE,
    doc: 'Writing fails after so many MB.',
    shows: 'MEDIUM ERROR, WRITE ERROR (3/0c/00), TapeAlert 6',
    parameters: {
      after: {
        doc: 'megabytes (10^6 bytes) that can still be written',
        form: 'number',
        required: true,
      },
      barcode,
      count,
    },
  },
  'load-failure': {
    for: DRIVE,
    doc: 'A cartridge cannot be loaded.',
    shows: 'the MOVE MEDIUM that was to load it fails; the cartridge stays where it was',
    parameters: { barcode, count },
  },
  'dirty-unmount': {
    for: DRIVE,
    doc: 'The drive loses power before it has finished with the cartridge at the next unload.',
    shows: 'TapeAlert 50, lost statistics, after the next load',
    parameters: { barcode, count },
    count: 1,
  },
  hang: {
    for: BOTH,
    doc: 'The unit does not answer until the fault is removed.',
    shows: 'the time-out of the initiator',
    parameters: { opcode, count },
  },
  slow: {
    for: BOTH,
    doc: 'Commands take longer.',
    shows: 'nothing but the time',
    parameters: {
      ms: { doc: 'milliseconds', form: 'number', required: true },
      opcode,
      count,
    },
  },
  busy: {
    for: BOTH,
    doc: 'The next command is answered BUSY.',
    shows: 'status BUSY (08h)',
    parameters: { opcode, count },
    count: 1,
  },
  'queue-full': {
    for: BOTH,
    doc: 'The next command is answered TASK SET FULL.',
    shows: 'status TASK SET FULL (28h)',
    parameters: { opcode, count },
    count: 1,
  },
  offline: {
    for: BOTH,
    doc: 'The unit is off line.',
    shows: 'NOT READY, LOGICAL UNIT NOT READY, OFFLINE (2/04/12)',
    parameters: { count },
  },
  'robot-jam': {
    for: LIBRARY,
    doc: 'The picker is stuck.',
    shows: 'HARDWARE ERROR, MECHANICAL POSITIONING ERROR (4/15/01) to every move',
    parameters: { count },
  },
  attention: {
    for: BOTH,
    doc: 'A unit attention for every initiator.',
    shows: 'UNIT ATTENTION with this additional sense code',
    parameters: {
      code: { doc: 'additional sense code and qualifier, as 2800', form: 'hex', required: true },
    },
    count: 1,
  },
  'tape-alert': {
    for: BOTH,
    doc: 'TapeAlert flags are set.',
    shows: 'the flags in log page 2Eh',
    parameters: {
      flags: { doc: 'flag n is bit n-1', form: 'hex', required: true },
    },
    count: 1,
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof faultKinds;
