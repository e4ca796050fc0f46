// SPDX-License-Identifier: GPL-2.0-or-later
// Turns the samples of guest.sh (standard input) into a table, or with --json the same as JSON.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Samples by implementation and name, in the order in which they came. */
function gather(lines) {
  const rows = new Map();
  for (const line of lines) {
    const [implementation, name, unit, value, ceiling] = line.split('\t');
    const key = `${implementation}\t${name}`;
    if (!rows.has(key)) rows.set(key, { implementation, name, unit, ceiling, samples: [] });
    rows.get(key).samples.push(Number(value));
  }
  return [...rows.values()];
}

function summary({ samples, ...row }) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { ...row, median, min: sorted[0], max: sorted.at(-1), samples };
}

/** What we measured; beside each figure its ceiling of this run, and the same of the other implementation. */
function compare(summaries) {
  const find = (implementation, name) =>
    summaries.find((row) => row.implementation === implementation && row.name === name);
  return summaries
    .filter(({ implementation }) => implementation === 'ours')
    .map(({ implementation, ceiling, ...row }) => {
      const bound = find('machine', ceiling);
      const other = find('other', row.name);
      return {
        ...row,
        ...(bound && { ceiling, ceilingMedian: bound.median }),
        ...(other && { other: other.median, ratio: row.median / other.median }),
      };
    });
}

const digits = (value) => {
  if (value === undefined) return '';
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
};

const columns = [
  ['', ({ name }) => name],
  ['unit', ({ unit }) => unit],
  ['median', ({ median }) => digits(median)],
  ['min', ({ min }) => digits(min)],
  ['max', ({ max }) => digits(max)],
  ['of ceiling', ({ median, ceilingMedian }) => ceilingMedian && digits(median / ceilingMedian)],
  ['', ({ ceiling, ceilingMedian }) => ceilingMedian && `${ceiling}: ${digits(ceilingMedian)}`],
  ['other', ({ other }) => digits(other)],
  ['ratio', ({ ratio }) => digits(ratio)],
];

function table(results) {
  const cells = [
    columns.map(([title]) => title),
    ...results.map((row) => columns.map(([, text]) => text(row) || '')),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at].length)));
  /* Names to the left, figures to the right. */
  const pad = (text, at) =>
    [0, 1, 6].includes(at) ? text.padEnd(widths[at]) : text.padStart(widths[at]);
  return cells.map((row) => row.map(pad).join('  ').trimEnd());
}

const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const summaries = gather(lines).map(summary);
const results = compare(summaries);
const ceilings = summaries.filter(({ implementation }) => implementation === 'machine');
const taken = new Date().toISOString();
const machine = { processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length };
const load = loadavg().map((value) => Number(value.toFixed(2)));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ taken, ...machine, load, results, ceilings }, undefined, 1));
} else {
  console.log(`${taken}  ${machine.processors} x ${machine.processor}, load ${load.join(' ')}`);
  for (const line of table(results)) console.log(line);
}
