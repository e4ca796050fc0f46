// SPDX-License-Identifier: GPL-2.0-or-later
// The VERSION line of device.conf and library_contents.
import type { Complaints, Line } from './problem.js';

const VERSION = /^VERSION\s*:?\s*(.*)$/;

/**
 * Takes a `VERSION: n` line. The number decides nothing; one that was never in use is pointed out.
 * @returns whether the line is a VERSION line
 */
export function takeVersion(line: Line, newest: number, complaints: Complaints): boolean {
  const match = VERSION.exec(line.text);
  if (!match) return false;
  const version = match[1]!;
  if (!/^\d+$/.test(version) || Number(version) > newest)
    complaints.warning(
      line,
      'this version of the file is not known',
      `Known: up to ${newest}. The file is read as version ${newest}; write "VERSION: ${newest}".`,
    );
  return true;
}
