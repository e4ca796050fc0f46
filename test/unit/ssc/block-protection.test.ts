// SPDX-License-Identifier: GPL-2.0-or-later
// Logical block protection: check values, and what a drive does with them (SSC-5 4.2.28).
import t from 'tap';
import { crc32c } from '../../../src/medium/crc32c.js';
import { reedSolomonCrc } from '../../../src/ssc/reed-solomon-crc.js';

const primes = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((n) => {
    for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
    return true;
  });

t.test('check values over the primes below 256, as the programs of IBM test themselves', (t) => {
  const some = Uint8Array.from(primes(2, 157));
  const all = Uint8Array.from(primes(2, 251));
  t.equal(crc32c(some), 0xe8174f48);
  t.equal(reedSolomonCrc(some), 0x733d4dca);
  t.equal(crc32c(all), 0x56dab0a6);
  t.equal(reedSolomonCrc(all), 0x754ed37e);
  t.end();
});
