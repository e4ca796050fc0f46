// SPDX-License-Identifier: GPL-2.0-or-later
// The states of a drive in the words of mhvtl 1.8, told as they change.
import type { Use } from '../medium/volume.js';
import type { Completion, Task } from '../sam/task.js';
import { erase6, erase16 } from '../ssc/erase.js';
import { asksForLoad, loadUnload } from '../ssc/load-unload.js';
import { locate10, locate16 } from '../ssc/locate.js';
import { read6, read16 } from '../ssc/read.js';
import { readReverse6, readReverse16 } from '../ssc/read-reverse.js';
import { rewind } from '../ssc/rewind.js';
import { space6, space16 } from '../ssc/space.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import { verify6, verify16 } from '../ssc/verify.js';
import { write6, write16 } from '../ssc/write.js';
import { writeFilemarks6, writeFilemarks16 } from '../ssc/write-filemarks.js';
import { now, type Observer } from './observed-router.js';

/** The commands that move the tape, by what a drive does in them. */
const commandsIn: Readonly<Record<string, readonly { readonly opcode: number }[]>> = {
  Rewinding: [rewind],
  Reading: [read6, read16, readReverse6, readReverse16],
  Writing: [write6, write16, writeFilemarks6, writeFilemarks16],
  Positioning: [space6, space16],
  Locate: [locate10, locate16],
  Verifying: [verify6, verify16],
  Erasing: [erase6, erase16],
};

const stateOf: ReadonlyMap<number | undefined, string> = new Map(
  Object.entries(commandsIn).flatMap(([state, commands]) =>
    commands.map(({ opcode }) => [opcode, state] as const),
  ),
);

/** Said of cartridges that are not for data, once the drive knows. */
const loadingStates: Partial<Record<Use, string>> = {
  cleaning: 'Loading Cleaning Tape',
  WORM: 'Loading WORM media',
  NULL: 'Loading NULL media',
};

/** After so many milliseconds without a command a drive is idle. */
const idleAfter = 5000;

/** The state of one drive. */
export class DriveStates implements Observer {
  readonly #drive: TapeDrive;
  readonly #tell: (state: string) => void;
  #told = '';
  #lastCommand = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param tell gets each state once, until it changes */
  constructor(drive: TapeDrive, tell: (state: string) => void) {
    this.#drive = drive;
    this.#tell = tell;
  }

  /** The daemon has started, or its initiators have it now. */
  initialising(): void {
    this.#say('Initialising v2');
  }

  loading(): void {
    this.#say('Loading');
  }

  loadFailed(): void {
    this.#say('Load failed');
  }

  unloading(): void {
    this.#say('Unloading');
  }

  /** A cartridge is in the drive now, or none. */
  settled(): void {
    const { mounted } = this.#drive;
    if (!mounted) {
      this.#say('Idle');
      return;
    }
    const kind = loadingStates[mounted.volume.use];
    if (kind !== undefined) this.#say(kind);
    if (mounted.volume.use !== 'cleaning') this.#say('Loaded');
  }

  began({ cdb }: Task): void {
    const [opcode] = cdb;
    if (opcode === loadUnload.opcode && this.#drive.barcode !== undefined)
      this.#say(asksForLoad(cdb) ? 'Loading' : 'Unloading');
    const state = stateOf.get(opcode);
    if (state !== undefined && this.#drive.mounted) this.#say(state);
  }

  ended({ cdb }: Task, _completion: Completion, _milliseconds: number, at: number): void {
    if (cdb[0] === loadUnload.opcode) this.settled();
    this.#lastCommand = at;
    this.#timer ??= setTimeout(() => this.#lookForIdleness(), idleAfter).unref();
  }

  #lookForIdleness(): void {
    const quiet = now() - this.#lastCommand;
    if (quiet < idleAfter) {
      this.#timer = setTimeout(() => this.#lookForIdleness(), idleAfter - quiet).unref();
      return;
    }
    this.#timer = undefined;
    this.#say(this.#drive.mounted ? 'Loaded - Idle' : 'Idle');
  }

  #say(state: string): void {
    if (state === this.#told) return;
    this.#told = state;
    this.#tell(state);
  }
}
