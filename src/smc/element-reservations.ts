// SPDX-License-Identifier: GPL-2.0-or-later
// Reservations of elements (SCSI-2 17.2.8, SMC): an initiator keeps others from moving cartridges from or to them.
import type { Nexus } from '../sam/task.js';
import type { Element } from './element.js';

/** Addresses `first` to `last`. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

interface Reservation {
  readonly nexus: Nexus;
  /** RESERVATION IDENTIFICATION: an initiator's own number for it. */
  readonly identification: number;
  readonly ranges: readonly Range[];
}

/** As many as StorageTek's SL500 has room for. */
const most = 64;

const contains = ({ first, last }: Range, address: number): boolean =>
  address >= first && address <= last;
const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;

export class ElementReservations {
  #held: readonly Reservation[] = [];

  /** Whether another nexus has reserved one of the elements. */
  against(nexus: Nexus, ...elements: readonly Element[]): boolean {
    return this.#ofOthers(nexus).some(({ ranges }) =>
      ranges.some((range) => elements.some(({ address }) => contains(range, address))),
    );
  }

  /** Whether another nexus has reserved any element. */
  anyAgainst(nexus: Nexus): boolean {
    return this.#ofOthers(nexus).length > 0;
  }

  /**
   * Reserves elements. Supersedes an earlier reservation of the nexus with the same identification.
   * @returns what stands in the way; nothing has changed then
   */
  reserve(reservation: Reservation): 'conflict' | 'no room' | undefined {
    const { nexus, identification, ranges } = reservation;
    const taken = this.#ofOthers(nexus).some((other) =>
      other.ranges.some((theirs) => ranges.some((own) => overlap(own, theirs))),
    );
    if (taken) return 'conflict';
    const rest = this.#held.filter(
      (each) => each.nexus !== nexus || each.identification !== identification,
    );
    if (rest.length === most) return 'no room';
    this.#held = [...rest, reservation];
    return undefined;
  }

  /** Releases one of a nexus, or all of them. One that is not there is no error. */
  release(nexus: Nexus, identification?: number): void {
    this.#held = this.#held.filter(
      (each) =>
        each.nexus !== nexus ||
        (identification !== undefined && each.identification !== identification),
    );
  }

  /** A reset ends every reservation. */
  clear(): void {
    this.#held = [];
  }

  #ofOthers(nexus: Nexus): readonly Reservation[] {
    return this.#held.filter((each) => each.nexus !== nexus);
  }
}
