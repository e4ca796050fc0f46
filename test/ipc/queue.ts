// SPDX-License-Identifier: GPL-2.0-or-later
// A message queue of a test's own, and other processes at it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** No other test and no real library uses this key. */
const key = 0x7e000000 | (process.pid & 0xffffff);

const folder = mkdtempSync(join(tmpdir(), 'mhvtl-peer-'));
const program = join(folder, 'peer');
const source = fileURLToPath(new URL('peer.c', import.meta.url));
execFileSync('cc', ['-Wall', '-Wextra', '-Werror', '-o', program, source], { stdio: 'inherit' });

const words = (rest: readonly (string | number)[]): string[] => [`${key}`, ...rest.map(String)];

export const queue = {
  key,
  /** Sends as another program; `size` is what it tells msgsnd. */
  send(type: number, sender: number, text: string, size = 16 + text.length + 1): void {
    execFileSync(program, words(['send', type, sender, size, text]));
  },
  /** The next message of a type: `SIZE SENDER TEXT`. */
  receive: (type: number): string =>
    execFileSync(program, words(['receive', type]), { encoding: 'utf8', timeout: 5000 }).slice(
      0,
      -1,
    ),
  /** A process that answers as a drive. `-` as a reply: it reads the question and says nothing. */
  answer(type: number, replies: Readonly<Record<string, string>>, delayMs = 0): ChildProcess {
    const table = Object.entries(replies).flat();
    return spawn(program, words(['answer', type, delayMs, ...table]), { stdio: 'inherit' });
  },
  /** How many messages wait. */
  waiting(): number {
    const row = execFileSync('ipcs', ['-q'], { encoding: 'utf8' })
      .split('\n')
      .find((line) => line.startsWith(`0x${key.toString(16)}`));
    return Number(row?.trim().split(/\s+/).at(-1) ?? 0);
  },
  exists: (): boolean =>
    execFileSync('ipcs', ['-q'], { encoding: 'utf8' }).includes(`0x${key.toString(16)}`),
  remove(): void {
    execFileSync('ipcrm', ['-Q', `${key}`], { stdio: 'ignore' });
  },
  /** Leaves nothing behind. */
  cleanUp(): void {
    rmSync(folder, { recursive: true, force: true });
    try {
      queue.remove();
    } catch {
      // The test removed it itself.
    }
  },
};
