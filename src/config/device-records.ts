// SPDX-License-Identifier: GPL-2.0-or-later
// From the lines of device.conf to records: a head line and the keys that belong to it.
import {
  DEVICE_KEYS,
  type DeviceKey,
  type DeviceKeyName,
  type GivenValues,
  HEADS,
  OBSOLETE_KEYS,
  type UnitKind,
} from './device-keys.js';
import { nearest } from './nearest.js';
import { type Complaints, isComment, type Line } from './problem.js';
import { takeVersion } from './version-line.js';

/** Address of a unit on the virtual host adapter. */
export interface ScsiAddress {
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
}

/** A record as written. */
export interface DeviceRecord {
  readonly kind: UnitKind;
  readonly head: Line;
  readonly given: GivenValues;
  /** Where each key stands, also those whose value is wrong. */
  readonly lines: Map<DeviceKeyName, Line>;
  /** undefined when the head line is wrong */
  readonly unit: number | undefined;
  readonly address: ScsiAddress;
}

/** The version written by the generators of the reference. */
const NEWEST_VERSION = 5;

const NAMES = Object.keys(DEVICE_KEYS) as DeviceKeyName[];

/** Names of the keys a record of this kind may have. */
const namesFor = (kind: UnitKind): string[] =>
  Object.values(DEVICE_KEYS)
    .filter((key) => (key.units as readonly UnitKind[]).includes(kind))
    .map((key) => key.name);

/** What a record is called in messages: `Drive 11`. */
export const titleOf = (record: DeviceRecord): string =>
  record.unit === undefined
    ? `the ${record.kind} in line ${record.head.number}`
    : `${record.kind} ${record.unit}`;

/** Begins a record if the line is a head line. */
function takeHead(line: Line, complaints: Complaints): DeviceRecord | undefined {
  const match = /^(Library|Drive)(?!\s*ID\b)\s*(:?)\s*(.*)$/i.exec(line.text);
  if (!match) return undefined;
  const kind: UnitKind = match[1]!.toLowerCase() === 'drive' ? 'Drive' : 'Library';
  const exact = match[1] === kind && match[2] === ':';
  const head = exact ? HEADS[kind].read(match[3]!) : { wrong: `is not written "${kind}:"` };
  const base = { kind, head: line, given: {}, lines: new Map<DeviceKeyName, Line>() };
  if ('wrong' in head) {
    complaints.error(line, `${kind} ${head.wrong}`, `Allowed: ${kind}: ${HEADS[kind].allowed}.`);
    return { ...base, unit: undefined, address: { channel: 0, target: 0, lun: 0 } };
  }
  const [unit, channel, target, lun] = head.value;
  return { ...base, unit, address: { channel, target, lun } };
}

/** Explains a key nobody knows. */
function unknownKey(line: Line, name: string, record: DeviceRecord, complaints: Complaints): void {
  if (OBSOLETE_KEYS.test(line.text)) {
    complaints.warning(
      line,
      `${/^[^:\s]+/.exec(line.text)![0]} is a key of old versions and has no effect`,
      'The product decides what this line decided. Delete the line.',
    );
    return;
  }
  const names = namesFor(record.kind);
  const meant = nearest(name, names);
  const hint =
    meant === undefined
      ? 'Delete the line or make it a comment with #.'
      : `Did you mean "${meant}"?`;
  complaints.error(
    line,
    `"${name}" is not a key of a ${record.kind}`,
    `${hint} Allowed: ${names.join(', ')}.`,
  );
}

/** Reads the value of a key into the record. */
function takeValue(
  line: Line,
  name: DeviceKeyName,
  text: string,
  record: DeviceRecord,
  complaints: Complaints,
): void {
  const key: DeviceKey<unknown> = DEVICE_KEYS[name];
  const first = record.lines.get(name);
  if (first) {
    complaints.error(
      line,
      `${key.name} is given twice for ${titleOf(record)}, first in line ${first.number}`,
      'Delete one of the two lines.',
    );
    return;
  }
  record.lines.set(name, line);
  const result = key.kind.read(text);
  if ('value' in result) {
    (record.given as Record<string, unknown>)[name] = result.value;
    return;
  }
  const comment = text.includes('#') ? ' A comment needs a line of its own.' : '';
  const complain = key.noEffect ? complaints.warning : complaints.error;
  complain(line, `${key.name} ${result.wrong}`, `Allowed: ${key.kind.allowed}.${comment}`);
}

/** Takes a line inside a record. */
function takeAttribute(line: Line, record: DeviceRecord, complaints: Complaints): void {
  const colon = line.text.indexOf(':');
  const written = (colon < 0 ? line.text : line.text.slice(0, colon)).trim().replace(/\s+/g, ' ');
  const name = NAMES.find((candidate) => DEVICE_KEYS[candidate].name === written);
  const units: readonly UnitKind[] = name === undefined ? [] : DEVICE_KEYS[name].units;
  if (name === undefined) unknownKey(line, written, record, complaints);
  else if (colon < 0)
    complaints.error(
      line,
      `${written} has no value`,
      `Write "${written}: " and the value after it.`,
    );
  else if (!units.includes(record.kind))
    complaints.error(
      line,
      `${written} belongs to a ${units[0]}, but the record is ${titleOf(record)}`,
      'Delete the line or move it to the record it belongs to.',
    );
  else takeValue(line, name, line.text.slice(colon + 1).trim(), record, complaints);
}

/**
 * Cuts the lines into records. The reference ends a record at a blank line and drops what follows;
 * here a key after a blank line still belongs to the record above it, with a warning.
 */
export function readRecords(lines: readonly Line[], complaints: Complaints): DeviceRecord[] {
  const records: DeviceRecord[] = [];
  let ended = false;
  for (const line of lines) {
    if (line.text === '') ended = true;
    if (isComment(line) || takeVersion(line, NEWEST_VERSION, complaints)) continue;
    const begun = takeHead(line, complaints);
    const record = records.at(-1);
    if (begun) records.push(begun);
    else if (record === undefined)
      complaints.error(
        line,
        'no Library or Drive line stands above this line',
        'Begin the file with a record: "Library: 10 CHANNEL: 0 TARGET: 0 LUN: 0".',
      );
    else {
      if (ended)
        complaints.warning(
          line,
          `a blank line stands between this line and ${titleOf(record)}`,
          'It is read as part of that record. Delete the blank line.',
        );
      takeAttribute(line, record, complaints);
    }
    ended = false;
  }
  return records;
}
