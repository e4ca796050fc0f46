// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a capture of what mhvtl 1.8 answered: sections, each a title line and lines of hex.
import { readFileSync } from 'node:fs';
import { unhex } from '../../../src/bytes/hex.js';

/** Bytes by the title's beginning, e.g. `RES type=0 voltag=1 dvcid=0` or `INQ`. */
export function readCapture(name: string): (title: string) => Uint8Array {
  const lines = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').split('\n');
  return (title) => {
    const start = lines.findIndex((line) => line.startsWith(title));
    if (start < 0) throw new RangeError(`${name} has no section ${title}`);
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((line) => !/^[0-9a-f]{4}: /.test(line));
    const body = rest.slice(0, end < 0 ? rest.length : end);
    return unhex(body.map((line) => line.slice(6).split('  ')[0]).join(' '));
  };
}
