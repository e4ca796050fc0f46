// SPDX-License-Identifier: GPL-2.0-or-later
// Sense data byte by byte (SPC-5 4.4.2, 4.4.3 and the descriptors of table 28 on).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { additionalSenseCodes, senseKeys } from '../../../src/sam/asc.js';
import { encodeSense, sense } from '../../../src/sam/sense.js';

t.test('fixed format, field pointer into the CDB', async (t) => {
  const value = sense('ILLEGAL REQUEST', 'INVALID FIELD IN CDB', {
    fieldPointer: { in: 'cdb', byte: 4, bit: 7 },
  });
  t.equal(
    hex(encodeSense(value, 'fixed')),
    '70 00 05 00 00 00 00 0a 00 00 00 00 24 00 00 cf 00 04',
  );
});

t.test('fixed format, filemark with a residual', async (t) => {
  const value = sense('NO SENSE', 'FILEMARK DETECTED', { FILEMARK: true, information: 3 });
  t.equal(
    hex(encodeSense(value, 'fixed')),
    'f0 00 80 00 00 00 03 0a 00 00 00 00 00 01 00 00 00 00',
  );
});

t.test('fixed format, a block longer than asked: negative information', async (t) => {
  const value = sense('NO SENSE', 'NO ADDITIONAL SENSE INFORMATION', {
    ILI: true,
    information: -2,
  });
  t.equal(hex(encodeSense(value, 'fixed').subarray(0, 8)), 'f0 00 20 ff ff ff fe 0a');
});

t.test('fixed format, information that does not fit is not valid', async (t) => {
  const value = sense('NO SENSE', 'FILEMARK DETECTED', { information: 2 ** 33 });
  t.equal(hex(encodeSense(value, 'fixed').subarray(0, 7)), '70 00 00 00 00 00 00');
});

t.test('deferred errors', async (t) => {
  const value = sense('MEDIUM ERROR', 'WRITE ERROR', { deferred: true });
  t.equal(encodeSense(value, 'fixed')[0], 0x71);
  t.equal(encodeSense(value, 'descriptor')[0], 0x73);
});

t.test('descriptor format', async (t) => {
  const value = sense('BLANK CHECK', 'END-OF-DATA DETECTED', { information: 5, EOM: true });
  t.equal(
    hex(encodeSense(value, 'descriptor')),
    '72 08 00 05 00 00 00 10 00 0a 80 00 00 00 00 00 00 00 00 05 04 02 00 40',
  );
  const pointed = sense('ILLEGAL REQUEST', 'INVALID FIELD IN PARAMETER LIST', {
    fieldPointer: { in: 'data', byte: 0x102 },
  });
  t.equal(
    hex(encodeSense(pointed, 'descriptor')),
    '72 05 26 00 00 00 00 08 02 06 00 00 80 01 02 00',
  );
});

t.test('codes are unique and in order', async (t) => {
  const codes = Object.values(additionalSenseCodes);
  t.equal(new Set(codes).size, codes.length);
  t.equal(new Set(Object.values(senseKeys)).size, Object.keys(senseKeys).length);
});
