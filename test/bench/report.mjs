// SPDX-License-Identifier: GPL-2.0-or-later
// Turns the samples of measure.sh (standard input) into a table, or with --json the same as JSON.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Samples by name, in the order in which the names came. */
function gather(lines) {
  const rows = new Map();
  for (const line of lines) {
    const [name, unit, value] = line.split('\t');
    if (!rows.has(name)) rows.set(name, { name, unit, samples: [] });
    rows.get(name).samples.push(Number(value));
  }
  return [...rows.values()];
}

function summary({ name, unit, samples }) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { name, unit, median, min: sorted[0], max: sorted.at(-1), samples };
}

const digits = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));

function table(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  const row = (name, unit, ...values) =>
    [name.padEnd(width), unit.padEnd(8), ...values.map((value) => value.padStart(8))].join('  ');
  return [
    row('', '', 'median', 'min', 'max'),
    ...results.map(({ name, unit, median, min, max }) =>
      row(name, unit, ...[median, min, max].map(digits)),
    ),
  ];
}

const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const results = gather(lines).map(summary);
const taken = new Date().toISOString();
const machine = { processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length };
const load = loadavg().map((value) => Number(value.toFixed(2)));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ taken, ...machine, load, results }, undefined, 1));
} else {
  console.log(`${taken}  ${machine.processors} x ${machine.processor}, load ${load.join(' ')}`);
  for (const line of table(results)) console.log(line);
}
