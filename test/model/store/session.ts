// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge in use, and an account of what may be on it at every moment.
import {
  type CompressionType,
  compressionTypes,
  type LostObjects,
  type Volume,
} from '../../../src/medium/volume.js';
import { random } from '../random.js';
import { blockOf, setLabel } from './cartridge-items.js';
import type { Appearance, Ledger } from './ledger.js';

/** A cartridge that is used, with an account of what is on it. */
export class Session {
  readonly ledger: Ledger;
  readonly volume: Volume;
  /** Until it is dismounted, or that is tried. */
  isMounted = true;
  /** What the cartridge may look like now. */
  appearances: readonly Appearance[] = [];
  readonly #told: (appearances: readonly Appearance[]) => void;
  #number = 1000;

  /** @param told whenever what it may look like changes, before it does */
  constructor(
    volume: Volume,
    ledger: Ledger,
    told: (appearances: readonly Appearance[]) => void = () => {},
  ) {
    this.volume = volume;
    this.ledger = ledger;
    this.#told = told;
    this.#may(ledger.appearance);
  }

  #may(...appearances: Appearance[]): void {
    this.appearances = appearances;
    this.#told(appearances);
  }

  async write(partition: number, position: number, type?: CompressionType): Promise<void> {
    const number = this.#number++;
    this.ledger.put(partition, position, number);
    this.#may(this.ledger.appearance);
    await this.volume.write(partition, position, blockOf(number), {
      compress: type && { type, level: 1 },
    });
  }

  async mark(partition: number, position: number, count = 1): Promise<void> {
    for (let i = 0; i < count; i++) this.ledger.put(partition, position + i, 'mark');
    this.#may(this.ledger.appearance);
    await this.volume.writeFilemarks(partition, position, count);
  }

  async flush(): Promise<void> {
    await this.volume.flush();
    this.ledger.acknowledge();
    this.#may(this.ledger.appearance);
  }

  label(text: string): void {
    this.ledger.label(text);
    this.#may(this.ledger.appearance);
    setLabel(this.volume, text);
  }

  async format(sizes: readonly number[]): Promise<void> {
    const before = this.ledger.appearance;
    this.ledger.format(sizes.length);
    this.#may(before, this.ledger.appearance);
    await this.volume.format(sizes);
    this.#may(this.ledger.appearance);
  }

  /** Blocks that were accepted are not there. */
  lose({ partition, position }: LostObjects): void {
    this.ledger.lose(partition, position);
    this.#may(this.ledger.appearance);
  }

  async dismount(): Promise<void> {
    this.isMounted = false;
    await this.volume.dismount({ bytesWritten: 1, bytesRead: 0 });
    this.ledger.acknowledge();
    this.#may(this.ledger.appearance);
  }
}

/** Some steps of every kind, in an order that a seed decides. */
export async function someSteps(session: Session, count: number, seed: number): Promise<void> {
  const upTo = random(seed);
  for (let step = 0; step < count; step++) {
    const partition = upTo(session.ledger.partitions);
    const end = session.ledger.end(partition);
    const what = upTo(12);
    if (what === 0) await session.write(partition, upTo(end + 1));
    else if (what === 1) await session.mark(partition, upTo(end + 1));
    else if (what < 4) await session.flush();
    else if (what === 4) session.label(`label ${step}`);
    else if (what < 7) await session.mark(partition, end, 1 + upTo(3));
    else await session.write(partition, end, compressionTypes[upTo(5)]);
    if (upTo(3) === 0) await new Promise(setImmediate);
  }
}
