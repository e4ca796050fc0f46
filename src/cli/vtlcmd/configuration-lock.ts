// SPDX-License-Identifier: GPL-2.0-or-later
// One program at a time changes a configuration: what it has read is still so when it writes.
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLockFile } from '../../medium/lock/lock-file.js';
import { systemLocks } from '../../medium/lock/lock-store.js';
import { Failure } from './failure.js';

/** The file that is locked. It stays: whoever waits has it open. */
const LOCK = '.lock';

/** How long others are waited for, in milliseconds: a drive that starts on a busy machine takes its time. */
export interface LockPatience {
  readonly most: number;
  /** Then whoever waits is told for what. */
  readonly silent: number;
  /** Between two attempts. */
  readonly look: number;
}

const lockPatience: LockPatience = { most: 180_000, silent: 2_000, look: 25 };

const notice = (): void => {
  process.stderr.write('vtlcmd: waiting for another program that changes the configuration\n');
};

async function waitForLock(fd: number, path: string, patience: LockPatience): Promise<void> {
  const since = Date.now();
  for (let told = false; systemLocks.lock(fd) === 'refused'; await sleep(patience.look)) {
    const waited = Date.now() - since;
    if (waited > patience.most)
      throw new Failure(
        `Nothing was changed: another program has been changing the configuration for ${Math.round(waited / 1000)} s.\nSee which: fuser -v ${path}`,
      );
    if (told || waited < patience.silent) continue;
    told = true;
    notice();
  }
}

/**
 * Acts while no other program changes the configuration in a directory. The kernel frees the place of a program that
 * died.
 * @throws Failure when another one does not end
 */
export async function whileAlone<T>(
  directory: string,
  act: () => Promise<T>,
  patience = lockPatience,
): Promise<T> {
  const fd = openLockFile(directory, LOCK);
  try {
    await waitForLock(fd, `${directory}/${LOCK}`, patience);
    return await act();
  } finally {
    closeSync(fd);
  }
}
