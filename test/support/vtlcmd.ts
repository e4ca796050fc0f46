// SPDX-License-Identifier: GPL-2.0-or-later
// vtlcmd as people run it, while the test's own process answers as the daemons.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Said {
  stdout: string;
  stderr: string;
  status: number | null;
}

/** Root's tests have no message queue but their own: units without a daemon would be waited for at a queue. */
const alone = process.geteuid?.() === 0 ? ['unshare', '--ipc'] : [];

/** The words that run vtlcmd. */
export const vtlcmd = (line: string): [program: string, words: string[]] => {
  const [program, ...words] = [...alone, join(root, 'build/bin/vtlcmd'), ...line.split(' ')];
  return [program!, words];
};

/** A configuration of the test's own, and vtlcmd for it. @param address of the system bus */
export function installation(t: Test, address: string) {
  const directory = mkdtempSync(join(tmpdir(), 'mhvtl-vtlcmd-'));
  cpSync(join(root, 'etc/mhvtl'), directory, { recursive: true });
  t.teardown(() => rmSync(directory, { recursive: true }));
  const env = { ...process.env, MHVTL_CONFIG_PATH: directory, DBUS_SYSTEM_BUS_ADDRESS: address };
  const start = (line: string) => spawn(...vtlcmd(line), { env, timeout: 30_000 });
  const run = (line: string): Promise<Said> =>
    new Promise((resolve) => {
      const child = start(line);
      const said: Said = { stdout: '', stderr: '', status: null };
      child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
      child.once('close', (status) => resolve({ ...said, status }));
    });
  const file = (name: string): string => readFileSync(join(directory, name), 'utf8');
  return { directory, start, run, file };
}
