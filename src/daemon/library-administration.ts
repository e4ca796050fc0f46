// SPDX-License-Identifier: GPL-2.0-or-later
// What administrators can have a library do.
import type { MediaChanger } from '../smc/changer.js';
import type { Handlers } from './administration.js';
import { alertFlags, type UnitParts, unitHandlers } from './unit-administration.js';

export interface LibraryParts extends Omit<UnitParts, 'attentions' | 'status'> {
  readonly number: number;
  readonly changer: MediaChanger;
}

/** The state of a library, as `status` prints it. */
export function libraryStatus({ number, changer, verbosity }: LibraryParts) {
  const { identity, elements } = changer;
  const full = elements.all.filter(({ cartridge }) => cartridge !== undefined);
  return {
    unit: number,
    kind: 'library',
    vendor: identity.vendor,
    product: identity.product,
    serial: identity.serial,
    state: 'online',
    slots: elements.of('storage').length,
    drives: elements.of('data transfer').length,
    maps: elements.of('import/export').length,
    cartridges: full.length,
    mapOpen: changer.importExportOpen,
    logLevel: verbosity.level,
    pid: process.pid,
  };
}

/** What a library does about each command. */
export function libraryHandlers(parts: LibraryParts): Handlers<'library'> {
  const { changer } = parts;
  return {
    ...unitHandlers({
      attentions: changer.attentions,
      verbosity: parts.verbosity,
      stop: parts.stop,
      status: () => libraryStatus(parts),
    }),
    TapeAlert(hex) {
      changer.tapeAlerts = alertFlags(hex!);
      return 'OK';
    },
  };
}
