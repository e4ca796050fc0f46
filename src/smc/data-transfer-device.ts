// SPDX-License-Identifier: GPL-2.0-or-later
// What a changer needs of a drive, and how the drive says no.
import type { AdditionalSense, SenseKey } from '../sam/asc.js';
import { type Refusal, refuse } from '../sam/reply.js';
import type { Identity } from '../spc/primary.js';

/** The drive in a data transfer element. Both calls settle in a bounded time, come what may. */
export interface DataTransferDevice {
  readonly identity: Pick<Identity, 'vendor' | 'product' | 'serial'>;
  /**
   * Puts a cartridge in and threads it.
   * @throws TransferFailure; the drive is then empty
   */
  load(barcode: string): Promise<void>;
  /**
   * Takes the cartridge out. Does nothing more when the drive has let it go already.
   * @throws TransferFailure; the cartridge is then still in the drive
   */
  unload(barcode: string): Promise<void>;
}

interface Consequence {
  readonly key: SenseKey;
  readonly additional: AdditionalSense;
}

/**
 * Why a drive did not do its part, and what the initiator is told. The codes are those of the products that
 * publish a table (IBM TS3310: 5/3000, 4/5300, 4/5301, 5/5302), so that software reacts as it does to them.
 */
export const transferFailures = {
  // The picker reaches into the element and finds nothing.
  'no such cartridge': { key: 'ILLEGAL REQUEST', additional: 'MEDIUM SOURCE ELEMENT EMPTY' },
  'incompatible medium': { key: 'ILLEGAL REQUEST', additional: 'INCOMPATIBLE MEDIUM INSTALLED' },
  // Another drive holds it, and does not let it go.
  'in use': { key: 'ILLEGAL REQUEST', additional: 'MEDIUM REMOVAL PREVENTED' },
  // The cartridge is at fault, not the library: the key says so.
  unreadable: { key: 'MEDIUM ERROR', additional: 'MEDIA LOAD OR EJECT FAILED' },
  // Somebody filled the drive behind the library's back.
  occupied: { key: 'ILLEGAL REQUEST', additional: 'MEDIUM DESTINATION ELEMENT FULL' },
  'removal prevented': { key: 'ILLEGAL REQUEST', additional: 'MEDIUM REMOVAL PREVENTED' },
  // The picker works and the drive is mute: an error of communication, as opposed to 53h, where it answered.
  'no answer': { key: 'HARDWARE ERROR', additional: 'LOGICAL UNIT COMMUNICATION TIME-OUT' },
  'load failed': { key: 'HARDWARE ERROR', additional: 'MEDIA LOAD OR EJECT FAILED' },
  'unload failed': { key: 'HARDWARE ERROR', additional: 'UNLOAD TAPE FAILURE' },
} as const satisfies Readonly<Record<string, Consequence>>;
export type TransferFailureReason = keyof typeof transferFailures;

/** Thrown by a {@link DataTransferDevice} that could not do its part. */
export class TransferFailure extends Error {
  readonly reason: TransferFailureReason;
  constructor(reason: TransferFailureReason, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'TransferFailure';
    this.reason = reason;
  }
}

/** What the initiator is told. */
export function refusalFor(failure: TransferFailure): Refusal {
  const { key, additional } = transferFailures[failure.reason];
  return refuse(key, additional);
}
