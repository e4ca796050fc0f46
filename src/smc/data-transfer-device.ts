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
  /** What the person reading the log can do. */
  readonly remedy: string;
}

/**
 * Why a drive did not do its part, and what the initiator is told. The codes are those of the products that
 * publish a table (IBM TS3310: 5/3000, 4/5300, 4/5301, 5/5302), so that software reacts as it does to them.
 */
export const transferFailures = {
  // The picker reaches into the element and finds nothing.
  'no such cartridge': {
    key: 'ILLEGAL REQUEST',
    additional: 'MEDIUM SOURCE ELEMENT EMPTY',
    remedy:
      'Its directory is not in the home directory of the library: make it with mktape, or take its barcode out of library_contents.',
  },
  'incompatible medium': {
    key: 'ILLEGAL REQUEST',
    additional: 'INCOMPATIBLE MEDIUM INSTALLED',
    remedy:
      'The drive does not take cartridges of this type: use another drive, or a cartridge of a type it reads.',
  },
  // The cartridge is at fault, not the library: the key says so.
  unreadable: {
    key: 'MEDIUM ERROR',
    additional: 'MEDIA LOAD OR EJECT FAILED',
    remedy: 'Its files are damaged: see the log of the drive for which one, and restore it.',
  },
  // Somebody filled the drive behind the library's back (vtlcmd load).
  occupied: {
    key: 'ILLEGAL REQUEST',
    additional: 'MEDIUM DESTINATION ELEMENT FULL',
    remedy:
      'The drive holds a cartridge the library did not put there: take it out with "vtlcmd <drive> unload".',
  },
  'removal prevented': {
    key: 'ILLEGAL REQUEST',
    additional: 'MEDIUM REMOVAL PREVENTED',
    remedy:
      'A program has locked the cartridge in the drive (PREVENT ALLOW MEDIUM REMOVAL): end it, or unlock with "mt unlock".',
  },
  // The picker works and the drive is mute: an error of communication, as opposed to 53h, where it answered.
  'no answer': {
    key: 'HARDWARE ERROR',
    additional: 'LOGICAL UNIT COMMUNICATION TIME-OUT',
    remedy: 'Is the daemon of the drive running? See "systemctl status vtltape@<drive>".',
  },
  'load failed': {
    key: 'HARDWARE ERROR',
    additional: 'MEDIA LOAD OR EJECT FAILED',
    remedy: 'See the log of the drive for the reason.',
  },
  'unload failed': {
    key: 'HARDWARE ERROR',
    additional: 'UNLOAD TAPE FAILURE',
    remedy: 'See the log of the drive for the reason.',
  },
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
