// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd list`: the units of device.conf; `vtlcmd inventory`: the places of libraries and what is in them.
import type { Command } from 'commander';
import { libraryOf, wholeNumber } from './arguments.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { type Place, placesOf } from './places.js';
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

/** The places of libraries by number; libraries that do not answer hide no others. */
async function inventories(daemons: Daemons, libraries: readonly number[]) {
  const found: Record<string, Place[]> = {};
  const failures: Failure[] = [];
  for (const library of libraries)
    try {
      found[library] = await placesOf(daemons, library);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  return { found, failures };
}

const inventoryTable = (found: Readonly<Record<string, readonly Place[]>>, all: boolean): string =>
  table(
    ['LIBRARY', 'PLACE', 'ADDRESS', 'CARTRIDGE'],
    Object.entries(found).flatMap(([library, places]) =>
      places
        .filter(({ barcode }) => all || barcode !== undefined)
        .map(({ address, kind, number, barcode }) => [
          library,
          `${kind} ${number}`,
          String(address),
          barcode ?? '',
        ]),
    ),
  );

export function addInventory(
  program: Command,
  daemons: Daemons,
  print: (text: string) => void,
): void {
  program
    .command('inventory')
    .argument('[library]', 'its number', wholeNumber)
    .description('list the places of a library, or of all, with what is in them')
    .option('--json', 'for programs')
    .option('--all', 'empty places, too')
    .action(async (which: number | undefined, { json, all }: { json?: true; all?: true }) => {
      const units = readUnits();
      const chosen = which === undefined ? units.libraries : [libraryOf(units, which)];
      const { found, failures } = await inventories(
        daemons,
        chosen.map(({ unit }) => unit),
      );
      print(json ? JSON.stringify(found, null, 2) : inventoryTable(found, all === true));
      if (failures[0]) throw failures[0];
    });
}
