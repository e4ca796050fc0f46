// SPDX-License-Identifier: GPL-2.0-or-later
// Which drive takes which cartridge: the rules of the formats and the makers' compatibility tables.
import t from 'tap';
import { cartridgeTypes, typeByMktapeName } from '../../../src/medium/cartridge-types.js';
import type { Use } from '../../../src/medium/volume.js';
import { driveProduct, driveProducts } from '../../../src/personality/drives.js';
import { acceptance, nativeDensity, typeAcceptance } from '../../../src/ssc/drive-product.js';
import { rig } from '../../support/drive.js';

const cartridge = (mktapeName: string, use: Use = 'data') => ({
  type: typeByMktapeName(mktapeName)!,
  use,
});

/** Product identification, what it writes, what it only reads; everything else is refused. */
const compatibility: readonly (readonly [string, writes: string, readsOnly?: string])[] = [
  ['ULT3580-TD1', 'LTO1'],
  ['ULTRIUM-HH2', 'LTO1 LTO2'],
  ['ULT3580-TD3', 'LTO2 LTO3', 'LTO1'],
  ['ULTRIUM-TD4', 'LTO3 LTO4', 'LTO2'],
  ['Ultrium 5-SCSI', 'LTO4 LTO5', 'LTO3'],
  ['ULTRIUM 6', 'LTO5 LTO6', 'LTO4'],
  ['LTO-7 HH', 'LTO6 LTO7', 'LTO5'],
  ['ULT3580-HH8', 'LTO7 M8 LTO8'],
  ['ULTRIUM-HH9', 'LTO8 LTO9'],
  ['Ultrium 10-SCSI', 'LTO10 LTO10P'],
  ['03592J1A', 'J1A'],
  ['03592E05', 'J1A E05'],
  ['03592E06', 'J1A E05 E06'],
  ['03592E07', 'E05 E06 E07'],
  ['03592E08', 'E07 E08'],
  ['0359255F', 'E08 55F', 'E07'],
  ['0359260F', 'E08 55F 60F', 'E07'],
  ['0359270F', '70F'],
  ['T10000A', 'T10KA'],
  ['T10000B', 'T10KA T10KB'],
  ['T10000C', 'T10KC', 'T10KA T10KB'],
  ['T10000D', 'T10KC T10KD', 'T10KA T10KB'],
  ['T9840A', '9840A'],
  ['T9840B', '9840A 9840B'],
  ['T9840C', '9840B 9840C', '9840A'],
  ['T9840D', '9840C 9840D', '9840B'],
  ['T9940A', '9940A'],
  ['T9940B', '9940A 9940B'],
  ['DLT4000', 'DLT2 DLT3 DLT4'],
  ['DLT8000', 'DLT2 DLT3 DLT4'],
  ['SDLT 320', 'SDLT1 SDLT220 SDLT320', 'DLT4'],
  ['SDLT600', 'SDLT600', 'SDLT1 SDLT220 SDLT320'],
  ['DLT-S4', 'DLTS4', 'SDLT320 SDLT600'],
  ['SDX-300C', 'AIT1'],
  ['SDX-700V', 'AIT2 AIT3', 'AIT1'],
  ['SDX-900V', 'AIT3 AIT4', 'AIT2'],
  ['SDZ-200', 'SAIT2', 'SAIT1'],
  ['C5683A', 'DDS2 DDS3 DDS4'],
  ['DAT320', 'DAT160 DAT320'],
];

t.test('data cartridges', async (t) => {
  for (const [name, writes, readsOnly = ''] of compatibility) {
    const product = driveProduct(name);
    const taken = (wanted: string) =>
      cartridgeTypes
        .filter((type) => typeAcceptance(product, type) === wanted)
        .map(({ mktapeName }) => mktapeName)
        .sort()
        .join(' ');
    const sorted = (list: string) => list.split(' ').sort().join(' ');
    t.equal(taken('read/write'), sorted(writes), `${name} writes`);
    t.equal(taken('read-only'), sorted(readsOnly), `${name} only reads`);
  }
});

t.test('WORM cartridges go where there is WORM', async (t) => {
  t.equal(acceptance(driveProduct('ULT3580-TD2'), cartridge('LTO2', 'WORM')), 'refused');
  t.equal(acceptance(driveProduct('ULT3580-TD3'), cartridge('LTO3', 'WORM')), 'read/write');
  t.equal(acceptance(driveProduct('ULT3580-TD5'), cartridge('LTO3', 'WORM')), 'read-only');
  t.equal(acceptance(driveProduct('ULT3580-TD6'), cartridge('LTO3', 'WORM')), 'refused');
});

t.test('a cleaning cartridge cleans every generation of its family', async (t) => {
  for (const name of ['ULT3580-TD1', 'Ultrium 5-SCSI', 'ULTRIUM-HH10'])
    t.equal(acceptance(driveProduct(name), cartridge('LTO4', 'cleaning')), 'read-only', name);
  t.equal(acceptance(driveProduct('T9940A'), cartridge('LTO4', 'cleaning')), 'refused');
  t.equal(acceptance(driveProduct('T9940A'), cartridge('9940B', 'cleaning')), 'read-only');
});

t.test('names', async (t) => {
  const names = driveProducts.flatMap(({ products }) => products);
  t.equal(new Set(names).size, names.length, 'no name selects two products');
  t.same(
    names.filter((name) => name.length > 16),
    [],
    'every name fits INQUIRY',
  );
  t.equal(driveProduct('ULTRIUM-TD4').description, 'IBM LTO Ultrium 4');
  t.equal(driveProduct('ultrium-td4').vendor, '', 'names are exact');
});

t.test('every product is whole', async (t) => {
  const known = new Set(cartridgeTypes.map(({ mktapeName }) => mktapeName));
  for (const product of driveProducts) {
    const { description, densities, encryption } = product;
    const named = [...densities.flatMap(({ cartridges }) => cartridges)];
    t.same(
      [...named, ...(encryption?.cartridges ?? [])].filter((name) => !known.has(name)),
      [],
      `${description}: cartridges`,
    );
    t.ok(nativeDensity(product).WRTOK, `${description} writes its own density`);
    for (const { densityName, description, assigningOrganization } of densities)
      t.ok(
        densityName.length <= 8 && description.length <= 20 && assigningOrganization.length <= 8,
        `${densityName} fits the descriptor`,
      );
  }
});

t.test('TapeAlert flags of cartridges a drive does not like', async (t) => {
  const flags = async (name: string, density: string, use: Use = 'data') => {
    const { drive, insert } = await rig(driveProduct(name));
    const refused = await insert({ density, use }).then(
      () => false,
      () => true,
    );
    return { refused, flags: [12, 17, 23].filter((flag) => drive.alerts.isSet(flag)) };
  };
  t.same(await flags('ULT3580-TD8', 'LTO8'), { refused: false, flags: [] });
  t.same(await flags('ULT3580-TD5', 'LTO3'), { refused: false, flags: [17] }, 'read only format');
  t.same(await flags('ULT3580-TD8', 'LTO6'), { refused: true, flags: [12] }, 'unsupported format');
  t.same(await flags('ULT3580-TD8', 'AIT4', 'cleaning'), { refused: true, flags: [23] });
});
