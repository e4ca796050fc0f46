// SPDX-License-Identifier: GPL-2.0-or-later
// Root makes cartridges as the owner of the directory they go to.
import fs from 'node:fs';
import { addon } from '../../addon/addon.js';

/**
 * Does something as the owner of a directory if root does it: what is made belongs to the daemons, and no link in a
 * directory that others can write to leads root anywhere they could not go themselves.
 * @param act uses files by synchronous calls: the rights are this thread's
 */
export function asOwnerOf<T>(directory: string, act: () => T): T {
  const { uid, gid } = fs.statSync(directory, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  if (process.geteuid?.() !== 0 || uid === 0) return act();
  addon().setFileUser(uid, gid);
  try {
    return act();
  } finally {
    addon().setFileUser(0, process.getegid!());
  }
}
