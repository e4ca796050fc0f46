// SPDX-License-Identifier: GPL-2.0-or-later
// The nonvolatile memory of a unit: one small file for each thing it remembers.
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { replaceFile } from '../config/replace-file.js';
import { type Clock, type DeviceState, VolatileState } from '../spc/environment.js';
import type { Log } from './log.js';

/** systemd names the directory when the service has a StateDirectory= (systemd.exec(5)). */
const stateDirectory = (): string => process.env['STATE_DIRECTORY'] ?? '/var/lib/mhvtl';

const validName = /^[A-Za-z0-9-]+$/;

class FileState implements DeviceState {
  readonly #directory: string;
  readonly #log: Log;

  /** @param directory exists and can be written */
  constructor(directory: string, log: Log) {
    this.#directory = directory;
    this.#log = log;
  }

  load(name: string): Uint8Array | undefined {
    try {
      return readFileSync(this.#path(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warning(`${this.#path(name)} is taken as absent: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** A failure is told in the log and to nobody else: the unit goes on, and forgets when it ends. */
  save(name: string, bytes: Uint8Array): void {
    const path = this.#path(name);
    try {
      replaceFile(path, bytes);
    } catch (error) {
      this.#log.warning(
        `${path} is not saved, a restart will lose it: ${(error as Error).message}`,
      );
    }
  }

  #path(name: string): string {
    if (!validName.test(name)) throw new RangeError(`${name} is no name of a state`);
    return `${this.#directory}/${name}`;
  }
}

/**
 * The memory of a unit in a directory of its own, which is made if need be. Without one the unit works, and
 * forgets when the daemon ends.
 * @param top the directory of all units
 */
export function deviceState(unit: number, log: Log, top = stateDirectory()): DeviceState {
  const directory = `${top}/${unit}`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o750 });
    accessSync(directory, constants.W_OK);
    return new FileState(directory, log);
  } catch (error) {
    log.warning(
      `saved mode pages and persistent reservations last until the daemon ends: ${(error as Error).message}. ` +
        `Make ${directory} and let the daemon write there.`,
    );
    return new VolatileState();
  }
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };
