// SPDX-License-Identifier: GPL-2.0-or-later
// Root makes cartridges as the owner of the directory they go to.
import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { addon } from '../../addon/addon.js';

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Every path on the way to one, the longest first. */
function* wayTo(path: string): Generator<string> {
  let each = resolve(path);
  for (; each !== dirname(each); each = dirname(each)) yield each;
  yield each;
}

/**
 * Who is to own what is made in a directory: its owner, or that of the directory it is to be made in. A link that
 * leads to a directory of root's gives nobody root's rights but root.
 */
export function ownerFor(directory: string): Owner {
  const way = [...wayTo(directory)];
  const there = way.find((path) => fs.existsSync(path))!;
  const owner = fs.statSync(there);
  if (owner.uid !== 0) return owner;
  const links = way
    .map((path) => fs.lstatSync(path, { throwIfNoEntry: false }))
    .filter((each) => each?.isSymbolicLink());
  return links.find((link) => link?.uid !== 0) ?? owner;
}

/**
 * Does something as the owner of a directory if root does it: what is made belongs to the daemons, and no link in a
 * directory that others can write to leads root anywhere they could not go themselves.
 * @param directory need not be there yet
 * @param act uses files by synchronous calls: the rights are this thread's
 */
export function asOwnerOf<T>(directory: string, act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  const { uid, gid } = ownerFor(directory);
  if (uid === 0) return act();
  addon().setFileUser(uid, gid);
  try {
    return act();
  } finally {
    addon().setFileUser(0, process.getegid!());
  }
}
