// SPDX-License-Identifier: GPL-2.0-or-later
// Programs of src/cli as people and scripts call them, and a configuration for them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import t from 'tap';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundles a program as the build does; returns a function that runs it with `line`, split at blanks. */
export function tool(
  name: string,
): (line: string, environment?: Record<string, string>) => Outcome {
  const program = `${t.testdirName}-${name}.cjs`;
  fs.mkdirSync(resolve(program, '..'), { recursive: true });
  buildSync({
    entryPoints: [`src/cli/${name}.ts`],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: {
      MHVTL_VERSION: '"9.8.7"',
      'import.meta.url': JSON.stringify(pathToFileURL(resolve(`build/bin/${name}`)).href),
    },
    logLevel: 'error',
  });
  t.teardown(() => fs.rmSync(program, { force: true }));
  return (line, environment = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, ...line.split(' ').filter(Boolean)],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], ...environment }, maxBuffer: 1 << 26 },
    );
    return { status, stdout, stderr };
  };
}

/** A configuration below `directory`: library 10 with its own home, library 30 with another. Returns its directory. */
export function configuration(directory: string, contents: Record<number, string> = {}): string {
  const place = `${directory}/etc`;
  fs.mkdirSync(place, { recursive: true });
  for (const library of [10, 30]) {
    fs.mkdirSync(`${directory}/home/${library}`, { recursive: true });
    const lines = contents[library] ?? 'Slot 1:';
    fs.writeFileSync(
      `${place}/library_contents.${library}`,
      `VERSION: 2\nPicker 1:\nMAP 1:\nDrive 1:\n${lines}\n`,
    );
  }
  const record = (head: string, keys: readonly string[]): string =>
    [head, ...keys.map((key) => ` ${key}`), '', ''].join('\n');
  const unit = (vendor: string, product: string, serial: string): string[] => [
    `Vendor identification: ${vendor}`,
    `Product identification: ${product}`,
    `Unit serial number: ${serial}`,
  ];
  fs.writeFileSync(
    `${place}/device.conf`,
    [
      'VERSION: 5\n\n',
      record('Library: 10 CHANNEL: 00 TARGET: 00 LUN: 00', [
        ...unit('STK', 'L700', 'XYZZY_A'),
        `Home directory: ${directory}/home/10`,
      ]),
      record('Drive: 11 CHANNEL: 00 TARGET: 01 LUN: 00', [
        'Library ID: 10 Slot: 01',
        ...unit('IBM', 'ULT3580-TD8', 'XYZZY_A1'),
      ]),
      record('Library: 30 CHANNEL: 00 TARGET: 08 LUN: 00', unit('STK', 'L80', 'XYZZY_B')),
      record('Drive: 31 CHANNEL: 00 TARGET: 09 LUN: 00', [
        'Library ID: 30 Slot: 01',
        ...unit('STK', 'T10000B', 'XYZZY_B1'),
      ]),
    ].join(''),
  );
  fs.writeFileSync(`${place}/mhvtl.conf`, `MHVTL_HOME_PATH=${directory}/home\nCAPACITY=64\n`);
  return place;
}
