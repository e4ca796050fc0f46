// SPDX-License-Identifier: GPL-2.0-or-later
// Lines in columns.

/** The rows with their cells under each other, two blanks between; columns of numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]!.length)),
  );
  const isNumber = head.map((_, i) => rows.every((row) => /^[\d.]*$/.test(row[i]!)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
}

/** Bytes as megabytes (10^6), as backup programs count them. */
export const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '' : (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
