// SPDX-License-Identifier: GPL-2.0-or-later
// What may be on a cartridge, whenever the power goes: what a synchronous point acknowledged, and what came after.

/** An object: `mark`, or the number a block was made from. */
export type Item = number | 'mark';

/** What a partition may hold: the first `safe` objects of one of `lists`, and as many more of that list as there are. */
export interface Holding {
  readonly safe: number;
  readonly lists: readonly (readonly Item[])[];
}

/** What a cartridge may look like. */
export interface Appearance {
  readonly partitions: readonly Holding[];
  /** Values of an attribute a host wrote. */
  readonly labels: readonly string[];
}

class PartitionLedger {
  now: Item[];
  safe: number;
  /** What was there before it was overwritten, which nothing made final. */
  past: Item[][] = [];

  constructor(objects: readonly Item[]) {
    this.now = [...objects];
    this.safe = objects.length;
  }

  put(position: number, item: Item): void {
    if (position < this.now.length) {
      this.past.push(this.now);
      this.safe = Math.min(this.safe, position);
    }
    this.now = [...this.now.slice(0, position), item];
  }

  lose(position: number): void {
    if (position < this.safe) throw new Error(`object ${position} was safe, and is lost`);
    this.now = this.now.slice(0, position);
  }

  acknowledge(): void {
    this.safe = this.now.length;
    this.past = [];
  }

  get holding(): Holding {
    return { safe: this.safe, lists: [this.now, ...this.past] };
  }
}

/** Keeps account of what is done to a cartridge. */
export class Ledger {
  #partitions: PartitionLedger[];
  #labels: string[];

  constructor(partitions: readonly (readonly Item[])[], label: string) {
    this.#partitions = partitions.map((objects) => new PartitionLedger(objects));
    this.#labels = [label];
  }

  put(partition: number, position: number, item: Item): void {
    this.#partitions[partition]!.put(position, item);
  }

  /** Objects from there on are gone, without anybody's wish. */
  lose(partition: number, position: number): void {
    this.#partitions[partition]!.lose(position);
  }

  end(partition: number): number {
    return this.#partitions[partition]!.now.length;
  }

  get partitions(): number {
    return this.#partitions.length;
  }

  label(text: string): void {
    this.#labels.push(text);
  }

  /** A synchronous point is passed. */
  acknowledge(): void {
    for (const partition of this.#partitions) partition.acknowledge();
    this.#labels = this.#labels.slice(-1);
  }

  /** As it is after a format; from now on it counts. */
  format(partitions: number): void {
    this.#partitions = Array.from({ length: partitions }, () => new PartitionLedger([]));
  }

  get appearance(): Appearance {
    return {
      partitions: this.#partitions.map(({ holding }) => holding),
      labels: this.#labels,
    };
  }
}

const startsWith = (list: readonly Item[], start: readonly Item[]): boolean =>
  start.every((item, at) => list[at] === item);

const fits = (found: readonly Item[], { safe, lists }: Holding): boolean =>
  found.length >= safe && lists.some((list) => startsWith(list, found));

/** Whether a cartridge may look like this. */
export const isOneOf = (
  partitions: readonly (readonly Item[])[],
  label: string,
  appearances: readonly Appearance[],
): boolean =>
  appearances.some(
    (may) =>
      may.labels.includes(label) &&
      may.partitions.length === partitions.length &&
      partitions.every((found, partition) => fits(found, may.partitions[partition]!)),
  );
