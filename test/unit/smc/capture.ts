// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a capture of what mhvtl 1.8 answered: sections, each a title line and lines of hex.
import { readFileSync } from 'node:fs';
import { unhex } from '../../../src/bytes/hex.js';

export interface Capture {
  /** Bytes by the title's beginning, e.g. `RES type=0 voltag=1 dvcid=0` or `INQ`. */
  (title: string): Uint8Array;
  /** What a section of one line says after its title, e.g. `MODE6 1d`. */
  line(title: string): string;
}

export function readCapture(name: string): Capture {
  const url = new URL(`../../conformance/fixtures/libraries/${name}`, import.meta.url);
  const lines = readFileSync(url, 'utf8').split('\n');
  const indexOf = (title: string): number => {
    const index = lines.findIndex((line) => line.startsWith(title));
    if (index < 0) throw new RangeError(`${name} has no section ${title}`);
    return index;
  };
  const section = (title: string): Uint8Array => {
    const rest = lines.slice(indexOf(title) + 1);
    const end = rest.findIndex((line) => !/^[0-9a-f]{4}: /.test(line));
    const body = rest.slice(0, end < 0 ? rest.length : end);
    return unhex(body.map((line) => line.slice(6).split('  ')[0]).join(' '));
  };
  return Object.assign(section, {
    line: (title: string) => lines[indexOf(title)]!.slice(title.length).trim(),
  });
}
