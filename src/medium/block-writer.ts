// SPDX-License-Identifier: GPL-2.0-or-later
// Objects that were accepted and are on their way to the store: blocks are compressed, several at once, and everything
// is appended in order, many objects in one go.
import { addon, codecKinds } from '../addon/addon.js';
import { blockThreads } from './block-workers.js';
import { flagsOf, kindOf } from './codec.js';
import { BLOCK_FLAGS } from './index-record.js';
import type { ObjectIndex } from './object-index.js';
import { MediumError, type Seal, type WriteOptions } from './volume.js';
import { type Region, WriteRing } from './write-ring.js';

/** Bytes of accepted blocks that may wait for the store. */
export const BUFFER_SIZE = 64 << 20;
/** Bytes a {@link Seal} may add. */
const SEAL_ROOM = 256;
/** Smaller blocks are compressed at once: handing them over would take longer. */
const WORTH_A_THREAD = 8 << 10;
/** What is appended in one go. */
const BATCH_BYTES = 4 << 20;
const BATCH_OBJECTS = 1024;

/** An accepted object. `storedSize`, `flags` and `crc` are known once it is `packed`. */
export interface AcceptedObject {
  readonly number: number;
  readonly filemark: boolean;
  /** Bytes the host wrote. */
  readonly size: number;
  readonly seal: Seal | undefined;
  readonly region: Region | undefined;
  /** What sealing made of the block; without it the payload is in the region. */
  sealed: Uint8Array | undefined;
  packed: boolean;
  storedSize: number;
  flags: number;
  crc: number;
  /** The store failed before it came to this one. */
  dropped: boolean;
}

/** Appends objects, the first of which is the next one of the partition; when it fails, none of them is there. */
export type Append = (
  objects: readonly AcceptedObject[],
  payload: readonly Uint8Array[],
) => Promise<void>;

const results = new Uint32Array(2);

export class BlockWriter {
  readonly #partition: number;
  readonly #index: ObjectIndex;
  readonly #append: Append;
  #ring: WriteRing | undefined;
  /** Not yet in the store, oldest first; the first {@link #settled} of them may go there. */
  #queue: AcceptedObject[] = [];
  #settled = 0;
  #bytes = 0;
  #running = false;
  #failure: { readonly error: MediumError; readonly position: number } | undefined;
  #waiting: (() => void)[] = [];

  constructor(partition: number, index: ObjectIndex, append: Append) {
    this.#partition = partition;
    this.#index = index;
    this.#append = append;
  }

  /** Objects that are not in the store yet, and the bytes the host wrote for them. */
  get objects(): number {
    return this.#queue.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Accepts a block as the next object; waits while the buffer is full. */
  accept(block: Uint8Array, how: WriteOptions): void | Promise<void> {
    this.#ring ??= new WriteRing(BUFFER_SIZE);
    const region = this.#ring.take(block.length);
    if (!region) return this.#acceptLater(block, how);
    const object = this.#add(false, block.length, region, how.seal);
    this.#pack(object, region, block, how);
  }

  async #acceptLater(block: Uint8Array, how: WriteOptions): Promise<void> {
    await this.#progress();
    this.throwDeferred();
    return this.accept(block, how);
  }

  acceptFilemark(): void {
    this.#add(true, 0, undefined, undefined).packed = true;
    this.#advance();
  }

  #add(
    filemark: boolean,
    size: number,
    region: Region | undefined,
    seal: Seal | undefined,
  ): AcceptedObject {
    const object = {
      number: this.#index.length,
      filemark,
      size,
      seal,
      region,
      sealed: undefined,
      packed: false,
      storedSize: 0,
      flags: 0,
      crc: 0,
      dropped: false,
    };
    if (filemark) this.#index.acceptFilemark();
    else
      this.#index.acceptBlock(size, size + (seal ? SEAL_ROOM : 0), seal ? BLOCK_FLAGS.sealed : 0);
    this.#queue.push(object);
    this.#bytes += size;
    return object;
  }

  #pack(object: AcceptedObject, region: Region, block: Uint8Array, how: WriteOptions): void {
    const kind = kindOf(how.compress);
    const level = how.compress?.level ?? 0;
    const room = this.#ring!.bytes(region.at, block.length);
    if (kind === codecKinds.plain || block.length < WORTH_A_THREAD) {
      addon().packBlock(block, room, kind, level, results);
      this.#ring!.shorten(region, results[0]!);
      this.#packed(object, results[0]!, results[1]!, how);
      return;
    }
    room.set(block);
    blockThreads().pack(room, kind, level, (storedSize, crc) => {
      if (object.dropped) this.#ring!.give(region);
      else this.#packed(object, storedSize, crc, how);
    });
  }

  #packed(object: AcceptedObject, storedSize: number, crc: number, how: WriteOptions): void {
    const compressed = storedSize < object.size ? flagsOf(how.compress) : 0;
    object.storedSize = storedSize;
    object.crc = crc;
    object.flags = BLOCK_FLAGS.crc | compressed;
    if (object.seal) this.#seal(object, object.seal);
    object.packed = true;
    this.#advance();
  }

  #seal(object: AcceptedObject, seal: Seal): void {
    object.sealed = seal.seal(this.#ring!.bytes(object.region!.at, object.storedSize));
    object.storedSize = object.sealed.length;
    object.crc = addon().crc32c(object.sealed, 0);
    object.flags |= BLOCK_FLAGS.sealed;
  }

  /** Settles what can be, in order, and sees to it that it is appended. */
  #advance(): void {
    for (let next = this.#queue[this.#settled]; next?.packed; next = this.#queue[++this.#settled])
      if (next.filemark) this.#index.settleFilemark();
      else this.#index.settleBlock(next.storedSize, next.flags, next.crc);
    if (this.#settled > 0 && !this.#running) void this.#run();
    this.#wake();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#settled > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#append(batch, this.#payloadOf(batch));
        this.#done(batch.length);
      } catch (error) {
        await this.#appendOneByOne(batch, error);
      }
    }
    this.#running = false;
    this.#wake();
  }

  #nextBatch(): AcceptedObject[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#settled && count < BATCH_OBJECTS && bytes < BATCH_BYTES)
      bytes += this.#queue[count++]!.storedSize;
    return this.#queue.slice(0, count);
  }

  /** The payloads, joined where they lie side by side. */
  #payloadOf(batch: readonly AcceptedObject[]): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let at = 0;
    let length = 0;
    const finish = (): void => {
      if (length > 0) parts.push(this.#ring!.bytes(at, length));
      length = 0;
    };
    for (const { sealed, region, storedSize } of batch) {
      if (sealed) {
        finish();
        parts.push(sealed);
      } else if (region) {
        if (region.at !== at + length) finish();
        if (length === 0) at = region.at;
        length += storedSize;
      }
    }
    finish();
    return parts;
  }

  /** The first `count` objects are in the store. */
  #done(count: number): void {
    for (const { region, size } of this.#queue.splice(0, count)) {
      if (region) this.#ring!.give(region);
      this.#bytes -= size;
    }
    this.#settled -= count;
    this.#wake();
  }

  /** Appending them together failed: finds out which of them has no place. */
  async #appendOneByOne(batch: readonly AcceptedObject[], first: unknown): Promise<void> {
    for (const object of batch)
      try {
        await this.#append([object], this.#payloadOf([object]));
        this.#done(1);
      } catch (error) {
        this.#fail(object, error instanceof MediumError ? error : first);
        return;
      }
  }

  /** Gives up `object` and what follows. */
  #fail(object: AcceptedObject, error: unknown): void {
    const fault =
      error instanceof MediumError
        ? error
        : new MediumError('unwritable', String(error), { cause: error });
    this.#failure = { error: fault, position: object.number };
    for (const lost of this.#queue) {
      lost.dropped = true;
      if (lost.packed && lost.region) this.#ring!.give(lost.region);
    }
    this.#queue = [];
    this.#settled = 0;
    this.#bytes = 0;
    this.#index.truncate(object.number);
    this.#wake();
  }

  /** The failure nobody has been told of, once. */
  takeFailure(deferred: boolean): MediumError | undefined {
    const failure = this.#failure;
    if (!failure) return undefined;
    this.#failure = undefined;
    const { error, position } = failure;
    return new MediumError(error.fault, error.message, {
      cause: error,
      deferred,
      lost: { partition: this.#partition, position },
    });
  }

  /** Before an operation is begun: throws what went wrong with earlier ones. */
  throwDeferred(): void {
    const failure = this.takeFailure(true);
    if (failure) throw failure;
  }

  /** Returns when it is known how each accepted object is stored, or when that does not matter any more. */
  async settle(): Promise<void> {
    while (this.#settled < this.#queue.length) await this.#progress();
  }

  /** Returns when everything accepted is in the store. Throws what hindered it. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0 || this.#running) await this.#progress();
    const failure = this.takeFailure(false);
    if (failure) throw failure;
  }

  /** Gives the memory back; to be used again all the same. */
  release(): void {
    this.#ring?.release();
  }

  #progress(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
