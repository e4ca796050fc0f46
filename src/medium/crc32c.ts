// SPDX-License-Identifier: GPL-2.0-or-later
// CRC-32C (Castagnoli), the checksum of a block in its index record; sixteen bytes a step.

/** 1EDC6F41h with its bits reversed, as the reflected algorithm needs it (RFC 3720, 12.1). */
const POLYNOMIAL = 0x82f63b78;
const STRIDE = 16;

/** Table `t` holds the CRC of each byte followed by `t` zero bytes, at `t * 256`. */
function makeTables(): Int32Array {
  const tables = new Int32Array(STRIDE * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256]!;
    tables[i] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}

const TABLES = makeTables();

/** The four bytes of `word`, of which `after` bytes follow its last one within the stride. */
const fold = (word: number, after: number): number =>
  TABLES[((after + 3) << 8) | (word & 0xff)]! ^
  TABLES[((after + 2) << 8) | ((word >>> 8) & 0xff)]! ^
  TABLES[((after + 1) << 8) | ((word >>> 16) & 0xff)]! ^
  TABLES[(after << 8) | (word >>> 24)]!;

/**
 * CRC-32C of `bytes` as an unsigned 32-bit number.
 * @param seed the CRC of the bytes before these, to continue it
 */
export function crc32c(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % STRIDE);
  let crc = ~seed;
  let at = 0;
  for (; at < whole; at += STRIDE)
    crc =
      fold(crc ^ view.getInt32(at, true), 12) ^
      fold(view.getInt32(at + 4, true), 8) ^
      fold(view.getInt32(at + 8, true), 4) ^
      fold(view.getInt32(at + 12, true), 0);
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLES[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
