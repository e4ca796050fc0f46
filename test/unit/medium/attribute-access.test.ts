// SPDX-License-Identifier: GPL-2.0-or-later
// Attributes as the commands have them, against SPC-4's tables, and that other programs still find theirs.
import fs from 'node:fs';
import t from 'tap';
import {
  attributeFault,
  existingAttributes,
  readAttribute,
  writeAttribute,
} from '../../../src/medium/attribute-access.js';
import { typeByMktapeName } from '../../../src/medium/cartridge-types.js';
import { createCartridge } from '../../../src/medium/create.js';
import { openCartridge } from '../../../src/medium/file-volume.js';
import type { Volume } from '../../../src/medium/volume.js';
import { newCartridge } from '../../fixtures/media/cartridges.js';

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('hex');
const ascii = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('latin1');

/** SPC-4 tables 444, 447 and 448, SSC-4's 080Ch and LTFS's 1623h: id, length, format, read only. */
const TABLE = `
0000 8 0 r  0001 8 0 r  0002 8 0 r  0003 8 0 r  0004 8 0 r  0005 8 1 r  0006 1 0 r  0007 2 0 r
0008 32 1 r  0009 4 0 r  020a 40 1 r  020b 40 1 r  020c 40 1 r  020d 40 1 r  0220 8 0 r  0221 8 0 r
0222 8 0 r  0223 8 0 r  0224 8 0 r  0225 8 0 r  0340 90 0 r  0341 60 0 r  0400 8 1 r  0401 32 1 r
0402 4 0 r  0403 4 0 r  0404 8 1 r  0405 1 0 r  0406 8 1 r  0407 8 0 r  0409 2 0 r  0800 8 1 w  0801 32 1 w  0802 8 1 w  0803 160 2 w
0804 12 1 w  0805 1 0 w  0806 32 1 w  0807 80 2 w  0808 160 2 w  0809 16 1 w  080a 1 0 w  080b 16 1 w
080c 70 0 w  0820 36 0 w  0821 36 0 w  1623 1 0 w`
  .trim()
  .split(/\s{2,}|\n/)
  .map((row) => row.split(' '));

t.test('length, format and rights of every attribute', async (t) => {
  for (const [id, length, format, right] of TABLE) {
    const number = Number.parseInt(id!, 16);
    const fits = new Uint8Array(Number(length));
    const expected = right === 'w' ? undefined : 'read only';
    t.equal(attributeFault(number, Number(format), fits), expected, `${id}`);
    if (right === 'r') continue;
    t.equal(attributeFault(number, Number(format) ^ 1, fits), 'wrong format', `${id}`);
    t.equal(
      attributeFault(number, Number(format), new Uint8Array(fits.length + 1)),
      'wrong length',
    );
    t.equal(attributeFault(number, 3, new Uint8Array()), undefined, 'deleting needs no format');
  }
  t.equal(attributeFault(0x0999, 0, new Uint8Array(1)), 'unknown');
});

t.test('a medium fresh from the factory', async (t) => {
  const volume = openCartridge(newCartridge(t.testdir({})));
  t.equal(hex(readAttribute(volume, 0x0000, 0)), '00000000000001f4', '500 MiB');
  t.equal(hex(readAttribute(volume, 0x0001, 0)), '00000000000001f4');
  t.equal(ascii(readAttribute(volume, 0x0008, 0)), 'E01001L8'.padEnd(32));
  t.equal(ascii(readAttribute(volume, 0x0005, 0)), 'LTO-CVE ');
  t.equal(ascii(readAttribute(volume, 0x0401, 0)), 'E01001L8_1795365330'.padEnd(32));
  t.equal(ascii(readAttribute(volume, 0x0406, 0)), '20261122', 'date of 1795365330');
  t.equal(hex(readAttribute(volume, 0x0408, 0)), '00');
  t.equal(ascii(readAttribute(volume, 0x0806, 0)), 'E01001L8'.padEnd(32));
  for (const id of [0x0803, 0x0805, 0x0809, 0x080c, 0x0820, 0x0340])
    t.equal(readAttribute(volume, id, 0), undefined, `${id.toString(16)} was never written`);
  const ids = existingAttributes(volume, 0).map(({ id }) => id);
  t.ok(ids.includes(0x0000) && ids.includes(0x0008) && ids.includes(0x0806));
  t.notOk(ids.includes(0x0803));
  await volume.close();
});

t.test('use and cleanings in the numbers of the standard', async (t) => {
  const home = t.testdir({});
  const make = (barcode: string, use: 'WORM' | 'cleaning') => {
    const type = typeByMktapeName('LTO8')!;
    return openCartridge(createCartridge(home, { barcode, type, use, capacity: 0, createdAt: 1 }));
  };
  const worm = make('W00001L8', 'WORM');
  t.equal(hex(readAttribute(worm, 0x0408, 0)), '80');
  const cleaning = make('CLN001L8', 'cleaning');
  t.equal(hex(readAttribute(cleaning, 0x0408, 0)), '01');
  t.equal(hex(readAttribute(cleaning, 0x0409, 0)), '0014');
  await worm.close();
  await cleaning.close();
});

t.test('counters after two loads', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const load = async (serial: string, bytesWritten: number, bytesRead: number) => {
    const volume = openCartridge(directory);
    await volume.mount({ vendor: 'IBM', serial });
    await volume.dismount({ bytesWritten, bytesRead });
  };
  await load('FIRST', 5 << 20, (3 << 20) + 5);
  await load('SECOND', 2 << 20, 1 << 20);
  const volume = openCartridge(directory);
  t.equal(hex(readAttribute(volume, 0x0003, 0)), '0000000000000002');
  t.equal(ascii(readAttribute(volume, 0x020a, 0)), `IBM     ${'SECOND'.padEnd(32)}`);
  t.equal(ascii(readAttribute(volume, 0x020b, 0)), `IBM     ${'FIRST'.padEnd(32)}`);
  t.equal(hex(readAttribute(volume, 0x0220, 0)), '0000000000000007');
  t.equal(hex(readAttribute(volume, 0x0221, 0)), '0000000000000004');
  t.equal(hex(readAttribute(volume, 0x0222, 0)), '0000000000000002');
  t.equal(hex(readAttribute(volume, 0x0223, 0)), '0000000000000001');
  const none = '000000000000';
  const history = [2, 0, 1, 0, 5, 0, 3, 0, 7, 0, 4, 0, 2, 0, 0].map((n) => none.slice(1) + n);
  t.equal(hex(readAttribute(volume, 0x0340, 0)), history.join(''), 'medium usage history');
  await volume.close();
});

t.test(
  'what each partition moved, in this load, the one before and all since the format',
  async (t) => {
    const directory = newCartridge(t.testdir({}));
    const block = Buffer.alloc(1 << 20, 7);
    const load = async (use: (volume: Volume) => Promise<void>) => {
      const volume = openCartridge(directory);
      await volume.mount({ vendor: 'IBM', serial: 'XYZZY_A1' });
      await use(volume);
      await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    };
    /* Sony SDX-1100V, table 12-9: fifteen counters of four bytes. */
    const counters = (...values: number[]) =>
      values.map((value) => value.toString(16).padStart(8, '0')).join('');
    await load(async (volume) => {
      await volume.format([1 << 30, 1 << 30]);
      for (const position of [0, 1, 2]) await volume.write(1, position, block);
      await volume.read(1, 0, Buffer.alloc(1 << 20));
      await volume.write(0, 0, block);
    });
    await load(async (volume) => {
      await volume.read(1, 1, Buffer.alloc(1 << 20));
      await volume.read(1, 2, Buffer.alloc(1 << 20));
    });
    const volume = openCartridge(directory, { readOnly: true });
    const usage = (partition: number) => hex(readAttribute(volume, 0x0341, partition));
    t.equal(usage(0), counters(0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0));
    t.equal(usage(1), counters(0, 0, 2, 0, 3, 0, 1, 0, 3, 0, 3, 0, 2, 0, 0));
    t.equal(usage(2), undefined);
    await volume.close();
    const dies = openCartridge(directory);
    await dies.format([1 << 30, 1 << 30]);
    await dies.flush();
    await dies.close();
    const formatted = openCartridge(directory, { readOnly: true });
    t.equal(
      hex(readAttribute(formatted, 0x0341, 1)),
      counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0),
      'what new partitions forget is forgotten on disk',
    );
    await formatted.close();
  },
);

t.test('what a host writes is there after the next flush, and deleted with no bytes', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const text = Buffer.from('über alles'.padEnd(159, '\0'));
  const volume = openCartridge(directory);
  writeAttribute(volume.mam, 0x0803, text, 0);
  writeAttribute(volume.mam, 0x0809, Buffer.from('first'), 0);
  writeAttribute(volume.mam, 0x0809, Buffer.from('second'), 1);
  writeAttribute(volume.mam, 0x080c, Buffer.from('0102', 'hex'), 1);
  writeAttribute(volume.mam, 0x0820, Buffer.alloc(36, 7), 0);
  await volume.flush();
  await volume.close();
  const again = openCartridge(directory);
  t.same(Buffer.from(readAttribute(again, 0x0803, 0)!), text);
  t.equal(ascii(readAttribute(again, 0x0809, 0)), 'first'.padEnd(16));
  t.equal(ascii(readAttribute(again, 0x0809, 1)), 'second'.padEnd(16));
  t.equal(readAttribute(again, 0x0809, 2), undefined);
  t.equal(readAttribute(again, 0x080c, 0), undefined);
  t.equal(hex(readAttribute(again, 0x080c, 1))!.slice(0, 6), '010200');
  writeAttribute(again.mam, 0x0820, new Uint8Array(), 0);
  t.equal(readAttribute(again, 0x0820, 0), undefined);
  await again.close();
  const mam = fs.readFileSync(`${directory}/mam`);
  t.equal(
    mam.indexOf('20082400', 0, 'hex'),
    1071 + 20,
    'ours are behind those other programs know',
  );
});

t.test('how often it was formatted', async (t) => {
  const volume = openCartridge(newCartridge(t.testdir({})));
  t.equal(hex(readAttribute(volume, 0x0007, 0)), '0000');
  await volume.format([100 << 20, 400 << 20]);
  t.equal(hex(readAttribute(volume, 0x0007, 0)), '0001');
  t.equal(hex(readAttribute(volume, 0x0001, 1)), '0000000000000190', 'MiB of partition 1');
  await volume.close();
});

t.test('a host makes it a WORM medium', async (t) => {
  t.equal(attributeFault(0x0408, 0, Uint8Array.of(0x80)), undefined);
  t.equal(attributeFault(0x0408, 0, Uint8Array.of(0x00)), 'read only');
  const volume = openCartridge(newCartridge(t.testdir({})));
  writeAttribute(volume.mam, 0x0408, Uint8Array.of(0x80), 0);
  t.equal(volume.use, 'WORM');
  t.same(volume.mam.read(0x0408), Uint8Array.of(1), 'the number other programs have for it');
  await volume.close();
});

t.test('where encrypted blocks begin and end, SPC-4 7.4.2.2.13 and .14', async (t) => {
  const volume = openCartridge(newCartridge(t.testdir({})));
  const seal = {
    seal: (payload: Uint8Array) => payload.slice(),
    unauthenticatedData: new Uint8Array(),
    authenticatedData: new Uint8Array(),
  };
  const positions = () => [0x0224, 0x0225].map((id) => hex(readAttribute(volume, id, 0)));
  const none = 'f'.repeat(16);
  const at = (position: number) => position.toString(16).padStart(16, '0');
  t.same(positions(), [none, none], 'an empty partition');
  await volume.writeFilemarks(0, 0, 1);
  await volume.write(0, 1, Buffer.alloc(10));
  t.same(positions(), [none, none], 'nothing encrypted');
  await volume.write(0, 2, Buffer.alloc(10), { seal });
  await volume.writeFilemarks(0, 3, 1);
  t.same(positions(), [at(2), none], 'a filemark is no block');
  await volume.write(0, 4, Buffer.alloc(10), { seal });
  await volume.write(0, 5, Buffer.alloc(10));
  t.same(positions(), [at(2), at(5)]);
  await volume.write(0, 4, Buffer.alloc(10));
  t.same(positions(), [at(2), at(4)], 'what was overwritten is forgotten');
  await volume.write(0, 2, Buffer.alloc(10));
  t.same(positions(), [none, none]);
  await volume.write(0, 3, Buffer.alloc(10), { seal });
  t.same(positions(), [at(3), none]);
  await volume.close();
});
