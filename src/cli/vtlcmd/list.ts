// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd list`: the units of device.conf; `vtlcmd inventory`: the places of libraries and what is in them.
import type { Command } from 'commander';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { allLines } from './pages.js';
import { known } from './state.js';
import { table } from './table.js';
import { readUnits } from './units.js';

export function addList(program: Command, print: (text: string) => void): void {
  program
    .command('list')
    .description('list the libraries and drives of device.conf')
    .option('--json', 'for programs')
    .action(({ json }: { json?: true }) => {
      const units = known(readUnits());
      const rows = units.map(({ unit, kind, vendor, product, serial, library, slot }) => [
        String(unit),
        kind,
        vendor,
        product,
        serial,
        library === undefined ? '' : `library ${library} drive ${slot}`,
      ]);
      const head = ['UNIT', 'KIND', 'VENDOR', 'PRODUCT', 'SERIAL', 'PLACE'];
      print(json ? JSON.stringify(units, null, 2) : table(head, rows));
    });
}

/** One place of a library. */
interface Place {
  readonly address: number;
  readonly kind: string;
  readonly number: number;
  readonly barcode: string | undefined;
}

function placeOf(line: string): Place {
  const [address, kind, number, barcode] = line.split(' ');
  return {
    address: Number(address),
    kind: kind!,
    number: Number(number),
    barcode: barcode === '-' ? undefined : barcode,
  };
}

export function addInventory(
  program: Command,
  daemons: Daemons,
  print: (text: string) => void,
): void {
  program
    .command('inventory [library]')
    .description('list the places of a library, or of all, with what is in them')
    .option('--json', 'for programs')
    .option('--all', 'empty places, too')
    .action(async (which: string | undefined, { json, all }: { json?: true; all?: true }) => {
      const { libraries, file } = readUnits();
      const chosen = libraries.filter(({ unit }) => which === undefined || String(unit) === which);
      if (chosen.length === 0) throw new Failure(`There is no library ${which ?? ''} in ${file}`);
      const found: Record<string, Place[]> = {};
      for (const { unit } of chosen)
        found[unit] = (await allLines(daemons, unit, 'inventory', undefined)).map(placeOf);
      if (json) return print(JSON.stringify(found, null, 2));
      const rows = Object.entries(found).flatMap(([unit, places]) =>
        places
          .filter(({ barcode }) => all || barcode !== undefined)
          .map(({ address, kind, number, barcode }) => [
            unit,
            `${kind} ${number}`,
            String(address),
            barcode ?? '',
          ]),
      );
      print(table(['LIBRARY', 'PLACE', 'ADDRESS', 'CARTRIDGE'], rows));
    });
}
