// SPDX-License-Identifier: GPL-2.0-or-later
// The file `lock` of a cartridge, which other programs ignore: who has it open, and since when that was renewed.
import fs from 'node:fs';
import { isMissing } from '../faults.js';
import { openRegularFile, readSmallFile } from '../regular-file.js';
import { type Holder, isGone, isOfEarlierBoot, isOfThisBoot, parseHolder } from './holder.js';

/** Longest record that is read. */
const LONGEST = 4096;

/** A holder on another host that has not renewed its record for so long has lost the cartridge; ms. */
export const LEASE = 60_000;

/** The lock file of a cartridge. */
const LOCK = 'lock';

export const lockPath = (directory: string): string => `${directory}/${LOCK}`;

/** What stands in an open lock file; undefined when that is no record. */
export function readHolder(fd: number): Holder | undefined {
  const bytes = new Uint8Array(LONGEST);
  return parseHolder(bytes.subarray(0, fs.readSync(fd, bytes, 0, LONGEST, 0)));
}

/** The same, looked up by name: what others see now. */
export function holderAt(path: string): Holder | undefined {
  try {
    return parseHolder(readSmallFile(path, LONGEST));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Opens a lock file, making it if need be. Owner and rights are those of the directory: a daemon must be able to
 * open what a tool of the superuser left behind.
 */
export function openLockFile(directory: string, name = LOCK): number {
  const { uid, gid, mode } = fs.statSync(directory);
  const flags = fs.constants.O_RDWR | fs.constants.O_CREAT;
  const fd = openRegularFile(`${directory}/${name}`, flags, mode & 0o666);
  const made = fs.fstatSync(fd);
  if (process.getuid?.() === 0 && (made.uid !== uid || made.gid !== gid)) {
    fs.fchownSync(fd, uid, gid);
    fs.fchmodSync(fd, mode & 0o666);
  }
  return fd;
}

/** Whether an open file still is the one of that name. */
export function isAt(fd: number, path: string): boolean {
  try {
    const there = fs.statSync(path);
    const here = fs.fstatSync(fd);
    return there.ino === here.ino && there.dev === here.dev;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The time by the clock that stamps files of `directory`: that of a server may be wrong, but is one for all hosts. */
function timeOfStore(directory: string): number {
  const probe = `${lockPath(directory)}.${process.pid}`;
  fs.rmSync(probe, { force: true });
  const fd = fs.openSync(probe, 'wx');
  try {
    fs.writeSync(fd, '\n');
    return fs.fstatSync(fd).mtimeMs;
  } finally {
    fs.closeSync(fd);
    fs.rmSync(probe, { force: true });
  }
}

/** Milliseconds since the record in an open lock file was renewed. */
export const ageOf = (fd: number, directory: string): number =>
  timeOfStore(directory) - fs.fstatSync(fd).mtimeMs;

/** What is known of a lock file beside its record. */
export interface LockState {
  /** The kernel, or a server, gave us the lock. */
  readonly granted: boolean;
  readonly local: boolean;
  /** Milliseconds since the record was renewed. */
  readonly age: () => number;
}

/** Whether `holder` is known not to have the cartridge any more. */
export function isAbandoned(holder: Holder, self: Holder, state: LockState): boolean {
  if (state.granted && (state.local || isOfThisBoot(holder, self))) return true;
  if (isGone(holder, self) || isOfEarlierBoot(holder, self)) return true;
  return state.age() > LEASE;
}
