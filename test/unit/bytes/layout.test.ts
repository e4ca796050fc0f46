// SPDX-License-Identifier: GPL-2.0-or-later
// Declared layouts: a byte here is a field there, as the standards' tables count.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import {
  ascii,
  bit,
  bits,
  concat,
  i24,
  i64,
  layout,
  littleEndian,
  raw,
  u8,
  u16,
  u24,
  u32,
  u48,
  u64,
} from '../../../src/bytes/layout.js';

t.test('integers are big-endian', async (t) => {
  const all = layout(24, { a: u8(0), b: u16(1), c: u24(3), d: u32(6), e: u48(10), f: u64(16) });
  const bytes = unhex('01 0203 040506 0708090a 0b0c0d0e0f10 1112131415161718');
  t.same(all.decode(bytes), {
    a: 1,
    b: 0x203,
    c: 0x40506,
    d: 0x708090a,
    e: 0xb0c0d0e0f10,
    f: 0x1112131415161718n,
  });
  t.equal(hex(all.encode(all.decode(bytes))), hex(bytes));
});

t.test('two’s complement', async (t) => {
  const numbers = layout(11, { small: i24(0), large: i64(3) });
  t.same(numbers.decode(unhex('fffffe ffffffffffffffff')), { small: -2, large: -1n });
  t.equal(hex(numbers.encode({ small: -2, large: -3n })), 'ff ff fe ff ff ff ff ff ff ff fd');
});

t.test('bits count from 7 down, as printed', async (t) => {
  const flags = layout(2, { EVPD: bit(1, 0), PC: bits(0, 7, 2), code: bits(0, 5, 6) });
  t.same(flags.decode(unhex('bf 01')), { EVPD: true, PC: 2, code: 0x3f });
  t.equal(hex(flags.mask), 'ff 01');
});

t.test('text is padded with blanks and read without them', async (t) => {
  const text = layout(6, { name: ascii(1, 5) });
  t.equal(hex(text.encode({ name: 'ab' })), '00 61 62 20 20 20');
  t.equal(text.decode(unhex('00 61 62 20 20 20')).name, 'ab');
  t.equal(text.decode(unhex('00 61 62 00 00 00')).name, 'ab');
});

t.test('raw bytes and little-endian fields', async (t) => {
  const mixed = layout(8, { key: raw(0, 3), count: littleEndian(u32(4)) });
  t.equal(
    hex(mixed.encode({ key: Uint8Array.of(1, 2), count: 0x01020304 })),
    '01 02 00 00 04 03 02 01',
  );
  t.equal(mixed.decode(unhex('00000000 04030201')).count, 0x01020304);
});

t.test('patch leaves the other bits alone', async (t) => {
  const flags = layout(1, { high: bits(0, 7, 4), low: bits(0, 3, 4) });
  const bytes = unhex('ff');
  flags.patch(bytes, { high: 0 });
  t.equal(hex(bytes), '0f');
});

t.test('a table that contradicts itself does not load', async (t) => {
  t.throws(() => layout(4, { a: u16(0), b: u8(1) }), /b overlaps/);
  t.throws(() => layout(4, { a: u32(1) }), /ends past byte 3/);
  t.throws(() => bits(0, 2, 4), /leaves its byte/);
});

t.test('hex refuses what is not hex', async (t) => {
  t.throws(() => unhex('1'), SyntaxError);
  t.throws(() => unhex('zz'), SyntaxError);
  t.equal(hex(concat(unhex('01'), unhex(''), unhex('0203'))), '01 02 03');
});
