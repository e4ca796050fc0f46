// SPDX-License-Identifier: GPL-2.0-or-later
// Loads mhvtl.node and says what it offers; src/addon/*.cc is the other side of these types.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A failed system call: `code` is the errno's name, as on Node's own errors. */
export interface SystemError extends Error {
  readonly code: string;
  readonly errno: number;
}

/** An open /dev/mhvtl. Structures are those of kernel/mhvtl.h, as bytes; src/port/uapi.ts names their fields. */
export interface Device {
  /** A struct mhvtl_request, filled by `exchange`. */
  readonly request: Uint8Array;
  /** A struct mhvtl_reply, to be filled before `exchange(true, ...)`. */
  readonly reply: Uint8Array;
  /** errnos of the last exchange, 0 for none: [0] of the reply, [1] of the fetch. */
  readonly errors: Uint32Array;
  /** [0]: when the reply of the last exchange had been handled, nanoseconds of CLOCK_MONOTONIC. */
  readonly times: Float64Array;
  /** Fills a struct mhvtl_info. */
  info(bytes: Uint8Array): void;
  /** Becomes the unit a struct mhvtl_attach describes, and fills its output fields. */
  attach(bytes: Uint8Array): void;
  /** Removes the unit; returns when its address is free again. */
  detach(): void;
  /**
   * One MHVTL_IOC_EXCHANGE; never throws for what the kernel answers, see `errors`.
   * @param reply whether `this.reply` is to be delivered, with `dataIn`
   * @param dataIn goes with the reply, by address
   * @param fetch whether to fetch the next request into `this.request`
   * @param dataOut where its data-out goes; null when there is no room at all
   * @returns whether a request was fetched
   */
  exchange(
    reply: boolean,
    dataIn: Uint8Array | null,
    fetch: boolean,
    dataOut: Uint8Array | null,
    waitMicroseconds: number,
  ): boolean;
  /** Calls back from the event loop as long as the descriptor is readable. Keeps the process alive. */
  watch(callback: () => void): void;
  /** Pauses the calls until the next `watch`. */
  unwatch(): void;
  /** A unit that was not detached becomes an orphan another descriptor can take over. */
  close(): void;
}

/** The System V message queue of a key. Reading its messages is up to the caller. */
export interface MessageQueue {
  /** Never waits: throws EAGAIN when the queue is full. A removed queue is made anew. */
  send(type: number, bytes: Uint8Array): void;
  /** The oldest message of that type if one waits, cut to `limit` bytes. */
  take(type: number, limit: number): Uint8Array | undefined;
  /**
   * Delivers every message of `type` from now on; keeps the process alive.
   * @param limit bytes kept of a message; `truncated` tells that there were more
   * @param callback `error` null: a message. Code EIDRM: the queue had been removed, was made anew, and
   *   receiving goes on. Any other: it is tried again every second.
   */
  receive(
    type: number,
    limit: number,
    callback: (error: SystemError | null, bytes: Uint8Array, truncated: boolean) => void,
  ): void;
  /** Ends receiving; the queue itself stays. */
  close(): void;
}

/** What st(4) says of a drive: MTIOCGET and MTIOCPOS. */
export interface TapeStatus {
  /** The bits of GMT_BOT and so on. */
  readonly generalStatus: number;
  /** -1 when st does not know. */
  readonly fileNumber: number;
  readonly blockNumber: number;
  /** Logical object number; -1 when the drive does not tell. */
  readonly position: number;
}

/** How the stored bytes of a block came about, as the addon numbers it. */
export const codecKinds = { plain: 0, lzo: 1, zlib: 2, lz4: 3, zstd: 4 } as const;
export type CodecKind = (typeof codecKinds)[keyof typeof codecKinds];

/** Threads that read, append, compress, uncompress and check blocks. */
export interface BlockWorkers {
  /** The next time something was read or appended, or could not be, `news` is called. */
  want(): void;
  /** After `want`: keeps the process alive until then. */
  wait(): void;
  /** Does one of the jobs nobody has begun yet, if it needs nothing but the processor; false when there is none. */
  help(): boolean;
}

/** Where the numbers are that {@link BlockAppender.look} fills in. */
export const appendState = {
  /** Objects that are not in the files yet, and the bytes the host wrote for them. */
  objects: 0,
  bytes: 1,
  /** Objects that came into the files since the last look. */
  written: 2,
  /** What {@link BlockAppender.settled} has to tell, in objects. */
  settled: 3,
  /** The errno of the write that failed; nothing is written until `resume` or `drop`. */
  error: 4,
} as const;

/** The first objects of those to be appended. */
export interface ObjectBatch {
  readonly count: number;
  /** The number of the first one. */
  readonly first: number;
  /** Where the payload goes in the data file. */
  readonly offset: number;
  /** The payload, good until `pop`. */
  readonly payload: readonly Uint8Array[];
  /** The index records, one after the other. */
  readonly records: Uint8Array;
}

/** Index records: those of a block and of a filemark, and where the fields are that each object has of its own. */
export interface RecordShape {
  readonly block: Uint8Array;
  readonly filemark: Uint8Array;
  readonly dataOffset: number;
  readonly flags: number;
  readonly number: number;
  readonly size: number;
  readonly storedSize: number;
  readonly crc: number;
}

/** The objects on their way to a data file and its index, in order: payload first, then the records. */
export interface BlockAppender {
  /** What is accepted next is object `number`, its payload at `offset`. Nothing may be on its way. */
  start(number: number, offset: number): void;
  /**
   * Accepts a block, or returns false when there is no room now. Its bytes are not needed afterwards.
   * @param packedFlags of the record, when compression makes the block shorter; else `plainFlags`
   */
  block(
    bytes: Uint8Array,
    kind: CodecKind,
    level: number,
    packedFlags: number,
    plainFlags: number,
  ): boolean;
  /** The same for a block of `size` bytes that was packed already, with a record of its own. */
  packed(payload: Uint8Array, size: number, flags: number, record: Uint8Array): boolean;
  filemark(): boolean;
  /** The threads begin to write, however little there is; else they wait until it is worth it. */
  hurry(): void;
  /** Fills in what {@link appendState} names. */
  look(state: Float64Array): void;
  /** Of each object that was settled since the last call: stored size, flags, CRC-32C. */
  settled(): Uint32Array;
  /** Settled objects, to be written by the caller: as many as are written in one go, or just the first `one`. */
  peek(one: boolean): ObjectBatch;
  /** The caller wrote the first `count` objects. */
  pop(count: number): void;
  /** The threads write again. */
  resume(): void;
  /** Forgets all objects; returns when no thread works on any. */
  drop(): void;
}

/** What {@link BlockFetcher.take} answers. */
export const fetchAnswer = { done: 0, notYet: 1, failed: 2 } as const;
export type FetchAnswer = (typeof fetchAnswer)[keyof typeof fetchAnswer];

/** Blocks that are read ahead, as soon as this is made. */
export interface BlockFetcher {
  /**
   * Puts the block number `block` of these into `into`, which is as long as it. `results` gets 1 when it was stored as a
   * good stream, and the CRC-32C.
   */
  take(block: number, into: Uint8Array, results: Uint32Array): FetchAnswer;
  /** Nobody will take any more of them. */
  abandon(): void;
}

export interface Addon {
  readonly BlockWorkers: new (threads: number, news: () => void) => BlockWorkers;
  /**
   * @param data the data file, -1 when the payload is not kept
   * @param writes whether the threads write to the files; else the caller does, see `peek`
   * @param ring memory for the blocks
   */
  readonly BlockAppender: new (
    workers: BlockWorkers,
    data: number,
    index: number,
    writes: boolean,
    shape: RecordShape,
    ring: ArrayBuffer,
  ) => BlockAppender;
  /** @param blocks of each: kind, stored size, size. They follow each other in `file` from `offset` on. */
  readonly BlockFetcher: new (
    workers: BlockWorkers,
    file: number,
    offset: number,
    blocks: Uint32Array,
  ) => BlockFetcher;
  /**
   * Compresses `block` at once into `into`, which has room for all of it, or copies it when that is no shorter.
   * `results` gets the number of bytes written, and the CRC-32C of the block.
   */
  packBlock(
    block: Uint8Array,
    into: Uint8Array,
    kind: CodecKind,
    level: number,
    results: Uint32Array,
  ): void;
  /** Uncompresses at once. `results` gets 1 when `stored` was a good stream for all of `into`, and the CRC-32C. */
  unpackBlock(stored: Uint8Array, into: Uint8Array, kind: CodecKind, results: Uint32Array): void;
  /** CRC-32C of `bytes`, going on from that of the bytes before. */
  crc32c(bytes: Uint8Array, seed: number): number;
  readonly Device: new (path: string) => Device;
  /** @throws ENOENT when there is no queue and `create` is false */
  readonly MessageQueue: new (
    key: number,
    create: boolean,
  ) => MessageQueue;
  /**
   * Locks the whole file, which is open for writing, for this descriptor alone, until that is closed (F_OFD_SETLK).
   * Returns whether it did; throws where the file system has no locks.
   */
  lockFile(fd: number): boolean;
  /** Whether another descriptor, of any process, has locked the file. */
  isFileLocked(fd: number): boolean;
  /**
   * Whose rights count in synchronous file calls of this thread (setfsuid(2)); only root can change them, and gets
   * its own back by its own ids. Throws EPERM.
   */
  setFileUser(uid: number, gid: number): void;
  /**
   * Fresh page-aligned memory, which takes space only where it is touched.
   * @param large the kernel may give 2 MiB at a time, where it has them: fewer faults, for much that is used in a row
   */
  mapPages(bytes: number, large: boolean): ArrayBuffer;
  /** Gives the pages of `mapPages` from offset `from` (page-aligned) back; they read as zeros then. */
  releasePages(buffer: ArrayBuffer, from: number): void;
  /** Gives memory that the C library holds for later allocations back to the system. */
  trimMalloc(): void;
  /**
   * Sends a datagram to a Unix socket, without waiting.
   * @param socket a path, or an abstract name that begins with `@`
   */
  notify(socket: string, text: string | Buffer): void;
  /** MTIOCTOP on an open tape device; throws what st answers. */
  tapeOperation(fd: number, operation: number, count: number): void;
  tapeStatus(fd: number): TapeStatus;
  /** 'EBUSY' of 16; knows all of Linux, which `util.getSystemErrorName` does not. */
  errorName(errno: number): string;
}

/** Beside the bundled program, or where the build puts it when the sources run unbundled. */
const placesOf = (): string[] =>
  ['./mhvtl.node', '../../build/bin/mhvtl.node'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );

let loaded: Addon | undefined;

/**
 * mhvtl.node, loaded at the first call: programs that need no device start without it.
 * @throws Error naming the places searched
 */
export function addon(): Addon {
  if (loaded) return loaded;
  const places = placesOf();
  const place = places.find((candidate) => existsSync(candidate));
  if (place === undefined)
    throw new Error(`mhvtl.node is at none of ${places.join(', ')}; \`npm run build\` makes it`);
  loaded = createRequire(import.meta.url)(place) as Addon;
  return loaded;
}
