// SPDX-License-Identifier: GPL-2.0-or-later
// The Reed-Solomon CRC of LTO (ECMA-319, annex on CRC): the remainder of the block, taken as a polynomial over
// GF(256), after division by a polynomial of degree four.

/** The field: x^8 + x^4 + x^3 + x^2 + 1. */
const FIELD = 0x11d;
/** The divisor's coefficients of x^3 to x^0; that of x^4 is one. */
const DIVISOR = [0x38, 0xcf, 0x38, 0x01] as const;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0, shifted = a; bit < 8; bit++) {
    if ((b >> bit) & 1) product ^= shifted;
    shifted = shifted & 0x80 ? (shifted << 1) ^ FIELD : shifted << 1;
  }
  return product;
}

/** What a byte that leaves the register at its top adds to the rest. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) =>
  DIVISOR.reduce((word, coefficient) => (word << 8) | multiply(byte, coefficient), 0),
);

/** Table `n` is of a byte with `n` more bytes behind it, so that four can be taken in a step. */
const AHEAD = [TABLE];
for (let n = 1; n < 4; n++)
  AHEAD.push(
    TABLE.map((_, byte) => {
      const word = AHEAD[n - 1]![byte]!;
      return (word << 8) ^ TABLE[word >>> 24]!;
    }),
  );
const [T0, T1, T2, T3] = AHEAD as [Int32Array, Int32Array, Int32Array, Int32Array];

/** The CRC of `bytes` as an unsigned 32-bit number. */
export function reedSolomonCrc(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let crc = 0;
  let at = 0;
  for (; at < whole; at += 4) {
    const word = crc ^ view.getInt32(at);
    crc =
      T3[word >>> 24]! ^ T2[(word >>> 16) & 0xff]! ^ T1[(word >>> 8) & 0xff]! ^ T0[word & 0xff]!;
  }
  for (; at < bytes.length; at++) crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ bytes[at]!]!;
  return crc >>> 0;
}
