// SPDX-License-Identifier: GPL-2.0-or-later
// Reading blocks: one at a time where a host jumps about, far ahead and uncompressed ahead where it reads on.
import {
  addon,
  type BlockFetcher,
  type CodecKind,
  codecKinds,
  type FetchAnswer,
  fetchAnswer,
} from '../addon/addon.js';
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
  /** The file that is read ahead. */
  readonly file: number;
}

/** Bytes read in one go, and what they may be uncompressed. */
const CHUNK_BYTES = 1 << 20;
const CHUNK_UNPACKED = 4 << 20;
/** Bytes of memory for what is ahead of the reader. */
const AHEAD_BYTES = 16 << 20;
/** Reads in a row after which the next ones are expected. */
const SEQUENTIAL = 2;

/** A stretch of the store that has been read, or is being read. */
interface Chunk {
  readonly first: number;
  /** The number after its last object. */
  readonly end: number;
  /** Bytes of memory it takes, those of the blocks among them. */
  readonly weight: number;
  readonly fetcher: BlockFetcher;
}

const results = new Uint32Array(2);

export class ReadAhead {
  readonly #source: BlockSource;
  #chunks: Chunk[] = [];
  #next = -1;
  #inRow = 0;

  constructor(source: BlockSource) {
    this.#source = source;
  }

  /** Forgets everything: what is in the store changes. */
  clear(): void {
    for (const { fetcher } of this.#chunks.splice(0)) fetcher.abandon();
    this.#inRow = 0;
    this.#next = -1;
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
    if (!chunk) return this.#readAlone(wanted, into);
    const block = into.subarray(0, wanted.size);
    return this.#take(chunk, number, block) ?? this.#takeLater(chunk, number, wanted, block);
  }

  /** The block out of a chunk that is there; undefined when it is not, or not yet. */
  #take(chunk: Chunk, number: number, block: Uint8Array): Unpacked | undefined {
    const answer = chunk.fetcher.take(number - chunk.first, block, results);
    return answer === fetchAnswer.done ? { good: results[0] === 1, crc: results[1]! } : undefined;
  }

  async #takeLater(
    { fetcher, first }: Chunk,
    number: number,
    wanted: WantedBlock,
    block: Uint8Array,
  ): Promise<Unpacked> {
    const numbers = new Uint32Array(2);
    let answer: FetchAnswer = fetchAnswer.notYet;
    const come = (): boolean => {
      answer = fetcher.take(number - first, block, numbers);
      return answer !== fetchAnswer.notYet;
    };
    do await blockThreads().progress(come);
    while (answer === fetchAnswer.notYet);
    /* Whoever reads it alone is told what is wrong. */
    if (answer === fetchAnswer.failed) return this.#readAlone(wanted, block);
    return { good: numbers[0] === 1, crc: numbers[1]! };
  }

  async #readAlone(wanted: WantedBlock, into: Uint8Array): Promise<Unpacked> {
    const { kind, size, storedSize, offset } = wanted;
    const block = into.subarray(0, size);
    if (kind === codecKinds.plain) {
      const room = storedSize === size ? block : new Uint8Array(storedSize);
      await this.#source.read(room, offset);
      return { good: storedSize === size, crc: addon().crc32c(room, 0) };
    }
    const stored = new Uint8Array(storedSize);
    await this.#source.read(stored, offset);
    addon().unpackBlock(stored, block, kind, results);
    return { good: results[0] === 1, crc: results[1]! };
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
    for (const { fetcher } of gone) fetcher.abandon();
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
    const blocks: number[] = [];
    let end = number;
    let stored = 0;
    let unpacked = 0;
    for (let block: WantedBlock | undefined = first; block; block = this.#source.blockAt(++end)) {
      const more = blocks.length > 0;
      if (more && stored + block.storedSize > CHUNK_BYTES) break;
      if (more && unpacked + block.size > CHUNK_UNPACKED) break;
      blocks.push(block.kind, block.storedSize, block.size);
      stored += block.storedSize;
      unpacked += block.size;
    }
    const { BlockFetcher } = addon();
    const { workers } = blockThreads();
    const chunk: Chunk = {
      first: number,
      end,
      weight: stored + unpacked,
      fetcher: new BlockFetcher(workers, this.#source.file, first.offset, Uint32Array.from(blocks)),
    };
    this.#chunks.push(chunk);
    return chunk;
  }
}
