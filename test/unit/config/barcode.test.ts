// SPDX-License-Identifier: GPL-2.0-or-later
// Barcodes and the cartridges they stand for.
import t from 'tap';
import { mediumFromBarcode } from '../../../src/config/barcode.js';

const CASES: readonly [string, string | undefined, string?][] = [
  ['E01001L8', 'LTO8', 'data'],
  ['F01030L6', 'LTO6', 'data'],
  ['G03001TA', 'T10KA', 'data'],
  ['CLN101L8', 'LTO8', 'clean'],
  ['CLN303TA', 'T10KA', 'clean'],
  ['W00001L8', 'LTO8', 'WORM'],
  ['A00001L9', 'LTO9', 'data'],
  ['A00001LT', 'LTO3', 'WORM'],
  ['A00001LU', 'LTO4', 'WORM'],
  ['A00001LV', 'LTO5', 'WORM'],
  ['A00001LW', 'LTO6', 'WORM'],
  ['A00001LX', 'LTO7', 'WORM'],
  ['A00001LY', 'LTO8', 'WORM'],
  ['A00001LZ', 'LTO9', 'WORM'],
  ['A00001S3', 'SDLT600', 'data'],
  ['A00001X4', 'AIT4', 'data'],
  ['A00001S4', 'DLTS4', 'data'],
  ['A00001LA', 'LTO10', 'data'],
  ['A00001M8', 'M8', 'data'],
  ['A00001JD', 'E08', 'data'],
  ['A00001JV', '60F', 'WORM'],
  ['A00001D7', 'DLT4', 'data'],
  ['A00001JA', 'J1A', 'data'],
  ['A00001JC', 'E06', 'data'],
  ['A00001JX', 'E05', 'WORM'],
  ['A00001JY', 'E07', 'WORM'],
  ['A00001JK', 'E07', 'data'],
  ['A00001TC', 'T10KC', 'data'],
  ['A00001TW', '9840D', 'data'],
  ['A00001TU', '9940B', 'data'],
  ['NOBAR001L5', 'LTO5', 'data'],
  ['A0001L8', undefined],
  ['M00101', undefined],
  ['a00001l8', undefined],
  ['A00001ZZ', undefined],
];

t.test('medium of a barcode', async (t) => {
  for (const [barcode, density, type] of CASES)
    t.same(mediumFromBarcode(barcode), density && { density, type }, barcode);
});
