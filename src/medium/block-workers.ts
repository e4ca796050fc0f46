// SPDX-License-Identifier: GPL-2.0-or-later
// The threads of this process that compress, uncompress and check blocks.
import os from 'node:os';
import { addon, type BlockWorkers, type CodecKind } from '../addon/addon.js';

/** Told when a job is done; what the numbers mean depends on the job. */
export type JobDone = (outcome: number, crc: number) => void;

interface Job {
  readonly done: JobDone;
  /** Keeps the memory the threads work on reachable. */
  readonly memory: readonly Uint8Array[];
}

/** More threads than this are of no use to one drive. */
const MOST_THREADS = 4;
/** Tickets are 32-bit numbers that come round. */
const TICKETS = 2 ** 32;

class Threads {
  readonly #workers: BlockWorkers;
  readonly #jobs = new Map<number, Job>();
  #next = 0;

  constructor() {
    const { BlockWorkers } = addon();
    const threads = Math.min(os.availableParallelism(), MOST_THREADS);
    this.#workers = new BlockWorkers(threads, (results) => this.#deliver(results));
  }

  #ticket(job: Job): number {
    const ticket = this.#next;
    this.#next = (ticket + 1) % TICKETS;
    this.#jobs.set(ticket, job);
    return ticket;
  }

  #deliver(results: Uint32Array): void {
    for (let at = 0; at < results.length; at += 3) {
      const job = this.#jobs.get(results[at]!)!;
      this.#jobs.delete(results[at]!);
      job.done(results[at + 1]!, results[at + 2]!);
    }
  }

  /** Compresses `block` in place; tells how many bytes are to be stored, and the CRC-32C of the block. */
  pack(block: Uint8Array, kind: CodecKind, level: number, done: JobDone): void {
    this.#workers.pack(this.#ticket({ done, memory: [block] }), block, kind, level);
  }

  /** Uncompresses `stored` into `block`; tells 1 when it was a good stream, and the CRC-32C of the block. */
  unpack(stored: Uint8Array, block: Uint8Array, kind: CodecKind, done: JobDone): void {
    this.#workers.unpack(this.#ticket({ done, memory: [stored, block] }), stored, block, kind);
  }
}

let threads: Threads | undefined;

/** Started at the first call; they sleep while there is nothing to do. */
export function blockThreads(): Threads {
  threads ??= new Threads();
  return threads;
}
