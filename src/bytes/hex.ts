// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes as people write them: hex with blanks.

/** `Uint8Array.of(0x12, 0)` -> `'12 00'`. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/**
 * `'12 00'` -> bytes. Blanks and line ends are free.
 * @throws SyntaxError on anything that is not a pair of hex digits
 */
export function unhex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new SyntaxError(`not hex bytes: ${text}`);
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
