// SPDX-License-Identifier: GPL-2.0-or-later
// The named pipe a unit tells its state through: a line at every change, for displays and monitors.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Log } from './log.js';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];

/** Local time as ctime(3) has it: `Sun Sep  6 08:49:37 2026`. */
export function ctime(when: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [when.getHours(), when.getMinutes(), when.getSeconds()].map(two).join(':');
  const day = String(when.getDate()).padStart(2);
  return `${days[when.getDay()]} ${months[when.getMonth()]} ${day} ${time} ${when.getFullYear()}`;
}

export class StateFifo {
  readonly #path: string;
  readonly #unit: number;
  readonly #fd: number;

  private constructor(path: string, unit: number, fd: number) {
    this.#path = path;
    this.#unit = unit;
    this.#fd = fd;
  }

  /**
   * Opens the pipe, and makes it if need be. One that cannot be had is told in the log, and the unit does without.
   * @param path undefined: none is wanted
   */
  static open(path: string | undefined, unit: number, log: Log): StateFifo | undefined {
    if (path === undefined) return undefined;
    try {
      if (!existsSync(path)) execFileSync('mkfifo', ['-m', '0644', path]);
      // For reading too: lines wait in the pipe until somebody reads them, and no open waits for a reader.
      const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
      if (fstatSync(fd).isFIFO()) return new StateFifo(path, unit, fd);
      closeSync(fd);
      throw new Error('it is no named pipe');
    } catch (error) {
      log.warning(`no state is told through ${path}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Tells the state. A pipe that nobody reads and that is full gets no more lines: nothing waits for it. */
  tell(state: string, when = new Date()): void {
    try {
      writeSync(this.#fd, `${ctime(when)} - ${this.#unit}: - ${state}\n`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }

  /** The daemon ends: the pipe goes. */
  close(): void {
    closeSync(this.#fd);
    rmSync(this.#path, { force: true });
  }
}
