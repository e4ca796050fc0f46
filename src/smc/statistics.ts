// SPDX-License-Identifier: GPL-2.0-or-later
// What a library counts of its own work, for log pages and whoever watches it.
import type { Sense } from '../sam/sense.js';
import type { Timestamp } from '../spc/timestamp.js';
import type { Element } from './element.js';
import { volumeTagOf } from './element-descriptor.js';
import type { Transfer } from './moves.js';

/** What happened at one element. */
export interface ElementCounters {
  /** Cartridges put into it and taken out of it. */
  readonly places: number;
  readonly picks: number;
  /** Looks at its cartridge that found a label, and that found none to read. */
  readonly determined: number;
  readonly unreadable: number;
}

const noCounters: ElementCounters = { places: 0, picks: 0, determined: 0, unreadable: 0 };

/** A move that failed, for the diagnostic data. */
export interface MoveFailure {
  readonly sense: Sense;
  readonly transfer: Transfer;
  readonly transport: number;
  /** EXCHANGE MEDIUM, and not MOVE MEDIUM. */
  readonly exchange: boolean;
  readonly moves: number;
  readonly counters: ElementCounters;
  readonly origin: Timestamp['origin'];
  /** Milliseconds since the origin. */
  readonly time: number;
}

/** Failures that are remembered, the newest first. */
const mostFailures = 16;

/** Counters since the library was started. */
export class ChangerStatistics {
  /** Cartridges carried from one element to another. */
  moves = 0;
  /** Of these: into a drive; taken out of one; to and from import/export elements. */
  loads = 0;
  unloads = 0;
  exports = 0;
  imports = 0;
  /** Moves a drive did not do its part of. */
  failures = 0;
  importExportOpens = 0;
  doorOpens = 0;
  /** Looks at every cartridge. */
  inventories = 0;
  readonly #elements = new Map<number, ElementCounters>();
  #total = noCounters;
  #lastFailures: readonly MoveFailure[] = [];

  /** Of all elements together. */
  get total(): ElementCounters {
    return this.#total;
  }

  get lastFailures(): readonly MoveFailure[] {
    return this.#lastFailures;
  }

  of({ address }: Element): ElementCounters {
    return this.#elements.get(address) ?? noCounters;
  }

  /** A cartridge was carried. */
  count({ from, to }: Pick<Transfer, 'from' | 'to'>): void {
    this.moves++;
    this.#add(from, 'picks');
    this.#add(to, 'places');
    if (to.type === 'data transfer') this.loads++;
    if (from.type === 'data transfer') this.unloads++;
    if (to.type === 'import/export') this.exports++;
    if (from.type === 'import/export') this.imports++;
  }

  /** The reader has looked at the cartridge in an element. */
  countLabel(element: Element): void {
    this.#add(element, volumeTagOf(element.cartridge) === undefined ? 'unreadable' : 'determined');
  }

  countFailure(failure: MoveFailure): void {
    this.#lastFailures = [failure, ...this.#lastFailures].slice(0, mostFailures);
  }

  #add(element: Element, name: keyof ElementCounters): void {
    const counters = this.of(element);
    this.#elements.set(element.address, { ...counters, [name]: counters[name] + 1 });
    this.#total = { ...this.#total, [name]: this.#total[name] + 1 };
  }
}
