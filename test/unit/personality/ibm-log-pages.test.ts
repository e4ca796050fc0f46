// SPDX-License-Identifier: GPL-2.0-or-later
// Log pages of IBM's drives, compared with what real ones answered: an ULT3580-TD6 (KAJ8) and an ULT3580-TDA (T3S0), as
// sg_logs -a printed them. Bytes that sg_logs cut off are not compared.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import { driveProduct } from '../../../src/personality/drives.js';
import { nativeDensity } from '../../../src/ssc/drive-product.js';
import { type Rig, rig } from '../../support/drive.js';

async function loaded(name: string): Promise<Rig> {
  const product = driveProduct(name);
  const drive = await rig(product);
  await drive.insert({ density: nativeDensity(product).cartridges.at(-1)! });
  return drive;
}

const page = async ({ run }: Rig, code: string) =>
  (await run(`4d 00 ${(0x40 | Number.parseInt(code, 16)).toString(16)} 00 00 00 00 ff ff 00`))
    .dataIn;

/** Pages of both drives, without values: code, flags and length of each parameter. */
const realHeads = [
  [
    '33',
    '33 00 00 6c',
    '00 00 40 02,00 01 40 02,00 02 40 02,00 03 40 02,00 04 40 02,00 05 40 02,00 06 40 02,00 07 40 02,00 08 40 02,' +
      '00 09 40 02,00 0a 40 02,00 0b 40 02,00 0c 40 02,00 0d 40 02,00 0e 40 02,00 0f 40 02,00 10 40 02,00 11 40 02',
  ],
  ['34', '34 00 00 ba', '00 00 40 02,00 01 40 02,00 02 40 02,00 03 40 02,00 04 40 02'],
  ['37', '37 00 00 1e', '00 00 60 01,00 01 60 01,00 10 60 01,00 11 60 01,00 12 60 01,00 1a 60 01'],
  ['39', '39 00 00 26', '00 00 40 02,00 07 40 02,00 08 40 02,00 09 40 02,00 0a 40 02,00 10 40 04'],
  ['3b', '3b 00 00 26', '00 00 40 02,00 07 40 02,00 08 40 02,00 09 40 02,00 0a 40 02,00 10 40 04'],
] as const;

function parameterHeads(bytes: Uint8Array): string[] {
  const heads: string[] = [];
  for (let at = 4; at < bytes.length; at += 4 + bytes[at + 3]!)
    heads.push(hex(bytes.subarray(at, at + 4)));
  return heads;
}

t.test('parameters are those of real drives', async (t) => {
  for (const name of ['ULT3580-TD6', 'ULT3580-TDA']) {
    const drive = await loaded(name);
    for (const [code, header, heads] of realHeads) {
      const bytes = await page(drive, code);
      t.equal(hex(bytes.subarray(0, 4)), header, `${name}, ${code}h`);
      const expected = heads.split(',');
      t.same(parameterHeads(bytes).slice(0, expected.length), expected, `${name}, ${code}h`);
    }
  }
  const six = parameterHeads(await page(await loaded('ULT3580-TD6'), '38'));
  t.same(six.slice(0, 2), ['00 00 40 04', '00 01 40 04']);
  const ten = parameterHeads(await page(await loaded('ULT3580-TDA'), '38'));
  t.same(
    ten.slice(0, 6),
    ['00 00 40 08', '00 01 40 08', '00 02 40 08', '00 03 40 08', '00 04 40 04', '00 05 40 06'],
    'LTO-7 and later: longer counters',
  );
});

t.test('every page the real drive lists is there', async (t) => {
  const real = [
    ...[0x00, 0x02, 0x03, 0x06, 0x0c, 0x11, 0x12, 0x14, 0x16, 0x17, 0x1a, 0x1b, 0x2e, 0x30, 0x31],
    ...[0x32, 0x33, 0x34, 0x37, 0x38, 0x39, 0x3b, 0x3d],
  ];
  const list = [...(await page(await loaded('ULT3580-TDA'), '00')).subarray(4)];
  t.same(
    real.filter((code) => !list.includes(code)),
    [],
  );
});

/** Values by parameter code. */
function values(bytes: Uint8Array): Record<string, number> {
  const found: Record<string, number> = {};
  for (let at = 4; at < bytes.length; at += 4 + bytes[at + 3]!)
    found[hex(bytes.subarray(at, at + 2))] = readUint(bytes, at + 4, Math.min(6, bytes[at + 3]!));
  return found;
}

t.test('they count', async (t) => {
  const drive = await loaded('ULT3580-TD6');
  await drive.write(2048, 2048, 4096);
  await drive.run('01 00 00 00 00 00');
  await drive.run('08 00 00 08 00 00');
  const moved = values(await page(drive, '38'));
  t.equal(moved['00 00'], 3, 'blocks written');
  t.equal(moved['00 01'], 8, 'KiB written');
  t.equal(moved['00 02'], 1, 'blocks read');
  t.equal(moved['00 03'], 2, 'KiB read');
  t.equal(moved['00 04'], 1, 'a data set begun');
  const life = values(await page(drive, '3d'));
  t.equal(life['00 20'], 1, 'loads of the cartridge');
  t.equal(life['00 40'], 1, 'loads of the drive');
});
