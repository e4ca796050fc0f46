// SPDX-License-Identifier: GPL-2.0-or-later
// What a library counts of its own work, for log pages and whoever watches it.
import type { Transfer } from './moves.js';

/** Counters since the library was started. */
export interface ChangerStatistics {
  /** Cartridges carried from one element to another. */
  moves: number;
  /** Of these: into a drive; taken out of one; to and from import/export elements. */
  loads: number;
  unloads: number;
  exports: number;
  imports: number;
  /** Moves a drive did not do its part of. */
  failures: number;
  importExportOpens: number;
  doorOpens: number;
  /** Looks at every cartridge. */
  inventories: number;
  count(transfer: Pick<Transfer, 'from' | 'to'>): void;
}

export const newStatistics = (): ChangerStatistics => ({
  moves: 0,
  loads: 0,
  unloads: 0,
  exports: 0,
  imports: 0,
  failures: 0,
  importExportOpens: 0,
  doorOpens: 0,
  inventories: 0,
  count({ from, to }) {
    this.moves++;
    if (to.type === 'data transfer') this.loads++;
    if (from.type === 'data transfer') this.unloads++;
    if (to.type === 'import/export') this.exports++;
    if (from.type === 'import/export') this.imports++;
  },
});
