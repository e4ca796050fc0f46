// SPDX-License-Identifier: GPL-2.0-or-later
// The timestamp of a device, REPORT TIMESTAMP and SET TIMESTAMP (SPC-5 5.2, 6.33, 6.46).
import { bits, layout, u16, u32, u48 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, refuse } from '../sam/reply.js';
import type { Clock } from './environment.js';
import type { PrimaryDevice } from './primary.js';

/** TIMESTAMP ORIGIN (SPC-5 table 57). */
export const timestampOrigins = { 'zero at power on': 0, 'SET TIMESTAMP': 2 } as const;

/** Milliseconds since 1970 once somebody has set it, since power on until then. */
export class Timestamp {
  readonly #clock: Clock;
  #origin: keyof typeof timestampOrigins = 'zero at power on';
  #value = 0;
  #setAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#setAt = clock.elapsed();
  }

  get origin(): keyof typeof timestampOrigins {
    return this.#origin;
  }

  /** Milliseconds. */
  get value(): number {
    return this.#value + Math.floor(this.#clock.elapsed() - this.#setAt);
  }

  /** @param value milliseconds since 1970 */
  set(value: number): void {
    this.#origin = 'SET TIMESTAMP';
    this.#value = value;
    this.#setAt = this.#clock.elapsed();
  }
}

const report = layout(12, { length: u16(0), origin: bits(2, 2, 3), timestamp: u48(4) });
/** SET TIMESTAMP: the field of the report and nothing else. */
const parameterList = layout(12, { timestamp: u48(4) });

export const reportTimestamp = command<PrimaryDevice>()({
  name: 'REPORT TIMESTAMP',
  ref: 'SPC-5 6.33',
  opcode: 0xa3,
  serviceAction: 0x0f,
  allowedUnder: 'every reservation',
  cdb: { allocationLength: u32(6) },
  execute: ({ timestamp }) =>
    good(
      report.encode({
        length: report.size - 2,
        origin: timestampOrigins[timestamp.origin],
        timestamp: timestamp.value,
      }),
    ),
});

export const setTimestamp = command<PrimaryDevice>()({
  name: 'SET TIMESTAMP',
  ref: 'SPC-5 6.46',
  opcode: 0xa4,
  serviceAction: 0x0f,
  cdb: { parameterListLength: u32(6) },
  execute(unit, { parameterListLength }, { nexus, dataOut }) {
    if (parameterListLength === 0) return good();
    if (parameterListLength < parameterList.size)
      throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
    unit.timestamp.set(parameterList.decode(dataOut).timestamp);
    unit.attentions.raise('TIMESTAMP CHANGED', nexus);
    return good();
  },
});
