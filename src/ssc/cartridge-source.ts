// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge in the mouth of a drive, before anybody threaded its tape.
import type { Awaitable, Volume } from '../medium/volume.js';

export interface CartridgeSource {
  readonly barcode: string;
  /** Opens the cartridge. Rejects when it is damaged, gone, or of a format nobody here knows. */
  open(): Awaitable<Volume>;
}

/** Why a drive does not take a cartridge. */
export type LoadRefusal = 'occupied' | 'incompatible medium' | 'in use' | 'unreadable';

/** Thrown by {@link TapeDrive.insert}; the drive is as empty as before. */
export class LoadError extends Error {
  readonly reason: LoadRefusal;
  constructor(reason: LoadRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LoadError';
    this.reason = reason;
  }
}
