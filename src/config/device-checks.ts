// SPDX-License-Identifier: GPL-2.0-or-later
// What must hold between the records of device.conf.
import type { DeviceKeyName } from './device-keys.js';
import { type DeviceRecord, titleOf } from './device-records.js';
import { defaultSerial, effectiveNAA, formatNAA } from './identity.js';
import { type Complaints, type Line, WHOLE_FILE } from './problem.js';
import { ranges } from './ranges.js';

/** Something no two records may share. */
interface Unique {
  readonly what: string;
  /** The key that sets it; the head line sets the rest. */
  readonly key?: DeviceKeyName;
  readonly remedy: string;
  /** undefined where the record has none */
  of(record: DeviceRecord & { readonly unit: number }): string | undefined;
}

const serialOf = (record: DeviceRecord & { readonly unit: number }): string =>
  record.given.serial ?? defaultSerial(record.unit);

const UNIQUES: readonly Unique[] = [
  {
    what: 'unit number',
    remedy: 'Libraries and drives share one row of numbers. Choose one that is free.',
    of: ({ unit }) => `${unit}`,
  },
  {
    what: 'address CHANNEL:TARGET:LUN',
    remedy: 'Choose an address that is free, for instance the next TARGET.',
    of: ({ address }) => `${address.channel}:${address.target}:${address.lun}`,
  },
  {
    what: 'Unit serial number',
    key: 'serial',
    remedy: 'Software takes units with one serial number for one unit. Give each its own.',
    of: serialOf,
  },
  {
    what: 'NAA (as reported, with 5 as the first digit)',
    key: 'NAA',
    remedy: 'Software takes units with one world wide name for one unit. Give each its own NAA.',
    of: (record) => formatNAA(effectiveNAA(record.given.NAA, serialOf(record))),
  },
  {
    what: 'place',
    key: 'place',
    remedy: 'A drive slot holds one drive. Choose a Slot that is free.',
    of({ given }) {
      const [library, slot] = given.place ?? [0, 0];
      return library === 0 ? undefined : `Library ID: ${library} Slot: ${slot}`;
    },
  },
];

/** The line to point at: that of the key, or the head line. */
const lineOf = (record: DeviceRecord, key: DeviceKeyName | undefined): Line =>
  (key && record.lines.get(key)) ?? record.head;

type Numbered = DeviceRecord & { readonly unit: number };

function checkUnique(records: readonly Numbered[], unique: Unique, complaints: Complaints): void {
  const holders = new Map<string, DeviceRecord>();
  for (const record of records) {
    const value = unique.of(record);
    if (value === undefined) continue;
    const holder = holders.get(value);
    if (holder === undefined) holders.set(value, record);
    else
      complaints.error(
        lineOf(record, unique.key),
        `${titleOf(record)} has the ${unique.what} ${value}, which ${titleOf(holder)} (line ${lineOf(holder, unique.key).number}) has already`,
        unique.remedy,
      );
  }
}

/** Every drive's library exists. */
function checkOwners(records: readonly Numbered[], complaints: Complaints): void {
  const libraries = records
    .filter((record) => record.kind === 'Library')
    .map((record) => record.unit);
  const known =
    libraries.length > 0 ? `Libraries here: ${libraries.join(', ')}.` : 'There is no Library here.';
  for (const record of records) {
    const library = record.given.place?.[0] ?? 0;
    if (library !== 0 && !libraries.includes(library))
      complaints.error(
        record.lines.get('place')!,
        `${titleOf(record)} names library ${library}, which does not exist`,
        `${known} Correct the number, or delete the line for a drive that stands alone.`,
      );
  }
}

/** The drive slots of a library are filled from 1 on; the reference makes an empty one of a gap. */
function checkSlots(records: readonly Numbered[], complaints: Complaints): void {
  for (const { unit, head } of records.filter((record) => record.kind === 'Library')) {
    const slots = new Set(
      records.map(({ given }) => (given.place?.[0] === unit ? given.place[1] : 0)),
    );
    const missing = Array.from({ length: Math.max(0, ...slots) }, (_, i) => i + 1).filter(
      (slot) => !slots.has(slot),
    );
    if (missing.length > 0)
      complaints.warning(
        head,
        `Library ${unit} has no drive in drive slot ${ranges(missing)}`,
        'The slot is reported as a data transfer element without a drive. Number the drives of a library from Slot: 1 on.',
      );
  }
}

/** Adds the problems that only show when all records are known. */
export function checkRecords(records: readonly DeviceRecord[], complaints: Complaints): void {
  const numbered = records.filter((record): record is Numbered => record.unit !== undefined);
  for (const unique of UNIQUES) checkUnique(numbered, unique, complaints);
  checkOwners(numbered, complaints);
  checkSlots(numbered, complaints);
  if (records.length === 0)
    complaints.error(
      WHOLE_FILE,
      'there is no Library and no Drive in this file',
      'Add a record, see device.conf(5).',
    );
}
