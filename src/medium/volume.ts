// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive sees of a cartridge: logical objects by partition and number, and facts, never sense data.
import type { CartridgeType } from './cartridge-types.js';
import type { MediumAuxiliaryMemory } from './mam.js';

export type Awaitable<T> = T | Promise<T>;

/** What lies at a position. Reading or spacing past the last object finds `'end of data'`. */
export type ObjectKind = 'block' | 'filemark' | 'end of data';

/** The outcome of {@link Volume.read}. `length` is the block's whole length, whatever room there was. */
export type ReadOutcome =
  | { readonly kind: 'block'; readonly length: number }
  | { readonly kind: 'filemark' }
  | { readonly kind: 'end of data' };

/** The cartridge's use, MAM attribute 0408h (SPC, MEDIUM TYPE). */
export type Use = 'data' | 'WORM' | 'NULL' | 'diagnostic' | 'firmware' | 'cleaning';

/** Why the medium could not do what was asked. */
export type MediumFault =
  | 'unreadable' /* the data could not be read from the store */
  | 'damaged' /* it was read, but its checksum or its form is wrong */
  | 'unwritable' /* the store refused the write (I/O error, read-only file system) */
  | 'no space'; /* the store is full */

/** Thrown by every {@link Volume} operation that meets trouble in the store; nothing was changed. */
export class MediumError extends Error {
  readonly fault: MediumFault;
  constructor(fault: MediumFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MediumError';
    this.fault = fault;
  }
}

/** Who mounts the cartridge; kept in MAM attributes 020Ah to 020Dh. */
export interface MountingDrive {
  readonly vendor: string;
  readonly serial: string;
}

/**
 * A mounted cartridge. Objects of a partition are numbered from 0; filemarks count (SSC, "logical object
 * identifier"). The volume has no position of its own: the drive keeps it and names it in each call.
 * Every method may throw {@link MediumError}.
 */
export interface Volume {
  readonly barcode: string;
  readonly type: CartridgeType;
  readonly use: Use;
  /** The write-protect switch of the cartridge. */
  readonly writeProtected: boolean;
  readonly mam: MediumAuxiliaryMemory;
  readonly partitionCount: number;

  /** Number of objects in the partition: the position of end-of-data. */
  endOfData(partition: number): number;
  /** Bytes a partition holds. */
  capacity(partition: number): number;
  /** Bytes the objects before `position` occupy on the medium (as stored, filemarks take none). */
  used(partition: number, position: number): number;

  /**
   * What is at `position`. Throws `'damaged'` at an end of data that is none: objects were lost there. Ask it
   * before telling a host that the data end, since {@link endOfData} and the searches stop there, too.
   */
  kindAt(partition: number, position: number): ObjectKind;
  /** Reads the object at `position`; of a block at most `into.length` bytes are stored in `into`. */
  read(partition: number, position: number, into: Uint8Array): Awaitable<ReadOutcome>;

  /**
   * Writes one block at `position`; objects at and after it are gone. The bytes are no longer needed once the
   * call is done.
   */
  write(partition: number, position: number, block: Uint8Array): Awaitable<void>;
  /** Writes `count` filemarks at `position`; objects at and after it are gone. `count` 0 changes nothing. */
  writeFilemarks(partition: number, position: number, count: number): Awaitable<void>;
  /** Makes `position` the end of data. */
  truncate(partition: number, position: number): Awaitable<void>;
  /** Returns when everything written is on stable storage, attributes set in {@link mam} among it. */
  flush(): Awaitable<void>;

  /**
   * Position of the `count`-th filemark at or after `position`, or what there is before end of data:
   * `found` filemarks, the last of them at `at` (undefined when none).
   */
  filemarksForward(partition: number, position: number, count: number): FilemarkSearch;
  /** The same backwards: filemarks before `position`, nearest first. */
  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch;

  /**
   * Tells the cartridge that `drive` accepted it: load count, drive history, and the mark that says "in use"
   * until {@link dismount}. Returns whether that mark was still set: the last dismount did not happen.
   */
  mount(drive: MountingDrive): Awaitable<{ readonly dirty: boolean }>;
  /** First modification after a mount: bumps the volume change reference (MAM 0009h). Later calls do nothing. */
  noteModification(): Awaitable<void>;
  /** Flushes, adds the totals of this mount to the MAM (bytes to and from hosts), clears the mark, closes. */
  dismount(totals: { readonly bytesWritten: number; readonly bytesRead: number }): Awaitable<void>;
  /** Closes without a word to the MAM: the drive refused the cartridge. */
  close(): Awaitable<void>;
}

export interface FilemarkSearch {
  readonly found: number;
  readonly at: number | undefined;
}
