// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive sees of a cartridge: logical objects by partition and number, and facts, never sense data.
import type { CartridgeType } from './cartridge-types.js';
import type { FirstEncrypted } from './first-encrypted.js';
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
  | 'no space' /* the store is full */
  | 'sealed' /* the block is encrypted, and nothing was given to undo it */
  | 'in use'; /* somebody else has the cartridge open */

/** Where a failed write of buffered blocks left the medium. */
export interface LostObjects {
  readonly partition: number;
  /** The end of data now: objects accepted from here on are lost. */
  readonly position: number;
}

/**
 * Thrown by every {@link Volume} operation that meets trouble in the store; nothing was changed, unless `lost`
 * says that blocks accepted earlier are not there.
 */
export class MediumError extends Error {
  readonly fault: MediumFault;
  /** The trouble is that of earlier, acknowledged writes: the operation that reports it has not been begun. */
  readonly deferred: boolean;
  /** Set when accepted blocks could not be written. */
  readonly lost: LostObjects | undefined;
  constructor(
    fault: MediumFault,
    message: string,
    options?: ErrorOptions & { readonly deferred?: boolean; readonly lost?: LostObjects },
  ) {
    super(message, options);
    this.name = 'MediumError';
    this.fault = fault;
    this.deferred = options?.deferred ?? false;
    this.lost = options?.lost;
  }
}

/** Ways to compress blocks. `lz4` and `zstd` are this program's own; others cannot read them. */
export const compressionTypes = ['lzo', 'zlib', 'lz4', 'zstd'] as const;
export type CompressionType = (typeof compressionTypes)[number];

export interface Compression {
  readonly type: CompressionType;
  /** 1 (fast) to 9 (small), for the types that have levels: `zlib` and `zstd`. */
  readonly level: number;
}

/** Encrypts a block. The medium stores what it returns, and the key-associated data beside it in clear. */
export interface Seal {
  /** @param payload the block after compression; at most 256 bytes may be added */
  seal(payload: Uint8Array): Uint8Array;
  /** U-KAD and A-KAD (SSC-5 4.2.26.4), at most 32 bytes each. */
  readonly unauthenticatedData: Uint8Array;
  readonly authenticatedData: Uint8Array;
}

/** Undoes a {@link Seal}. */
export interface Unseal {
  /**
   * What was sealed. What it throws is what the read throws.
   * @param payload what {@link Seal.seal} returned
   * @param info of the block, with its key-associated data
   */
  unseal(payload: Uint8Array, info: BlockInfo): Uint8Array;
}

/** How a block is to be written. */
export interface WriteOptions {
  /** Left out: as it is. What compression does not make smaller is stored as it is all the same. */
  readonly compress?: Compression | undefined;
  readonly seal?: Seal | undefined;
}

/** How a block is to be read. */
export interface ReadOptions {
  readonly unseal?: Unseal | undefined;
}

/** How a block is stored. */
export interface BlockInfo {
  /** Bytes the host wrote. */
  readonly size: number;
  /** Bytes it occupies on the medium. */
  readonly storedSize: number;
  /** `'marked'`: by another program, which stored it in clear, and `key` beside it. */
  readonly encryption: 'none' | 'sealed' | 'marked';
  readonly key: Uint8Array;
  readonly unauthenticatedData: Uint8Array;
  readonly authenticatedData: Uint8Array;
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
  /** Flips the switch; kept on the cartridge. */
  setWriteProtected(on: boolean): Awaitable<void>;
  readonly mam: MediumAuxiliaryMemory;
  readonly partitionCount: number;

  /** Number of objects in the partition: the position of end-of-data. */
  endOfData(partition: number): number;
  /** Bytes a partition holds. */
  capacity(partition: number): number;
  /**
   * Bytes the objects before `position` occupy on the medium (as stored, filemarks take none). Never too few;
   * while blocks are compressed behind the host's back it may be too many, until {@link settle}.
   */
  used(partition: number, position: number): number;
  /** Returns when {@link used} is exact; never throws. */
  settle(): Awaitable<void>;

  /**
   * What is at `position`. Throws `'damaged'` at an end of data that is none: objects were lost there. Ask it
   * before telling a host that the data end, since {@link endOfData} and the searches stop there, too.
   */
  kindAt(partition: number, position: number): ObjectKind;
  /** Reads the object at `position`; of a block at most `into.length` bytes are stored in `into`. */
  read(
    partition: number,
    position: number,
    into: Uint8Array,
    how?: ReadOptions,
  ): Awaitable<ReadOutcome>;
  /** Whether the block at `position` is encrypted; `'none'` of everything that is no block. Takes no time. */
  encryptionAt(partition: number, position: number): BlockInfo['encryption'];
  /** Where encrypted blocks of the partition begin. Looks at an object once, however often it is asked. */
  firstEncrypted(partition: number): FirstEncrypted;
  /** How the block at `position` is stored, which is a block; does not read it. */
  blockInfo(partition: number, position: number): Awaitable<BlockInfo>;

  /**
   * Accepts one block at `position`; objects at and after it are gone. The bytes are no longer needed once the
   * call is done. The block counts at once, but reaches the store later: {@link flush} waits for that, and what
   * goes wrong meanwhile is thrown by the next call, as a {@link MediumError} that is `deferred`.
   */
  write(
    partition: number,
    position: number,
    block: Uint8Array,
    how?: WriteOptions,
  ): Awaitable<void>;
  /** Writes `count` filemarks at `position`; objects at and after it are gone. `count` 0 changes nothing. */
  writeFilemarks(partition: number, position: number, count: number): Awaitable<void>;
  /** Makes `position` the end of data. */
  truncate(partition: number, position: number): Awaitable<void>;
  /**
   * Replaces all partitions by new, empty ones: all or none, whatever happens meanwhile. Returns when they are on
   * stable storage.
   * @param sizes bytes of each, 1 to 4 of them
   */
  format(sizes: readonly number[]): Awaitable<void>;
  /**
   * Returns when everything written is on stable storage, attributes set in {@link mam} among it. What it could
   * not write is thrown, not `deferred`, with `lost` set.
   */
  flush(): Awaitable<void>;
  /** What went wrong with blocks accepted earlier, once; else the next call would throw it. */
  takeDeferredError(): MediumError | undefined;
  /** Objects accepted and not yet in the store, and the bytes the host wrote for them. */
  readonly buffered: { readonly objects: number; readonly bytes: number };

  /**
   * Position of the `count`-th filemark at or after `position`, or what there is before end of data:
   * `found` filemarks, the last of them at `at` (undefined when none).
   */
  filemarksForward(partition: number, position: number, count: number): FilemarkSearch;
  /** The same backwards: filemarks before `position`, nearest first. */
  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch;

  /**
   * Tells the cartridge that `drive` accepted it: load count, drive history, and the mark that says "in use"
   * until {@link dismount}. Returns whether that mark was still set: the last dismount did not happen. Where the store
   * has no room for all this, the cartridge can be read, and it is kept before anything else is.
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
