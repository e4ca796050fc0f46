// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive starts with beside its product.
import type { Compression } from '../medium/volume.js';
import type { Environment } from '../spc/environment.js';
import type { Identity } from '../spc/primary.js';
import type { Cipher } from './encryption/cipher.js';
import type { Pace } from './mechanics.js';

/** The library a drive is in. */
export interface Automation {
  readonly serial: string;
  readonly elementAddress: number;
}

export interface DriveOptions extends Environment {
  readonly identity: Identity;
  /** DCE of the Data Compression mode page after power on. */
  readonly compression: boolean;
  /** How blocks are compressed while DCE is one; left out: not at all. */
  readonly compressor?: Compression | undefined;
  /** How long movements take; no time when left out. */
  readonly pace?: Pace;
  /** The cryptography of products that encrypt; without it they do not. */
  readonly cipher?: Cipher;
  /** Whether a Reed-Solomon CRC comes with its most significant byte first; it does when left out. */
  readonly bigEndianProtection?: boolean;
  /** Left out: it is in none. */
  readonly automation?: Automation | undefined;
  /** Told when an initiator unloads the volume: the library may fetch it now. */
  onEjected?(): void;
}
