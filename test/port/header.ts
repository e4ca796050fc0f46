// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the C compiler what kernel/mhvtl.h says, to hold src/port/uapi.ts against it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fields, Layout } from '../../src/bytes/layout.js';

const kernel = fileURLToPath(new URL('../../kernel', import.meta.url));

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The values of C expressions that may use the header. */
export function evaluate(expressions: readonly string[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'mhvtl-header-'));
  try {
    const source = join(folder, 'print.c');
    const program = join(folder, 'print');
    const prints = expressions.map((e) => `printf("%llu\\n", (unsigned long long)(${e}));`);
    writeFileSync(
      source,
      `#include <stddef.h>\n#include <stdio.h>\n#include "mhvtl.h"\nint main(void) { ${prints.join('\n')} }\n`,
    );
    execFileSync('cc', [`-I${kernel}`, '-o', program, source], { stdio: 'pipe' });
    return execFileSync(program, { encoding: 'utf8' }).trim().split('\n').map(Number);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of the header's numeric constants, without their prefix. */
export function constantNames(): string[] {
  const text = readFileSync(join(kernel, 'mhvtl.h'), 'utf8');
  const defines = text.matchAll(/^#define MHVTL_(\w+)[ \t]+[(\d]/gm);
  return [...defines].map(([, name]) => name!);
}

/** Where a layout differs from the structure of the header; empty when nowhere. */
export function differences(struct: string, layout: Layout<Fields>): string[] {
  const expected: { what: string; expression: string; here: number }[] = [
    { what: 'size', expression: `sizeof(struct ${struct})`, here: layout.size },
  ];
  for (const [name, field] of Object.entries(layout.fields)) {
    const member = snake(name);
    expected.push(
      { what: `${name} at`, expression: `offsetof(struct ${struct}, ${member})`, here: field.at },
      {
        what: `${name} length`,
        expression: `sizeof(((struct ${struct} *)0)->${member})`,
        here: field.mask.length,
      },
    );
  }
  const values = evaluate(expected.map(({ expression }) => expression));
  return expected.flatMap(({ what, here }, i) =>
    values[i] === here ? [] : [`${struct}: ${what}: header ${values[i]}, here ${here}`],
  );
}

/** Members of a structure of the header that are not called reserved. */
export function memberNames(struct: string): string[] {
  const text = readFileSync(join(kernel, 'mhvtl.h'), 'utf8');
  const body = text.match(new RegExp(`^struct ${struct} \\{([^}]*)\\};`, 'm'))?.[1] ?? '';
  const members = [...body.matchAll(/(\w+)(\[\w+\])?;/g)].map(([, name]) => name!);
  return members.filter((name) => !name.startsWith('reserved'));
}

/** The members a layout names, as the header spells them. */
export const namesOf = (layout: Layout<Fields>): string[] => Object.keys(layout.fields).map(snake);
