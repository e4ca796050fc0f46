// SPDX-License-Identifier: GPL-2.0-or-later
// The table of cartridge types: its rules, and the rows other programs have stored numbers of.
import t from 'tap';
import {
  cartridgeTypes,
  identifyType,
  typeByMediaType,
  typeByMktapeName,
} from '../../../src/medium/cartridge-types.js';

t.test('no number and no name stands for two types', async (t) => {
  const numbers = cartridgeTypes.flatMap(({ mediaTypes }) => mediaTypes);
  t.equal(new Set(numbers).size, numbers.length);
  t.equal(new Set(cartridgeTypes.map(({ mktapeName }) => mktapeName)).size, cartridgeTypes.length);
});

t.test('every row fits where it is stored', async (t) => {
  for (const type of cartridgeTypes) {
    t.ok(type.densityName.length <= 8, `${type.mktapeName} name`);
    t.ok(type.description.length <= 32, `${type.mktapeName} description`);
    t.ok(type.organization.length <= 8, `${type.mktapeName} organization`);
    t.ok(Number.isSafeInteger(type.nativeBytes), `${type.mktapeName} size`);
  }
});

t.test('numbers on disk', async (t) => {
  const stored: [number, string][] = [
    [1, 'LTO1'],
    [3, 'LTO2'],
    [5, 'LTO3'],
    [8, 'LTO4'],
    [11, 'LTO5'],
    [14, 'LTO6'],
    [17, 'LTO7'],
    [20, 'LTO8'],
    [23, 'LTO9'],
    [26, 'J1A'],
    [29, 'E05'],
    [31, 'E06'],
    [33, 'E07'],
    [35, 'AIT1'],
    [41, 'AIT4'],
    [44, 'T10KA'],
    [47, 'T10KB'],
    [50, 'T10KC'],
    [55, 'DLT3'],
    [57, 'DLT4'],
    [59, 'SDLT1'],
    [61, 'SDLT220'],
    [65, 'SDLT600'],
    [71, 'DDS1'],
    [77, 'DDS4'],
    [81, '9840A'],
    [87, '9840D'],
    [89, '9940A'],
    [91, '9940B'],
    [7, 'LTO3'],
    [22, 'LTO8'],
    [43, 'AIT4'],
    [53, 'DLT2'],
    [68, 'DLTS4'],
    [79, 'DDS5'],
  ];
  for (const [number, name] of stored) t.equal(typeByMediaType(number)?.mktapeName, name);
  for (const unknown of [0, 93, 99, 250]) t.equal(typeByMediaType(unknown), undefined);
});

t.test('mktape names are matched by their beginning', async (t) => {
  t.equal(typeByMktapeName('LTO8')?.densityCode, 0x5e);
  t.equal(typeByMktapeName('LTO8-WORM')?.densityCode, 0x5e);
  t.equal(typeByMktapeName('SDLT220')?.mktapeName, 'SDLT220');
  for (const { mktapeName } of cartridgeTypes)
    t.equal(typeByMktapeName(mktapeName)?.mktapeName, mktapeName);
  for (const wrong of ['SDLT', 'lto8', 'LTO', '', 'LTOX'])
    t.equal(typeByMktapeName(wrong), undefined, wrong);
});

t.test('a density name is believed before a number that changed its meaning', async (t) => {
  const identify = (mediaType: number, densityName: string, description = '', densityCode = 0) =>
    identifyType(mediaType, { densityName, description, densityCode });
  t.equal(identify(20, 'U-832 ')?.mktapeName, 'LTO8');
  t.equal(identify(20, '3592J1A')?.mktapeName, 'J1A');
  t.equal(identify(83, 'R-20')?.mktapeName, '9840B');
  t.equal(identify(20, '')?.mktapeName, 'LTO8');
  t.equal(identify(250, 'nonsense'), undefined);
  t.equal(identify(33, '', 'STK T10KA media')?.mktapeName, 'T10KA', 'releases up to 1.4');
  t.equal(identify(33, '', '', 0x4a)?.mktapeName, 'SDLT600', 'nothing but an ambiguous code');
  t.equal(identify(5, '', '', 0x4a)?.mktapeName, 'LTO3', 'a number that never changed');
});
