// SPDX-License-Identifier: GPL-2.0-or-later
// What starting left behind goes back to the system: a third of a daemon's memory.
import { addon } from '../addon/addon.js';

/**
 * By then the initiators have asked what they ask of a new unit, and V8, which looks back five seconds, takes the space for
 * new objects back that starting made it grow: up to 8 MB.
 */
const DELAY_MS = 5500;
/** V8 throws compiled functions away that so many collections in a row found unused. */
const COLLECTIONS = 8;
/** Between two, so that commands wait for one at most. */
const PAUSE_MS = 100;

/** Once: compiling and reading the configuration took memory that serving does not need. */
export function tidyWhenStarted(): void {
  let left = COLLECTIONS;
  const tidy = (): void => {
    /* There with --expose-gc, which the build puts into the first line of a daemon. */
    globalThis.gc?.();
    addon().trimMalloc();
    left--;
    if (left > 0) setTimeout(tidy, PAUSE_MS).unref();
  };
  setTimeout(tidy, DELAY_MS).unref();
}
