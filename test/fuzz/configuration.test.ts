// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever is in the configuration files: problems that name the file, never an exception of another kind.
import fs from 'node:fs';
import t from 'tap';
import { parseNotes } from '../../src/config/kept-contents.js';
import { loadConfiguration } from '../../src/config/load.js';
import { ConfigurationError } from '../../src/config/problem.js';
import { SEED, TIMES } from './effort.js';
import { fuzz } from './guided.js';
import { mutatedText, type UpTo } from './mutate.js';

const SHIPPED = 'etc/mhvtl';
const NAMES = ['device.conf', 'library_contents.10', 'library_contents.30', 'mhvtl.conf'] as const;
/** Milliseconds of the processor's time. */
const HANG = 3000;

type Files = Readonly<Record<string, string>>;
const read = (directory: string): Files =>
  Object.fromEntries(NAMES.map((name) => [name, fs.readFileSync(`${directory}/${name}`, 'utf8')]));

/** The texts are told to the loader; the directory has the shipped ones. */
const directory = t.testdir({});
for (const name of NAMES) fs.copyFileSync(`${SHIPPED}/${name}`, `${directory}/${name}`);

function load(files: Files): void {
  const proposed = new Map(
    Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text]),
  );
  const start = process.cpuUsage();
  try {
    loadConfiguration(directory, { proposed });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const odd = error.problems.find(
      ({ file, line, message, remedy }) => !file.startsWith('/') || line < 0 || !message || !remedy,
    );
    if (odd) throw new Error(`a problem without its place: ${JSON.stringify(odd)}`);
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > HANG) throw new Error(`it took ${took} ms`);
}

const mutate = (files: Files, upTo: UpTo): Files => {
  const name = NAMES[upTo(NAMES.length)]!;
  return { ...files, [name]: mutatedText(files[name]!, upTo) };
};

t.setTimeout(0);
t.test(`configuration, SEED=${SEED}`, async (t) => {
  const target = { seeds: [read(SHIPPED)], mutate, run: load };
  const { failure, corpus } = await fuzz(target, { seed: SEED, steps: 400 * TIMES });
  t.equal(failure, undefined);
  t.comment(`${corpus.length} inputs reached something new`);
});

t.test('what a library wrote of its cartridges', async (t) => {
  const seeds = [
    '# E01001L8: in Drive 1, ejected, from Slot 5\n# E01002L8: outside\n# X: in Slot 2\nSlot 1: E01001L8\n',
  ];
  const run = (text: string): void => void parseNotes(text);
  const found = await fuzz({ seeds, mutate: mutatedText, run }, { seed: SEED, steps: 400 * TIMES });
  t.equal(found.failure, undefined);
});
