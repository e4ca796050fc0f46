// SPDX-License-Identifier: GPL-2.0-or-later
// The moving parts of a drive: how long they take, and what the drive answers meanwhile.
import type { AdditionalSense } from '../sam/asc.js';
import { refuse } from '../sam/reply.js';
import type { Clock } from '../spc/environment.js';
import { type DriveTiming, secondsFor } from './drive-timing.js';

/** Real time for the mechanics, or none. */
export interface Pace {
  /** 0: movements take no time; 1: as long as the real thing's; 0.1: ten times faster. */
  readonly scale: number;
  delay(milliseconds: number): Promise<void>;
}

export const noPace: Pace = { scale: 0, delay: () => Promise.resolve() };

/** What moves, and what commands that need the drive are told meanwhile (SSC-5 4.2.24, SPC-5 5.16.2). */
const meanwhile = {
  load: 'LOGICAL UNIT IS IN PROCESS OF BECOMING READY',
  thread: 'LOGICAL UNIT IS IN PROCESS OF BECOMING READY',
  clean: 'CLEANING CARTRIDGE INSTALLED',
  update: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  unload: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  rewind: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  position: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  erase: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  format: 'LOGICAL UNIT NOT READY, FORMAT IN PROGRESS',
  read: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
  write: 'LOGICAL UNIT NOT READY, OPERATION IN PROGRESS',
} as const satisfies Record<string, AdditionalSense>;
export type Movement = keyof typeof meanwhile;

/** PROGRESS INDICATION counts to this (SPC-5 4.4.2.4.4). */
const whole = 0x10000;

interface Motion {
  readonly movement: Movement;
  readonly began: number;
  readonly milliseconds: number;
}

export class Mechanics {
  readonly timing: DriveTiming;
  /** Seconds an administrator makes each movement take more, whatever the pace. */
  readonly extraSeconds: Partial<Record<Movement, number>> = {};
  readonly #pace: Pace;
  readonly #clock: Clock;
  #motion: Motion | undefined;
  #hurried = false;
  /** Ends the wait for the movement that is going on. */
  #wake: () => void = () => {};

  constructor(timing: DriveTiming, pace: Pace, clock: Clock) {
    this.timing = timing;
    this.#pace = pace;
    this.#clock = clock;
  }

  /** What is going on. */
  get movement(): Movement | undefined {
    return this.#motion?.movement;
  }

  /** Throws NOT READY with the progress while something moves. */
  assertStill(): void {
    const motion = this.#motion;
    if (!motion) return;
    const { movement, began, milliseconds } = motion;
    const part = Math.max(0, (this.#clock.elapsed() - began) / milliseconds);
    const progress = Math.min(whole - 1, Math.floor(part * whole));
    throw refuse('NOT READY', meanwhile[movement], { progress });
  }

  /**
   * Lets a movement take its time: `seconds` of the real thing's.
   * @returns when it is over, or at once with `IMMED`; `finish` is called when it is over
   */
  async move(movement: Movement, seconds: number, IMMED = false, finish = () => {}): Promise<void> {
    const milliseconds = (seconds * this.#pace.scale + (this.extraSeconds[movement] ?? 0)) * 1000;
    if (milliseconds <= 0 || (this.#hurried && !IMMED)) {
      finish();
      return;
    }
    const motion = { movement, began: this.#clock.elapsed(), milliseconds };
    this.#motion = motion;
    const ends = [this.#pace.delay(milliseconds)];
    if (!IMMED) ends.push(new Promise((resolve) => (this.#wake = resolve)));
    const over = Promise.race(ends).then(() => {
      /* Whoever halted it, or took the cartridge away, does not wait for its end. */
      if (this.#motion !== motion) return;
      this.#motion = undefined;
      finish();
    });
    if (!IMMED) await over;
  }

  /** Whether a movement takes time at all; if not, there is no need to compute how much. */
  takesTime(movement: Movement): boolean {
    return this.#pace.scale > 0 || (this.extraSeconds[movement] ?? 0) > 0;
  }

  /** Lets the head pass so many bytes. */
  async transfer(direction: 'read' | 'write', bytes: number): Promise<void> {
    if (this.#pace.scale > 0) await this.move(direction, secondsFor(this.timing, bytes));
  }

  /**
   * Nobody waits any more for the command that is running: its movements end at once, with their consequences.
   * @returns what ends the hurry
   */
  hurry(): () => void {
    this.#hurried = true;
    this.#wake();
    return () => {
      this.#hurried = false;
    };
  }

  /** Ends what is going on, without its consequences. */
  halt(): void {
    this.#motion = undefined;
  }
}
