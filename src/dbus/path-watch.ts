// SPDX-License-Identifier: GPL-2.0-or-later
// Tells when something happens on the way to a file that need not exist, nor the folders it is in.
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** The innermost folder on the way to a file that is there. */
function innermost(file: string): string {
  for (let path = dirname(file); ; path = dirname(path))
    if (existsSync(path) || path === dirname(path)) return path;
}

export class PathWatch {
  readonly #file: string;
  readonly #happened: () => void;
  readonly #log: (message: string) => void;
  #watcher: FSWatcher | undefined;

  /** @param happened called whenever the file may have come or gone; the watch keeps no process alive */
  constructor(file: string, happened: () => void, log: (message: string) => void) {
    this.#file = file;
    this.#happened = happened;
    this.#log = log;
    this.#arm();
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  /**
   * Watches the innermost folder there is, anew after every event: a folder that was removed and made again is
   * another one, though it may have the number of the old one. Folders that come meanwhile are not missed.
   */
  #arm(): void {
    for (let folder = innermost(this.#file); ; folder = innermost(this.#file)) {
      this.close();
      try {
        this.#watcher = watch(folder, { persistent: false }, () => {
          this.#arm();
          this.#happened();
        });
        this.#watcher.on('error', () => this.close());
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        this.#log(`no watch of ${folder}: ${String(error)}`);
        return;
      }
      if (innermost(this.#file) === folder) return;
    }
  }
}
