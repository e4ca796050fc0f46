// SPDX-License-Identifier: GPL-2.0-or-later
// How long the mechanics of a product take, for drives that are told to take their time.
import { megabyte, toHours } from './units.js';

export interface DriveTiming {
  /** Seconds from the cartridge in the mouth to ready, and from LOAD UNLOAD back to the mouth. */
  readonly loadSeconds: number;
  readonly unloadSeconds: number;
  /** Metres of tape a volume has, and how often the head runs along them. */
  readonly tapeMetres: number;
  readonly wraps: number;
  /** Metres a second when locating and rewinding. */
  readonly locateSpeed: number;
  /** 10^6 bytes a second to and from the tape, uncompressed. */
  readonly nativeRate: number;
  /** Seconds the first load of a new cartridge takes more (LTO-9 media optimisation). */
  readonly optimisationSeconds?: number;
}

/** Seconds in which the head passes so many bytes. */
export const secondsFor = ({ nativeRate }: DriveTiming, bytes: number): number =>
  bytes / (nativeRate * megabyte);

/** Whole hours of that. */
export const motionHours = (timing: DriveTiming, bytes: number): number =>
  toHours(secondsFor(timing, bytes));
