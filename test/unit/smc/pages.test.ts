// SPDX-License-Identifier: GPL-2.0-or-later
// INQUIRY, vital product data, mode and log pages of libraries, against captures and standard.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { defaultLibrary } from '../../../src/personality/default-library.js';
import { readCapture } from './capture.js';
import { library, senseOf } from './library.js';

const acme = { product: defaultLibrary, vendor: 'ACME', productName: 'GENERIC' };

/** CMDQUE: the captured program ran one command at a time, this one queues them. */
function withCommandQueuing(captured: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(captured);
  bytes[7]! |= 0x02;
  return bytes;
}

t.test('L700', async (t) => {
  const captured = readCapture('LIB_STK_L700.txt');
  const { send } = await library();
  const inquiry = await send('12 00 00 ffff 00');
  t.equal(hex(inquiry.dataIn), hex(withCommandQueuing(captured('INQ'))));
  t.equal(hex((await send('12 01 00 00ff 00')).dataIn), '08 00 00 02 00 80');
  const serial = await send('12 01 80 00ff 00');
  // The captured page is filled with zeros from byte 12 on; ASCII data has blanks (SPC-5 4.3.1).
  t.equal(
    hex(serial.dataIn),
    hex(captured('VPD 80')).replaceAll(' 00 00 00 00 00 00', ' 20'.repeat(6)),
  );
  t.equal(senseOf(await send('12 01 83 00ff 00')), '5/24/00@2');
});

t.test('the name udev makes of the serial number page', async (t) => {
  // scsi_id without a Device Identification page: "S", vendor, product, serial; blanks become underscores.
  const { send } = await library();
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const { dataIn: inquiry } = await send('12 00 00 0060 00');
  const { dataIn: serial } = await send('12 01 80 00fe 00');
  const id = `S${text(inquiry.subarray(8, 32))}${text(serial.subarray(4))}`;
  t.equal(id.trim().replace(/\s+/g, '_'), 'SSTK_L700_XYZZY_A');
});

t.test('a library of unknown make', async (t) => {
  const captured = readCapture('LIB_ACME_GENERIC.txt');
  const { send } = await library(acme);
  t.equal(hex((await send('12 00 00 ffff 00')).dataIn), hex(withCommandQueuing(captured('INQ'))));
  t.equal(hex((await send('12 01 00 00ff 00')).dataIn), '08 00 00 03 00 80 83');
  t.equal(hex((await send('12 01 80 00ff 00')).dataIn), hex(captured('VPD 80')));
  t.equal(hex((await send('12 01 83 00ff 00')).dataIn), hex(captured('VPD 83')));
});

t.test('mode pages', async (t) => {
  const captured = hex(readCapture('LIB_STK_L700.txt')('MODE10 3f/ff CUR'));
  const { send } = await library();
  const { dataIn } = await send('5a 00 3f ff 00 00 00 ffff 00');
  const pages = [
    '02 0e 32 32 00 00 00 00 00 00 04 00 00 00 00 00',
    `0a 0a ${'00 '.repeat(10)}`.trim(),
    `1a 24 ${'00 '.repeat(36)}`.trim(),
    '1c 0a 08 03 00 00 00 00 00 00 00 00',
    '1d 12 00 01 00 01 03 e8 00 03 00 0a 00 02 01 f4 00 02 00 00',
    '1e 02 00 00',
    // StorageTek SL150 Interface Reference, table 4-65, for bytes 2 to 7: the hand stores nothing. VTRP and S2C,
    // and the exchanges, are this library's.
    '1f 12 0e 03 00 0e 0e 0e 00 00 00 00 00 0e 0e 0e 00 00 00 00',
  ];
  const length = unhex(pages.join('')).length;
  t.equal(hex(dataIn), `00 ${(length + 6).toString(16)} 00 00 00 00 00 00 ${pages.join(' ')}`);
  for (const page of pages.filter((each) => !/^(0a|1f)/.test(each)))
    t.ok(captured.includes(page), `as captured: ${page.slice(0, 5)}`);
});

t.test('mode pages one by one, and their headers', async (t) => {
  const { send } = await library(acme);
  t.equal(
    hex((await send('1a 00 1d 00 ff 00')).dataIn),
    '17 00 00 00 1d 12 02 f0 00 01 04 00 00 03 03 00 00 02 00 01 00 02 00 00',
    'as captured but for the device-specific parameter, which changers do not have',
  );
  t.equal(hex((await send('1a 00 5e 00 ff 00')).dataIn), '07 00 00 00 1e 02 00 00', 'changeable');
  t.equal(senseOf(await send('1a 00 1b 00 ff 00')), '5/24/00@2.5');
  t.equal(senseOf(await send('1a 00 dd 00 ff 00')), '5/39/00', 'saved values');
});

t.test('MODE SELECT', async (t) => {
  const { send } = await library();
  const select = async (list: string) => {
    const dataOut = unhex(list);
    return senseOf(
      await send(`15 10 00 00 ${dataOut.length.toString(16).padStart(2, '0')} 00`, { dataOut }),
    );
  };
  t.equal(await select('00 00 00 00 1e 02 00 00'), '', 'what MODE SENSE said is accepted');
  t.equal(await select('00 00 00 00 1e 02 01 00'), '5/26/00@6.0', 'ROTATE cannot be changed');
  t.equal(await select('00 00 10 00'), '5/26/00@2', 'no device-specific parameter');
  t.equal(await select('00 00 00 08 00 00 00 00 00 00 00 00'), '5/26/00@4', 'no block descriptors');
  t.equal(await select(`00 00 00 00 0a 0a 04 ${'00'.repeat(9)}`), '', 'D_SENSE');
  const refused = await send('a5 00 0000 0fff 03ea 00 00 00 00');
  t.equal(hex(refused.sense), '72 05 21 01 00 00 00 08 02 06 00 00 c0 00 04 00', 'descriptors now');
});

t.test('log pages', async (t) => {
  const { changer, send } = await library();
  const page = async (code: string): Promise<string> =>
    hex((await send(`4d 00 ${code} 00 00 0000 ffff 00`)).dataIn);
  t.equal(await page('40'), '00 00 00 03 00 0d 2e', 'as captured');
  changer.tapeAlerts = (1n << 63n) | 1n;
  const flags = Array.from(
    { length: 64 },
    (_, i) => `00 ${(i + 1).toString(16).padStart(2, '0')} 00 01 0${i === 0 || i === 63 ? 1 : 0}`,
  );
  t.equal(await page('6e'), `2e 00 01 40 ${flags.join(' ')}`);
  t.equal(
    await page('6e'),
    `2e 00 01 40 ${flags.join(' ').replaceAll(' 01 01', ' 01 00')}`,
    'read clears',
  );
  t.equal(senseOf(await send('4d 00 42 00 00 0000 ffff 00')), '5/24/00@2.5');
});
