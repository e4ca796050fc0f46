// SPDX-License-Identifier: GPL-2.0-or-later
// The states of a drive in the words of mhvtl 1.8, told as they change.
import type { Use } from '../medium/volume.js';
import type { Completion, Task } from '../sam/task.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import { now, type Observer } from './observed-router.js';

const LOAD_UNLOAD = 0x1b;

/** What a drive does in the commands that move the tape, by operation code: six bytes, and with explicit address. */
const commandStates: ReadonlyMap<number, string> = new Map([
  [0x01, 'Rewinding'],
  [0x08, 'Reading'],
  [0x88, 'Reading'],
  [0x0f, 'Reading'],
  [0x81, 'Reading'],
  [0x0a, 'Writing'],
  [0x8a, 'Writing'],
  [0x10, 'Writing'],
  [0x80, 'Writing'],
  [0x11, 'Positioning'],
  [0x91, 'Positioning'],
  [0x2b, 'Locate'],
  [0x92, 'Locate'],
  [0x13, 'Verifying'],
  [0x8f, 'Verifying'],
  [0x19, 'Erasing'],
  [0x93, 'Erasing'],
]);

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
    const opcode = cdb[0]!;
    if (opcode === LOAD_UNLOAD && this.#drive.barcode !== undefined)
      this.#say((cdb[4]! & 1) === 1 ? 'Loading' : 'Unloading');
    const state = commandStates.get(opcode);
    if (state !== undefined && this.#drive.mounted) this.#say(state);
  }

  ended({ cdb }: Task, _completion: Completion, _milliseconds: number, at: number): void {
    if (cdb[0] === LOAD_UNLOAD) this.settled();
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
