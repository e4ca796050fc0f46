// SPDX-License-Identifier: GPL-2.0-or-later
// Reading blocks: one at a time where a host jumps about, far ahead and uncompressed ahead where it reads on.
import { addon, type CodecKind, codecKinds } from '../addon/addon.js';
import { blockThreads } from './block-workers.js';

/** A block to be read. */
export interface WantedBlock {
  readonly offset: number;
  readonly storedSize: number;
  readonly size: number;
  readonly kind: CodecKind;
}

/** What the block is, or why not. */
export interface Unpacked {
  readonly good: boolean;
  readonly crc: number;
}

/** Where the blocks come from. */
export interface BlockSource {
  /** The block `number`; undefined when it is none, or one that is not to be read ahead. */
  blockAt(number: number): WantedBlock | undefined;
  read(into: Uint8Array, offset: number): Promise<void>;
}

/** Bytes read in one go, and what they may be uncompressed. */
const CHUNK_BYTES = 1 << 20;
const CHUNK_UNPACKED = 4 << 20;
/** Bytes of memory for what is ahead of the reader. */
const AHEAD_BYTES = 16 << 20;
/** Reads in a row after which the next ones are expected. */
const SEQUENTIAL = 2;
/** Smaller blocks are uncompressed when they are asked for. */
const WORTH_A_THREAD = 8 << 10;

/** A block that is uncompressed before it is asked for. */
interface Prepared {
  readonly bytes: Uint8Array;
  outcome: Unpacked | undefined;
  readonly done: Promise<void>;
}

/** A stretch of the store that has been read, or is being read. */
interface Chunk {
  readonly first: number;
  /** The number after its last object. */
  readonly end: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Bytes of memory it takes, those of the blocks among them. */
  readonly weight: number;
  readonly prepared: Map<number, Prepared>;
  ready: boolean;
  failed: boolean;
  done: Promise<void>;
}

const results = new Uint32Array(2);

export class ReadAhead {
  readonly #source: BlockSource;
  #chunks: Chunk[] = [];
  #next = -1;
  #inRow = 0;
  /** Memory of chunks and blocks that are done with. */
  #spare: ArrayBuffer[] = [];

  constructor(source: BlockSource) {
    this.#source = source;
  }

  /** Forgets everything: what is in the store changes. */
  clear(): void {
    this.#chunks = [];
    this.#inRow = 0;
    this.#next = -1;
  }

  /** Gives the memory back. */
  release(): void {
    this.clear();
    this.#spare = [];
  }

  /** A filemark was read at `number`: whoever reads on, reads on. */
  passed(number: number): void {
    if (number === this.#next) this.#next++;
  }

  /**
   * Reads the block `number`, which is `wanted`, into `into`, which has room for all of it.
   * @throws MediumError of the store
   */
  read(number: number, wanted: WantedBlock, into: Uint8Array): Unpacked | Promise<Unpacked> {
    this.#inRow = number === this.#next ? this.#inRow + 1 : 0;
    this.#next = number + 1;
    this.#drop(number);
    const chunk = this.#chunkOf(number);
    if (this.#inRow >= SEQUENTIAL) this.#readOn(number);
    if (chunk?.ready && !chunk.failed) return this.#take(chunk, number, wanted, into);
    return this.#readLater(chunk, number, wanted, into);
  }

  async #readLater(
    chunk: Chunk | undefined,
    number: number,
    wanted: WantedBlock,
    into: Uint8Array,
  ): Promise<Unpacked> {
    if (chunk) {
      await chunk.done;
      if (!chunk.failed) return this.#take(chunk, number, wanted, into);
    }
    return this.#readAlone(wanted, into);
  }

  async #readAlone(wanted: WantedBlock, into: Uint8Array): Promise<Unpacked> {
    const { kind, size, storedSize, offset } = wanted;
    const block = into.subarray(0, size);
    if (kind === codecKinds.plain) {
      const room = storedSize === size ? block : new Uint8Array(storedSize);
      await this.#source.read(room, offset);
      return { good: storedSize === size, crc: addon().crc32c(room, 0) };
    }
    const stored = this.#memory(storedSize);
    await this.#source.read(stored, offset);
    const outcome = await unpackOnThread(stored, block, kind);
    this.#giveBack(stored);
    return outcome;
  }

  /** The block out of a chunk that is there. */
  #take(
    chunk: Chunk,
    number: number,
    { kind, size, storedSize, offset }: WantedBlock,
    into: Uint8Array,
  ): Unpacked | Promise<Unpacked> {
    const block = into.subarray(0, size);
    const prepared = chunk.prepared.get(number);
    if (prepared) return this.#takePrepared(prepared, block);
    const from = offset - chunk.offset;
    const stored = chunk.bytes.subarray(from, from + storedSize);
    if (kind !== codecKinds.plain) {
      addon().unpackBlock(stored, block, kind, results);
      return { good: results[0] === 1, crc: results[1]! };
    }
    if (storedSize !== size) return { good: false, crc: 0 };
    addon().packBlock(stored, block, kind, 0, results);
    return { good: true, crc: results[1]! };
  }

  #takePrepared(prepared: Prepared, block: Uint8Array): Unpacked | Promise<Unpacked> {
    const finish = (): Unpacked => {
      block.set(prepared.bytes.subarray(0, block.length));
      return prepared.outcome!;
    };
    return prepared.outcome ? finish() : prepared.done.then(finish);
  }

  #chunkOf(number: number): Chunk | undefined {
    return this.#chunks.find(({ first, end }) => number >= first && number < end);
  }

  /** Gives up chunks that are behind the reader, or far from it. */
  #drop(number: number): void {
    const first = this.#chunks[0];
    if (!first || (number >= first.first && number < first.end)) return;
    const kept = this.#chunks.findIndex(({ first, end }) => number >= first && number < end);
    const gone = this.#chunks.splice(0, kept < 0 ? this.#chunks.length : kept);
    for (const chunk of gone) this.#recycle(chunk);
  }

  #recycle(chunk: Chunk): void {
    if (!chunk.ready) return;
    const prepared = [...chunk.prepared.values()];
    if (prepared.some(({ outcome }) => !outcome)) return;
    for (const { bytes } of prepared) this.#giveBack(bytes);
    this.#giveBack(chunk.bytes);
  }

  /** Starts to read what comes after `number`, as far as it is not being read. */
  #readOn(number: number): void {
    let next = this.#chunks.at(-1)?.end ?? number + 1;
    let weight = this.#chunks.reduce((sum, chunk) => sum + chunk.weight, 0);
    while (weight < AHEAD_BYTES) {
      const chunk = this.#start(next);
      if (!chunk) return;
      weight += chunk.weight;
      next = chunk.end;
    }
  }

  /** Starts to read a chunk that begins with the object `number`; undefined when that is no block. */
  #start(number: number): Chunk | undefined {
    const first = this.#source.blockAt(number);
    if (!first) return undefined;
    let end = number + 1;
    let stored = first.storedSize;
    let unpacked = first.size;
    for (let block = this.#source.blockAt(end); block; block = this.#source.blockAt(++end)) {
      if (stored + block.storedSize > CHUNK_BYTES || unpacked + block.size > CHUNK_UNPACKED) break;
      stored += block.storedSize;
      unpacked += block.size;
    }
    const chunk: Chunk = {
      first: number,
      end,
      offset: first.offset,
      bytes: this.#memory(stored),
      weight: stored + unpacked,
      prepared: new Map(),
      ready: false,
      failed: false,
      done: Promise.resolve(),
    };
    this.#chunks.push(chunk);
    chunk.done = this.#fill(chunk);
    return chunk;
  }

  async #fill(chunk: Chunk): Promise<void> {
    try {
      await this.#source.read(chunk.bytes, chunk.offset);
      this.#prepare(chunk);
    } catch {
      /* Whoever wants a block of it reads that alone, and is told what is wrong. */
      chunk.failed = true;
    }
    chunk.ready = true;
  }

  #prepare(chunk: Chunk): void {
    if (!this.#chunks.includes(chunk)) return;
    for (let number = chunk.first; number < chunk.end; number++) {
      const block = this.#source.blockAt(number);
      if (!block || block.kind === codecKinds.plain || block.size < WORTH_A_THREAD) continue;
      const from = block.offset - chunk.offset;
      const stored = chunk.bytes.subarray(from, from + block.storedSize);
      chunk.prepared.set(number, this.#unpackAhead(stored, block));
    }
  }

  #unpackAhead(stored: Uint8Array, { size, kind }: WantedBlock): Prepared {
    const bytes = this.#memory(size);
    const prepared: Prepared = {
      bytes,
      outcome: undefined,
      done: unpackOnThread(stored, bytes, kind).then((outcome) => {
        prepared.outcome = outcome;
      }),
    };
    return prepared;
  }

  #memory(length: number): Uint8Array {
    const found = this.#spare.findIndex(({ byteLength }) => byteLength >= length);
    const [buffer] = found < 0 ? [] : this.#spare.splice(found, 1);
    return new Uint8Array(buffer ?? new ArrayBuffer(Math.max(length, CHUNK_BYTES / 4)), 0, length);
  }

  #giveBack(bytes: Uint8Array): void {
    if (this.#spare.length < 64) this.#spare.push(bytes.buffer as ArrayBuffer);
  }
}

function unpackOnThread(stored: Uint8Array, block: Uint8Array, kind: CodecKind): Promise<Unpacked> {
  return new Promise((resolve) => {
    blockThreads().unpack(stored, block, kind, (good, crc) => resolve({ good: good === 1, crc }));
  });
}
