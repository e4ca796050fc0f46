// SPDX-License-Identifier: GPL-2.0-or-later
// Commands in the log: those that failed for a reason people should know of, and all of them at a high level.
import { hex } from '../bytes/hex.js';
import { senseKeys } from '../sam/asc.js';
import type { CommandSet } from '../sam/command-set.js';
import type { Completion, Task } from '../sam/task.js';
import type { Log, Verbosity } from './log.js';
import type { Observer } from './observed-router.js';
import { senseCodes, senseKeyOf, statusName } from './trace.js';

/** Level from which every command is logged. */
const EVERY = 3;

/** What is no matter of the initiator's alone: something is wrong with the medium or the device. */
const serious: readonly (number | undefined)[] = [
  senseKeys['MEDIUM ERROR'],
  senseKeys['HARDWARE ERROR'],
];

export class CommandLog implements Observer {
  readonly #device: { readonly commands: Pick<CommandSet<never>, 'of'> };
  readonly #log: Log;
  readonly #verbosity: Verbosity;
  readonly #barcode: () => string | undefined;

  /** @param barcode of the cartridge the commands concern, if there is one */
  constructor(
    device: { readonly commands: Pick<CommandSet<never>, 'of'> },
    log: Log,
    verbosity: Verbosity,
    barcode: () => string | undefined = () => undefined,
  ) {
    this.#device = device;
    this.#log = log;
    this.#verbosity = verbosity;
    this.#barcode = barcode;
  }

  ended({ cdb }: Task, { status, sense }: Completion, milliseconds: number): void {
    const isSerious = serious.includes(senseKeyOf(sense));
    if (!isSerious && this.#verbosity.level < EVERY) return;
    const codes = senseCodes(sense);
    const command = this.#device.commands.of(cdb);
    const about = {
      barcode: this.#barcode(),
      command: command?.name ?? 'unknown command',
      cdb: hex(cdb.subarray(0, command?.size)),
      ...(codes === '' ? {} : { sense: codes }),
      status: statusName(status),
    };
    const text = [
      about.command,
      about.status,
      codes,
      about.barcode,
      `${milliseconds.toFixed(2)} ms`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(', ');
    if (isSerious) this.#log.warning(text, about);
    else this.#log.debug(text, about);
  }
}
