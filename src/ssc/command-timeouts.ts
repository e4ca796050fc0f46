// SPDX-License-Identifier: GPL-2.0-or-later
// How long commands of a drive may last (SPC-5 6.29.4): what an initiator should wait before it gives up.
import type { Command } from '../sam/command.js';
import { readBuffer, writeBuffer } from '../spc/buffers.js';
import { sendDiagnostic } from '../spc/diagnostics.js';
import type { CommandTimeouts } from '../spc/primary.js';
import { type DriveProduct, nativeDensity } from './drive-product.js';
import { secondsFor } from './drive-timing.js';
import { erase6, erase16 } from './erase.js';
import { formatMedium, setCapacity } from './format-medium.js';
import { loadUnload } from './load-unload.js';
import { locate10, locate16 } from './locate.js';
import { read6, read16 } from './read.js';
import { readReverse6, readReverse16 } from './read-reverse.js';
import { rewind } from './rewind.js';
import { space6, space16 } from './space.js';
import { megabyte } from './units.js';
import { verify6, verify16 } from './verify.js';
import { write6, write16 } from './write.js';
import { writeFilemarks6, writeFilemarks16 } from './write-filemarks.js';

/** Seconds its maker recommends to wait, by what a command does. */
export interface RecommendedTimeouts {
  readonly erase: number;
  readonly format: number;
  readonly load: number;
  readonly locate: number;
  readonly read: number;
  readonly rewind: number;
  readonly diagnostic: number;
  readonly space: number;
  readonly verify: number;
  readonly write: number;
  readonly writeFilemarks: number;
  readonly setCapacity: number;
  readonly readBuffer: number;
  readonly writeBuffer: number;
  /** Every other command. */
  readonly other: number;
}

type Work = keyof RecommendedTimeouts;

const commandsOfWork: Partial<Record<Work, readonly { readonly name: string }[]>> = {
  erase: [erase6, erase16],
  format: [formatMedium],
  load: [loadUnload],
  locate: [locate10, locate16],
  read: [read6, read16, readReverse6, readReverse16],
  rewind: [rewind],
  diagnostic: [sendDiagnostic],
  space: [space6, space16],
  verify: [verify6, verify16],
  write: [write6, write16],
  writeFilemarks: [writeFilemarks6, writeFilemarks16],
  setCapacity: [setCapacity],
  readBuffer: [readBuffer],
  writeBuffer: [writeBuffer],
};

const workOf = new Map(
  Object.entries(commandsOfWork).flatMap(([work, commands]) =>
    commands.map((command) => [command, work as Work] as const),
  ),
);

/** What no product would take longer for than this, where its maker says nothing. */
const patience = 60;

/** Seconds the mechanics of a product usually need. */
function usual({ timing, ...product }: DriveProduct): RecommendedTimeouts {
  const alongTheTape = Math.ceil(timing.tapeMetres / timing.locateSpeed);
  const allOfIt = Math.ceil(secondsFor(timing, nativeDensity(product).capacity * megabyte));
  const oneBlock = Math.ceil(secondsFor(timing, product.maximumBlockLength));
  return {
    erase: allOfIt,
    format: 2 * alongTheTape,
    load: Math.ceil(timing.loadSeconds),
    locate: alongTheTape,
    read: oneBlock,
    rewind: alongTheTape,
    diagnostic: alongTheTape,
    space: alongTheTape,
    verify: allOfIt,
    write: oneBlock,
    writeFilemarks: oneBlock,
    setCapacity: alongTheTape,
    readBuffer: 1,
    writeBuffer: 1,
    other: 1,
  };
}

/** The timeouts of a command of a product. */
export function timeoutsOf(product: DriveProduct, command: Command<never>): CommandTimeouts {
  const work = workOf.get(command) ?? 'other';
  const seconds = usual(product)[work];
  const recommended = product.timeouts?.[work] ?? 3 * seconds + patience;
  /* Makers' tables give some commands less than a whole tape takes. */
  return { nominal: Math.min(seconds, recommended), recommended };
}
