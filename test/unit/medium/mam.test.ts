// SPDX-License-Identifier: GPL-2.0-or-later
// The attribute lists against files the reference wrote, and against files of other releases.
import t from 'tap';
import { parseMam } from '../../../src/medium/mam.js';
import { attributeById, attributes } from '../../../src/medium/mam-attributes.js';
import { newPrivateData, parsePrivateData } from '../../../src/medium/private-data.js';
import { sampleFile, thrownBy } from '../../fixtures/media/cartridges.js';

const VERSIONS = { tapeFormat: 6, mamFormat: 4 };
const SAMPLES = ['S00001L8', 'S00003L8', 'S00004L8', 'S00005L6'];
const parse = (file: Uint8Array) => parseMam(file, 'mam', newPrivateData());

/** The place of an attribute's header in a file. */
const find = (file: Buffer, header: string): number => file.indexOf(Buffer.from(header, 'hex'));

t.test('a file of the reference is read and written back byte for byte', async (t) => {
  for (const sample of SAMPLES) {
    const mam = sampleFile(sample, 'mam');
    t.same(Buffer.from(parse(mam).toFile(VERSIONS)), mam, sample);
    const data = sampleFile(sample, 'mhvtl_data');
    t.same(Buffer.from(parsePrivateData(data, 'mhvtl_data').serialise()), data, sample);
  }
});

t.test('values read in their types', async (t) => {
  const mam = parse(sampleFile('S00003L8', 'mam'));
  t.equal(mam.get('maximumCapacity'), 500n << 20n);
  t.equal(mam.get('remainingCapacity'), 0x1f303c89n);
  t.equal(mam.get('loadCount'), 1n);
  t.equal(mam.get('densityOrganization'), 'LTO-CVE');
  t.equal(mam.get('formattedDensity'), 0x5e);
  t.equal(mam.get('serialNumber'), 'S00003L8_1795365330');
  t.equal(mam.get('length'), 960);
  t.equal(mam.get('width'), 127);
  t.equal(mam.get('barcode'), 'S00003L8');
  t.equal(mam.get('userLabel'), 'label of S00003L8');
  const own = parsePrivateData(sampleFile('S00004L8', 'mhvtl_data'), 'mhvtl_data');
  t.equal(own.get('partitions'), 2);
  t.equal(own.get('mediaType'), 20);
  t.equal(own.get('bitsPerMillimetre'), 19107);
  t.equal(own.get('description'), 'Ultrium 8/32T');
});

t.test('medium type information is the number with its low byte first', async (t) => {
  const mam = parse(sampleFile('S00003L8', 'mam'));
  mam.set('mediumTypeInformation', 20);
  t.same(mam.read(0x0409), Uint8Array.of(0x14, 0x00));
});

t.test('bytes by id, as READ ATTRIBUTE and WRITE ATTRIBUTE use them', async (t) => {
  const mam = parse(sampleFile('S00003L8', 'mam'));
  t.equal(mam.changed, false);
  mam.write(0x0803, Buffer.from('new label'));
  t.equal(mam.changed, true);
  t.equal(mam.get('userLabel'), 'new label');
  t.equal(mam.read(0x0803)!.length, 160);
  t.equal(mam.exists(0x0803), true);
  mam.write(0x0803, new Uint8Array());
  t.equal(mam.exists(0x0803), false);
  t.equal(mam.read(0x0999), undefined);
  t.throws(() => mam.write(0x0999, new Uint8Array()), RangeError);
  t.throws(() => mam.write(0x0805, new Uint8Array(2)), RangeError);
});

t.test('coherency information differs from partition to partition', async (t) => {
  const own = newPrivateData();
  const mam = parseMam(sampleFile('S00003L8', 'mam'), 'mam', own);
  mam.write(0x080c, Uint8Array.of(1), 0);
  mam.write(0x080c, Uint8Array.of(2), 2);
  t.equal(mam.read(0x080c, 0)![0], 1);
  t.equal(mam.read(0x080c, 1)![0], 0);
  t.equal(mam.read(0x080c, 2)![0], 2);
  t.equal(own.get('coherency2')[0], 2);
  t.equal(own.changed, true);
});

t.test('attributes of other programs survive, in any length', async (t) => {
  const file = sampleFile('S00003L8', 'mam');
  const foreign = Buffer.from('0112 0300 aabbcc 0212 0000'.replaceAll(' ', ''), 'hex');
  const at = find(file, '06080020'.replace('0020', '2000'));
  const mixed = Buffer.concat([file.subarray(0, at), foreign, file.subarray(at)]);
  const mam = parse(mixed);
  t.equal(mam.get('barcode'), 'S00003L8');
  t.same(Buffer.from(mam.toFile(VERSIONS)), Buffer.concat([file, foreign]));
});

t.test('shorter and longer values, as other releases have them', async (t) => {
  const file = sampleFile('S00003L8', 'mam');
  const at = find(file, '0c084600');
  const short = Buffer.from(file.subarray(at, at + 4 + 46));
  short[2] = 46;
  short[4] = 0x77;
  const release18 = Buffer.concat([file.subarray(0, at), short, file.subarray(at + 4 + 70)]);
  const mam = parse(release18);
  t.equal(mam.read(0x080c)!.length, 70);
  t.equal(mam.read(0x080c)![0], 0x77);
  const long = Buffer.alloc(4 + 80, 0x55);
  long.set(file.subarray(at, at + 4));
  long[2] = 80;
  const later = Buffer.concat([file.subarray(0, at), long, file.subarray(at + 4 + 70)]);
  const kept = parse(later);
  t.equal(kept.read(0x080c)!.length, 70);
  kept.write(0x080c, Uint8Array.of(9));
  const written = Buffer.from(kept.toFile(VERSIONS)).subarray(at + 4, at + 4 + 80);
  t.same(written, Buffer.concat([Buffer.from([9]), Buffer.alloc(69), Buffer.alloc(10, 0x55)]));
});

t.test('the empty entry of release 1.8-0 is no damage', async (t) => {
  const data = sampleFile('S00003L8', 'mhvtl_data');
  const at = find(data, '0a004600');
  const release18 = Buffer.concat([data.subarray(0, at), Buffer.alloc(4), data.subarray(at)]);
  t.equal(parsePrivateData(release18, 'mhvtl_data').get('mediaType'), 20);
});

t.test('a cut list is refused, wherever it is cut', async (t) => {
  const file = sampleFile('S00003L8', 'mam');
  for (const length of [9, 11, 13, 500, 1070])
    t.equal((await thrownBy(() => parse(file.subarray(0, length)))).fault, 'damaged', `${length}`);
});

t.test('the table', async (t) => {
  const fresh = parse(sampleFile('S00003L8', 'mam'));
  t.equal(fresh.bytesInUse, 8192 - 0x1bb2, 'what the reference leaves free of 8 KiB');
  t.match(attributeById(0x0003), {
    name: 'LOAD COUNT',
    length: 8,
    format: 'binary',
    readOnly: true,
  });
  t.match(attributeById(0x0806), {
    length: 32,
    format: 'ascii',
    readOnly: false,
    ref: 'SPC-4 7.4.2.4',
  });
  t.match(attributeById(0x0803), { format: 'text' });
  t.match(attributeById(0x1623), { ref: 'vendor specific' });
  t.same(
    attributes.map(({ id }) => id),
    attributes.map(({ id }) => id).sort((a, b) => a - b),
  );
});
