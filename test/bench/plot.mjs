// SPDX-License-Identifier: GPL-2.0-or-later
// Draws how costs grow, from what bench.sh --full --json printed (standard input):
//
//   node test/bench/plot.mjs DIRECTORY <figures.json
//
// makes DIRECTORY/objects.svg and DIRECTORY/cartridges.svg, both axes logarithmic.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is drawn: in each name the figure stands for a number. */
const plots = [
  {
    file: 'objects.svg',
    title: 'Cost by the number of objects on a tape',
    across: 'objects',
    lines: [
      ['load (mtx)', /^load of (\d+) objects$/],
      ['LOCATE, p50', /^LOCATE among (\d+) objects, p50$/],
      ['SPACE over 10 filemarks', /^SPACE over 10 filemarks of (\d+) objects$/],
    ],
  },
  {
    file: 'cartridges.svg',
    title: 'Cost by the number of cartridges in a library',
    across: 'cartridges',
    lines: [
      ['start until usable', /^start, (\d+) cartridges$/],
      ['mtx status', /^mtx status, (\d+) cartridges$/],
      ['mtx load', /^mtx load, (\d+) cartridges$/],
      ['mtx unload', /^mtx unload, (\d+) cartridges$/],
    ],
  },
];

const width = 640;
const height = 400;
const frame = { left: 70, right: 180, top: 40, bottom: 50 };
const colours = ['#1b6ca8', '#c0392b', '#2e8b57', '#8e5ea2'];

const microseconds = ({ unit, median }) => (unit === 'ms' ? median * 1000 : median);

/** Points [number, microseconds] of a line. */
const pointsOf = (results, pattern) =>
  results.flatMap((row) => {
    const found = pattern.exec(row.name);
    return found ? [[Number(found[1]), microseconds(row)]] : [];
  });

/** The powers of ten that hold all the values. */
function decades(values) {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(Math.ceil(Math.log10(Math.max(...values))), from + 1);
  return { from, to, all: Array.from({ length: to - from + 1 }, (_, i) => from + i) };
}

const timeLabel = (power) =>
  power < 3
    ? `${10 ** power} us`
    : power < 6
      ? `${10 ** (power - 3)} ms`
      : `${10 ** (power - 6)} s`;

const text = (x, y, words, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words}</text>`;

function svg({ title, across, lines }, results) {
  const drawn = lines.map(([name, pattern]) => ({ name, points: pointsOf(results, pattern) }));
  const points = drawn.flatMap((line) => line.points);
  if (points.length === 0) return undefined;
  const horizontal = decades(points.map(([x]) => x));
  const vertical = decades(points.map(([, y]) => y));
  const place = (value, { from, to }, start, end) =>
    start + ((Math.log10(value) - from) / (to - from)) * (end - start);
  const x = (value) => place(value, horizontal, frame.left, width - frame.right);
  const y = (value) => place(value, vertical, height - frame.bottom, frame.top);
  const grid = [
    ...horizontal.all.map((power) =>
      text(
        x(10 ** power),
        height - frame.bottom + 18,
        (10 ** power).toLocaleString('en'),
        'text-anchor="middle"',
      ),
    ),
    ...vertical.all.flatMap((power) => [
      `<line x1="${frame.left}" x2="${width - frame.right}" y1="${y(10 ** power).toFixed(1)}" y2="${y(10 ** power).toFixed(1)}" stroke="#ddd"/>`,
      text(frame.left - 8, y(10 ** power) + 4, timeLabel(power), 'text-anchor="end"'),
    ]),
    text((frame.left + width - frame.right) / 2, height - 10, across, 'text-anchor="middle"'),
    text(frame.left, 20, title, 'font-weight="bold"'),
  ];
  const curves = drawn.map(({ name, points: line }, at) => {
    const path = line.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(' ');
    const [, last] = line.at(-1) ?? [0, 1];
    return [
      `<polyline points="${path}" fill="none" stroke="${colours[at]}" stroke-width="2"/>`,
      ...line.map(
        ([a, b]) =>
          `<circle cx="${x(a).toFixed(1)}" cy="${y(b).toFixed(1)}" r="3" fill="${colours[at]}"/>`,
      ),
      text(width - frame.right + 10, y(last) + 4, name, `fill="${colours[at]}"`),
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...grid,
    ...curves,
    '</svg>\n',
  ].join('\n');
}

const [directory = '.'] = process.argv.slice(2);
const { results } = JSON.parse(readFileSync(0, 'utf8'));
for (const plot of plots) {
  const image = svg(plot, results);
  if (image === undefined) console.error(`${plot.file}: nothing was measured for it`);
  else writeFileSync(join(directory, plot.file), image);
}
