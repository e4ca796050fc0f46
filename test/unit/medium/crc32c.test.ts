// SPDX-License-Identifier: GPL-2.0-or-later
// CRC-32C against published values (RFC 3720 B.4, the check value of the catalogue) and those of the reference.
import t from 'tap';
import { crc32c } from '../../../src/medium/crc32c.js';

const ramp = (length: number, byte: (i: number) => number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => byte(i));

const primes = (from: number, to: number): Uint8Array =>
  ramp(to + 1, (i) => i).filter(
    (n) => n >= from && [2, 3, 5, 7, 11, 13].every((p) => n === p || n % p),
  );

t.test('published values', async (t) => {
  t.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  t.equal(crc32c(ramp(32, () => 0)), 0x8a9136aa);
  t.equal(crc32c(ramp(32, () => 0xff)), 0x62a8ab43);
  t.equal(crc32c(ramp(32, (i) => i)), 0x46dd794e);
  t.equal(crc32c(ramp(32, (i) => 31 - i)), 0x113fdb5c);
  t.equal(crc32c(new Uint8Array()), 0);
});

t.test(
  'values of the reference, whose second one is seeded with the complement of the first',
  async (t) => {
    const first = crc32c(primes(2, 157));
    t.equal(first, 0xe8174f48);
    t.equal(crc32c(primes(163, 251), ~first), 0x56dab0a6);
  },
);

t.test('any cut and any place in memory give the same', async (t) => {
  const bytes = ramp(200, (i) => (i * 37) & 0xff);
  const whole = crc32c(bytes);
  for (let cut = 0; cut <= bytes.length; cut++)
    t.equal(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut))), whole, `cut at ${cut}`);
});
