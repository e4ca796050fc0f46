// SPDX-License-Identifier: GPL-2.0-or-later
// Decompresses LZO1X, after the description of the stream in Linux's Documentation/staging/lzo.rst.

/**
 * The `size` bytes that a stream stands for.
 * @throws RangeError when the stream is not one, or of another size
 */
export function decompressLzo1x(stream: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let made = 0;
  /** Literals copied by the last instruction: 0 to 3, or 4 for more. */
  let state = 0;

  const next = (): number => {
    if (at >= stream.length) throw new RangeError('the stream is cut');
    return stream[at++]!;
  };
  const literals = (count: number): void => {
    for (let i = 0; i < count; i++) out[made++] = next();
  };
  const copy = (distance: number, length: number): void => {
    if (distance > made) throw new RangeError(`distance ${distance} at byte ${made}`);
    for (let i = 0; i < length; i++, made++) out[made] = out[made - distance]!;
  };
  /** A length that fills its bits goes on: 255 for each zero byte, then one that is none. */
  const long = (length: number, full: number): number => {
    if (length !== 0) return length;
    let zeros = 0;
    let byte = next();
    for (; byte === 0; byte = next()) zeros++;
    return full + zeros * 255 + byte;
  };
  const trailing = (count: number): void => {
    literals(count);
    state = count;
  };

  const first = stream[0] ?? 0;
  if (first > 17) {
    at++;
    literals(first - 17);
    state = Math.min(first - 17, 4);
  }
  for (;;) {
    const code = next();
    if (code >= 64) {
      const distance = (next() << 3) + ((code >> 2) & 7) + 1;
      copy(distance, (code >> 5) + 1);
      trailing(code & 3);
    } else if (code >= 32) {
      const length = long(code & 31, 31) + 2;
      const word = next() | (next() << 8);
      copy((word >> 2) + 1, length);
      trailing(word & 3);
    } else if (code >= 16) {
      const length = long(code & 7, 7) + 2;
      const word = next() | (next() << 8);
      const distance = 16384 + ((code & 8) << 11) + (word >> 2);
      if (distance === 16384) break;
      copy(distance, length);
      trailing(word & 3);
    } else if (state === 0) {
      literals(long(code, 15) + 3);
      state = 4;
    } else {
      const high = next() << 2;
      if (state === 4) copy(high + (code >> 2) + 2049, 3);
      else copy(high + (code >> 2) + 1, 2);
      trailing(code & 3);
    }
  }
  if (made !== size || at !== stream.length)
    throw new RangeError(`${made} bytes of ${at} of ${stream.length}`);
  return out;
}
