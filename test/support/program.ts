// SPDX-License-Identifier: GPL-2.0-or-later
// Programs of tests that run in processes of their own, with the addon beside them.
import { mkdirSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles `source` into `directory`; returns the path of the program. */
export function bundled(source: string, directory: string): string {
  const program = `${directory}/program/main.mjs`;
  mkdirSync(`${directory}/program`);
  symlinkSync(resolve('build/bin/mhvtl.node'), `${directory}/program/mhvtl.node`);
  buildSync({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return program;
}
