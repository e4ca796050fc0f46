// SPDX-License-Identifier: GPL-2.0-or-later
// A command stated once: from its table come decoding, the reserved-bit check and the usage data.
import { type Fields, type Layout, layout, type Values } from '../bytes/layout.js';
import type { Reply } from './reply.js';
import type { AcceptedTask } from './task-set.js';

/** CDB length by the group code in the operation code's upper three bits (SPC-5 4.2.5.1). */
const lengthOfGroup: Readonly<Record<number, number>> = { 0: 6, 1: 10, 2: 10, 4: 16, 5: 12 };

/** CONTROL (SAM-6 5.2): the two vendor-specific bits are let pass; NACA and the reserved bits are not. */
const controlMask = 0xc0;

/** How a command stands to the gates every command passes (see gates.ts). */
export interface CommandTraits {
  /** Answered although a unit attention waits, which stays (SAM-6 5.14: INQUIRY, REPORT LUNS, ...). */
  readonly passesUnitAttention?: boolean;
  /** Answered at once, ahead of commands that are still running. */
  readonly passesQueue?: boolean;
  /** Data-out holds a key: it is overwritten when the command has ended, however it ended. */
  readonly dataOutIsSecret?: boolean;
}

/**
 * When a persistent reservation of another I_T nexus lets a command through (SPC-5 5.14, SSC-5 4.2.22, SMC-3 4.11):
 * under every type, under the Write Exclusive types (commands that change nothing), or under none.
 */
export type ReservationRule = 'every reservation' | 'write exclusive' | 'none';

export interface CommandDefinition<Unit, F extends Fields> extends CommandTraits {
  /** As the standard prints it, e.g. `'LOCATE(10)'`. */
  readonly name: string;
  /** Clause of the standard. */
  readonly ref: string;
  readonly opcode: number;
  readonly serviceAction?: number;
  /** CDB length where the group code does not tell (vendor-specific groups). */
  readonly size?: number;
  /**
   * Fields after the operation code, except SERVICE ACTION and CONTROL. Two names have a meaning everywhere:
   * `allocationLength` cuts data-in, `parameterListLength` says how much data-out must be there.
   */
  readonly cdb: F;
  /** Answered although another I_T nexus holds the unit by RESERVE (SPC-2 5.5.1); no, when left out. */
  readonly passesReserve?: boolean | ((args: Values<F>) => boolean);
  /** What persistent reservations of others let it through; none, when left out. */
  readonly allowedUnder?: ReservationRule | ((args: Values<F>) => ReservationRule);
  execute(unit: Unit, args: Values<F>, task: AcceptedTask): Reply | Promise<Reply>;
}

export interface FieldPosition {
  readonly byte: number;
  readonly bit: number;
}

/** A command ready to run on units of type `Unit`. */
export interface Command<Unit> extends CommandTraits {
  readonly name: string;
  readonly ref: string;
  readonly opcode: number;
  readonly serviceAction: number | undefined;
  readonly size: number;
  /** CDB usage data as REPORT SUPPORTED OPERATION CODES returns it (SPC-5 6.29.3). */
  readonly usage: Uint8Array;
  /** The first reserved bit that is set, if any. */
  reservedBit(cdb: Uint8Array, ignored: number): FieldPosition | undefined;
  /** Decodes and runs. `cdb` has at least `size` bytes. */
  start(unit: Unit, task: AcceptedTask): Reply | Promise<Reply>;
  passesReserve(cdb: Uint8Array): boolean;
  allowedUnder(cdb: Uint8Array): ReservationRule;
  /** ALLOCATION LENGTH of this CDB; undefined when the command has none. */
  allocationLength(cdb: Uint8Array): number | undefined;
  /** PARAMETER LIST LENGTH of this CDB; undefined when the command has none. */
  parameterListLength(cdb: Uint8Array): number | undefined;
}

/** Usage data: operation code, service action, and a one for every bit the command looks at. */
function usageOf(fields: Layout<Fields>, opcode: number, serviceAction?: number): Uint8Array {
  const usage = Uint8Array.from(fields.mask);
  if (usage[0] !== 0) throw new RangeError('byte 0 is the operation code');
  if (usage[fields.size - 1] !== 0) throw new RangeError('the last byte is CONTROL');
  usage[0] = opcode;
  if (serviceAction !== undefined) {
    if (usage[1]! & 0x1f) throw new RangeError('byte 1 bits 4-0 are the service action');
    usage[1]! |= serviceAction;
  }
  return usage;
}

/**
 * Declares a command for units of type `Unit`:
 * `command<Tape>()({ name: 'REWIND', opcode: 0x01, cdb: { IMMED: bit(1, 0) }, execute(tape, { IMMED }) {...} })`
 * @throws RangeError at load when the table contradicts itself
 */
export function command<Unit>() {
  return <const F extends Fields>(definition: CommandDefinition<Unit, F>): Command<Unit> => {
    const { name, ref, opcode, serviceAction } = definition;
    const size = definition.size ?? lengthOfGroup[opcode >> 5];
    if (size === undefined) throw new RangeError(`${name}: say the CDB length`);
    const cdbLayout = layout(size, definition.cdb);
    const usage = usageOf(cdbLayout, opcode, serviceAction);
    const allowed = Uint8Array.from(usage);
    allowed[0] = 0xff;
    if (serviceAction !== undefined) allowed[1]! |= 0x1f;
    allowed[size - 1] = controlMask;
    const { passesReserve = false, allowedUnder = 'none' } = definition;
    const numberField = (field: string) => (cdb: Uint8Array) =>
      definition.cdb[field]?.read(cdb, 0) as number | undefined;
    return {
      ...definition,
      serviceAction,
      size,
      usage,
      allocationLength: numberField('allocationLength'),
      parameterListLength: numberField('parameterListLength'),
      reservedBit(cdb, ignored) {
        for (let byte = 1; byte < size; byte++) {
          const wrong = cdb[byte]! & ~allowed[byte]! & ~(byte === 1 ? ignored : 0);
          if (wrong & 0xff) return { byte, bit: 31 - Math.clz32(wrong & 0xff) };
        }
        return undefined;
      },
      passesReserve: (cdb) =>
        typeof passesReserve === 'boolean' ? passesReserve : passesReserve(cdbLayout.decode(cdb)),
      allowedUnder: (cdb) =>
        typeof allowedUnder === 'string' ? allowedUnder : allowedUnder(cdbLayout.decode(cdb)),
      start: (unit, task) => definition.execute(unit, cdbLayout.decode(task.cdb), task),
      name,
      ref,
      opcode,
    };
  };
}
