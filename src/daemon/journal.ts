// SPDX-License-Identifier: GPL-2.0-or-later
// Log entries with fields, as systemd-journald takes them (systemd.io/JOURNAL_NATIVE_PROTOCOL).
import { fstatSync } from 'node:fs';
import { addon } from '../addon/addon.js';

/** Where journald listens. */
const JOURNAL_SOCKET = '/run/systemd/journal/socket';

/** Values by the names the journal has them under: capitals, digits, underscores. */
export type JournalFields = Readonly<Record<string, string | number | undefined>>;

/** A value of several lines goes with its length before it: 64 bits, little-endian. */
function field(name: string, value: string): Uint8Array[] {
  const bytes = Buffer.from(value, 'utf8');
  if (!value.includes('\n')) return [Buffer.from(`${name}=`), bytes, Buffer.from('\n')];
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return [Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n')];
}

/** The datagram of one entry; fields that are undefined are left out. */
export const journalEntry = (fields: JournalFields): Buffer =>
  Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : field(name, String(value)),
    ),
  );

/** Whether standard error is the journal: systemd names its device and inode then (systemd.exec(5)). */
export function isJournal(stream: string | undefined, fd = 2): boolean {
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(fd);
  return stream === `${dev}:${ino}`;
}

/**
 * Sends an entry.
 * @returns false when the journal did not take it: it is not there, or the entry is too long for a datagram
 */
export function toJournal(fields: JournalFields, socket = JOURNAL_SOCKET): boolean {
  try {
    addon().notify(socket, journalEntry(fields));
    return true;
  } catch {
    return false;
  }
}
