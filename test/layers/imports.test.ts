// SPDX-License-Identifier: GPL-2.0-or-later
// The import directions between the folders of src/, and proof that the check can fail.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { allowedImports, violations } from './rules.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

t.test('every source file keeps the directions', async (t) => {
  t.ok(sources.length > 50, `${sources.length} files looked at`);
  for (const file of sources) t.same(violations(file, readFileSync(src + file, 'utf8')), [], file);
});

t.test('the rules have no cycle', async (t) => {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (allowedImports[from] ?? []).some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    );
  for (const folder of Object.keys(allowedImports)) t.notOk(reaches(folder, folder), folder);
});

/* Each fixture is named folder--what-it-breaks.txt and must be refused. */
t.test('each rule fails on its fixture', async (t) => {
  const names = readdirSync(fixtures).filter((name) => name.endsWith('.txt'));
  t.ok(names.length >= 4);
  for (const name of names) {
    const file = `${name.split('--')[0]}/${name}.ts`;
    t.equal(violations(file, readFileSync(fixtures + name, 'utf8')).length, 1, name);
  }
});
