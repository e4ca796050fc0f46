// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge is open once: a lock among processes, and among hosts that share a file system.
import fs from 'node:fs';
import { isMissing, reading, writing } from '../faults.js';
import { openRegularFile } from '../regular-file.js';
import type { StoreCalls } from '../store-calls.js';
import { MediumError } from '../volume.js';
import { describeHolder, type Holder, holderBytes, remedyFor, thisProcess } from './holder.js';
import {
  ageOf,
  holderAt,
  isAbandoned,
  isAt,
  LEASE,
  lockPath,
  openLockFile,
  readHolder,
} from './lock-file.js';
import { type LockStore, systemLocks } from './lock-store.js';

/** Time between renewals where other hosts may look; ms. */
const RENEWAL = 15_000;
/** A holder that could not renew for so long looks whether it still is one before it writes; ms. */
const TRUST = 30_000;
/** So long a record must stand undisturbed where no lock of the kernel decides among hosts; ms. */
const SETTLING = 500;
/** A lock file that its holder removes while it is looked at is looked for again. */
const ATTEMPTS = 100;

/** The error of whoever comes second. */
function inUse(directory: string, holder: Holder | undefined, self: Holder): MediumError {
  const since = holder ? ` since ${holder.since}` : '';
  return new MediumError(
    'in use',
    `${directory} is in use by ${describeHolder(holder, self)}${since}: ${remedyFor(holder)}`,
  );
}

/** The error of whoever must wait for the lease of a holder that may be dead. */
function leased(directory: string, holder: Holder, self: Holder, age: number): MediumError {
  const seconds = Math.max(0, Math.round(age / 1000));
  return new MediumError(
    'in use',
    `${inUse(directory, holder, self).message}. It was heard of ${seconds} s ago; when that is more than ${LEASE / 1000} s, it counts as dead`,
  );
}

/**
 * Holds a cartridge for this process. Among processes of one kernel, and of all hosts of a file system that has locks,
 * the kernel's lock decides, and ends with the process. Among hosts of a file system that has none, the record in
 * the file decides, which a living holder renews.
 */
export class CartridgeLock {
  readonly #directory: string;
  #released = false;
  readonly #fd: number;
  readonly #self: Holder;
  /** Undefined where nobody else can look. */
  readonly #renewal: NodeJS.Timeout | undefined;
  #renewed = Date.now();

  private constructor(directory: string, fd: number, self: Holder, local: boolean) {
    this.#directory = directory;
    this.#fd = fd;
    this.#self = self;
    if (!local) this.#renewal = setInterval(() => this.#tryToRenew(), RENEWAL).unref();
  }

  /**
   * @param name of this process, for those who find the cartridge in use
   * @throws MediumError `'in use'`, with the holder's name; `'unwritable'` or `'no space'` when the file cannot be made
   */
  static acquire(directory: string, name: string, store: LockStore = systemLocks): CartridgeLock {
    const self = thisProcess(name);
    const path = lockPath(directory);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const fd = writing(path, () => openLockFile(directory));
      try {
        const lock = writing(path, () => CartridgeLock.#take(directory, fd, self, store));
        if (lock) return lock;
      } catch (error) {
        fs.closeSync(fd);
        throw error;
      }
      fs.closeSync(fd);
    }
    throw inUse(directory, holderAt(path), self);
  }

  /** Undefined when the open file is not the lock file any more. */
  static #take(
    directory: string,
    fd: number,
    self: Holder,
    store: LockStore,
  ): CartridgeLock | undefined {
    const path = lockPath(directory);
    const answer = store.lock(fd);
    const holder = readHolder(fd);
    if (answer === 'refused') throw inUse(directory, holder, self);
    if (!isAt(fd, path)) return undefined;
    const local = store.isLocal(directory);
    const granted = answer === 'granted';
    const age = (): number => ageOf(fd, directory);
    if (holder && !isAbandoned(holder, self, { granted, local, age }))
      throw leased(directory, holder, self, age());
    if (granted && local) {
      tryToWrite(fd, self);
      return new CartridgeLock(directory, fd, self, local);
    }
    write(fd, self);
    /* Whoever else found the place free wrote its record as well: the last one stands (Fischer's algorithm). */
    store.wait(SETTLING);
    const there = holderAt(path);
    if (there?.token !== self.token) throw inUse(directory, there, self);
    return new CartridgeLock(directory, fd, self, local);
  }

  /** Says once more that this process lives. Throws when another one has the cartridge. */
  #renew(): void {
    const path = lockPath(this.#directory);
    const holder = writing(path, () => holderAt(path));
    if (holder?.token !== this.#self.token) throw inUse(this.#directory, holder, this.#self);
    writing(path, () => write(this.#fd, this.#self));
    this.#renewed = Date.now();
  }

  /** What hinders it is told when something is to be written. */
  #tryToRenew(): void {
    try {
      this.#renew();
    } catch {
      /* As if the time had not come. */
    }
  }

  /**
   * To be called before anything is written: a process that stood still may have lost the cartridge.
   * @throws MediumError also after {@link release}
   */
  assertHeld(): void {
    if (this.#released)
      throw new MediumError('unwritable', `${this.#directory} was given back and may be in use`);
    if (this.#renewal && Date.now() - this.#renewed > TRUST) this.#renew();
  }

  /** The same calls, made only while this process holds the cartridge. */
  guard(calls: StoreCalls): StoreCalls {
    if (!this.#renewal) return calls;
    const held =
      <A extends unknown[], T>(call: (...words: A) => Promise<T>) =>
      async (...words: A): Promise<T> => {
        this.assertHeld();
        return call(...words);
      };
    return {
      read: calls.read,
      write: held(calls.write),
      truncate: held(calls.truncate),
      sync: held(calls.sync),
      replace: held(calls.replace),
    };
  }

  /** Lets others have the cartridge. A second time nothing happens. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    clearInterval(this.#renewal);
    const path = lockPath(this.#directory);
    try {
      const ours = this.#renewal
        ? holderAt(path)?.token === this.#self.token
        : isAt(this.#fd, path);
      if (ours) fs.unlinkSync(path);
    } catch {
      /* The kernel's lock ends all the same, and the record tells of a process that is gone. */
    }
    fs.closeSync(this.#fd);
  }
}

function write(fd: number, holder: Holder): void {
  const bytes = holderBytes(holder);
  fs.writeSync(fd, bytes, 0, bytes.length, 0);
  fs.ftruncateSync(fd, bytes.length);
}

/** Where the kernel's lock decides, the record is for people: a full disk does not keep a cartridge from being read. */
function tryToWrite(fd: number, holder: Holder): void {
  try {
    write(fd, holder);
  } catch {
    /* Others are told "another program". */
  }
}

/**
 * Runs `act` while nobody else has the cartridge open.
 * @throws MediumError as {@link CartridgeLock.acquire}
 */
export async function whileLocked<T>(
  directory: string,
  name: string,
  act: (lock: CartridgeLock) => T | Promise<T>,
): Promise<T> {
  const lock = CartridgeLock.acquire(directory, name);
  try {
    return await act(lock);
  } finally {
    lock.release();
  }
}

/** Who has a cartridge open, as far as can be told without asking for it. */
export interface OpenBy {
  /** Undefined when it left no record. */
  readonly holder: Holder | undefined;
  /** In words. */
  readonly description: string;
}

function openIfThere(path: string): number | undefined {
  try {
    return openRegularFile(path, fs.constants.O_RDONLY);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Who has the cartridge open; undefined when nobody has. Changes nothing.
 * @throws MediumError `'unreadable'` when the lock file cannot be opened
 */
export function findHolder(directory: string, store: LockStore = systemLocks): OpenBy | undefined {
  const path = lockPath(directory);
  const fd = reading(path, () => openIfThere(path));
  if (fd === undefined) return undefined;
  try {
    const self = thisProcess('');
    const holder = readHolder(fd);
    const use = { holder, description: describeHolder(holder, self) };
    if (store.isLocked(fd)) return use;
    const local = store.isLocal(directory);
    const age = (): number => Date.now() - fs.fstatSync(fd).mtimeMs;
    const alive = holder && !isAbandoned(holder, self, { granted: local, local, age });
    return alive ? use : undefined;
  } finally {
    fs.closeSync(fd);
  }
}
