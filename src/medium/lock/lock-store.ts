// SPDX-License-Identifier: GPL-2.0-or-later
// What a lock needs to know of the file system it is on.
import fs from 'node:fs';
import { addon } from '../../addon/addon.js';

/** A file system, or for tests something that behaves as one. */
export interface LockStore {
  /** Whether only this kernel can have files of `directory` open. */
  isLocal(directory: string): boolean;
  /** Asks for the lock of the kernel, or of the server of the file system; `'none'` where there is no such thing. */
  lock(fd: number): 'granted' | 'refused' | 'none';
  /** Whether somebody has that lock. */
  isLocked(fd: number): boolean;
  /** Waits; nothing else goes on meanwhile. */
  wait(milliseconds: number): void;
}

/** Types of file systems that only one kernel has mounted, as statfs(2) numbers them. */
const LOCAL: readonly number[] = [
  0xef53 /* ext2, ext3, ext4 */, 0x58465342 /* XFS */, 0x9123683e /* Btrfs */,
  0xf2f52010 /* F2FS */, 0x2fc12fc1 /* ZFS */, 0xca451a4e /* bcachefs */, 0x01021994 /* tmpfs */,
  0x858458f6 /* ramfs */, 0x794c7630 /* overlayfs: its upper layer must be local */,
  0x3153464a /* JFS */, 0x3434 /* NILFS */,
];

/** What a file system without locks answers. */
const NO_LOCKS: readonly unknown[] = ['ENOLCK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'];

/** The answer of `ask`; `none` where there are no locks. */
function whereLocksAre<T>(none: T, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (NO_LOCKS.includes((error as NodeJS.ErrnoException).code)) return none;
    throw error;
  }
}

export const systemLocks: LockStore = {
  isLocal: (directory) => LOCAL.includes(fs.statfsSync(directory).type),
  lock: (fd) =>
    whereLocksAre<'granted' | 'refused' | 'none'>('none', () =>
      addon().lockFile(fd) ? 'granted' : 'refused',
    ),
  isLocked: (fd) => whereLocksAre(false, () => addon().isFileLocked(fd)),
  wait(milliseconds) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
};
