// SPDX-License-Identifier: GPL-2.0-or-later
// The machine vtlcmd runs on.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statfsSync,
} from 'node:fs';
import { release } from 'node:os';
import { findHolder } from '../../../medium/lock/cartridge-lock.js';
import type { Machine } from './findings.js';

const attempt = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

export const thisMachine: Machine = {
  exists: existsSync,
  read: (path) => attempt(() => readFileSync(path)),
  list: (path) => attempt(() => readdirSync(path)) ?? [],
  link: (path) => attempt(() => readlinkSync(path)),
  run(program, ...words) {
    const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 10_000 });
    return status === 0 ? stdout : undefined;
  },
  free: (path) =>
    attempt(() => {
      const { bavail, bsize } = statfsSync(path);
      return bavail * bsize;
    }),
  writable,
  cartridgeUser: (directory) => attempt(() => findHolder(directory)?.description),
  kernel: release(),
};

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
