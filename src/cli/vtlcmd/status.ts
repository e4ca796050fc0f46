// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd status`: libraries, drives, cartridges, positions and what was written and read, as a table or JSON.
import { type Command, InvalidArgumentError } from 'commander';
import type { Daemons } from './daemons.js';
import { statesOf, type UnitState } from './state.js';
import { megabytes, table } from './table.js';
import { readUnits } from './units.js';

const HEAD = [
  'UNIT',
  'WHAT',
  'PRODUCT',
  'STATE',
  'CARTRIDGE',
  'BLOCK',
  'MB WRITTEN',
  'MB READ',
  'NOTES',
];

function notes(unit: UnitState): string {
  const full = unit.capacity && unit.used ? Math.round((100 * unit.used) / unit.capacity) : 0;
  return [
    unit.kind === 'library' && unit.cartridges !== undefined
      ? `${unit.cartridges} cartridges, ${unit.slots} slots`
      : '',
    unit.mapOpen ? 'MAP open' : '',
    unit.writable === false ? 'read-only' : '',
    full > 0 ? `${full}% full` : '',
    unit.alerts !== undefined && unit.alerts !== '0' ? `TapeAlert ${unit.alerts}` : '',
    unit.faults ? `${unit.faults} faults` : '',
  ]
    .filter((note) => note !== '')
    .join(', ');
}

export const statusTable = (states: readonly UnitState[]): string =>
  table(
    HEAD,
    states.map((unit) => [
      `${unit.library === undefined ? '' : '  '}${unit.unit}`,
      unit.slot === undefined ? unit.kind : `drive ${unit.slot}`,
      `${unit.vendor} ${unit.product}`,
      unit.state,
      unit.barcode ?? '',
      unit.position === undefined ? '' : String(unit.position),
      megabytes(unit.bytesWritten),
      megabytes(unit.bytesRead),
      notes(unit),
    ]),
  );

/** Seconds between two looks, unless something is said. */
const USUAL = 2;

function seconds(text: string): number {
  const value = Number(text);
  if (value >= 0.1 && value <= 86_400) return value;
  throw new InvalidArgumentError('It is a number of seconds, 0.1 or more.');
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param print writes a text and the end of a line */
export function addStatus(program: Command, daemons: Daemons, print: (text: string) => void): void {
  program
    .command('status')
    .description('show what libraries and drives are doing')
    .option('--json', 'for programs')
    .option('--watch [seconds]', 'show it again and again', seconds)
    .action(async ({ json, watch }: { json?: true; watch?: number | true }) => {
      for (;;) {
        const states = await statesOf(readUnits(), daemons);
        const text = json ? JSON.stringify(states, null, 2) : statusTable(states);
        // Clears the screen of a terminal first.
        print(watch && process.stdout.isTTY ? `\x1b[H\x1b[2J${text}` : text);
        if (!watch) break;
        await sleep(1000 * (watch === true ? USUAL : watch));
      }
    });
}
