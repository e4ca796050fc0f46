// SPDX-License-Identifier: GPL-2.0-or-later
// device.conf: what is read, what applies by default, and what is said about each mistake.
import t from 'tap';
import { parseDeviceConf } from '../../../src/config/device-conf.js';
import { formatNAA } from '../../../src/config/identity.js';

const LIBRARY = `Library: 10 CHANNEL: 00 TARGET: 00 LUN: 00
 Vendor identification: STK
 Product identification: L700
 Unit serial number: XYZZY_A
`;
const DRIVE = `Drive: 11 CHANNEL: 00 TARGET: 01 LUN: 00
 Library ID: 10 Slot: 01
 Vendor identification: IBM
 Product identification: ULT3580-TD8
 Unit serial number: XYZZY_A1
`;
const BOTH = `${LIBRARY}\n${DRIVE}`;

/** `severity line text` and message of each problem. */
const problemsOf = (text: string) =>
  parseDeviceConf(text, 'device.conf').problems.map(
    ({ severity, line, text: offending, message }) =>
      `${severity} ${line} [${offending}] ${message}`,
  );

/** BOTH with one line of the drive replaced or added; the drive begins in line 6. */
const drive = (change: (text: string) => string) => `${LIBRARY}\n${change(DRIVE)}`;

t.test('a plain file', async (t) => {
  const { value, problems } = parseDeviceConf(BOTH, 'device.conf');
  t.same(problems, []);
  t.same(value.libraries, [
    {
      unit: 10,
      address: { channel: 0, target: 0, lun: 0 },
      vendor: 'STK',
      product: 'L700',
      revision: '0108',
      serial: 'XYZZY_A',
      NAA: 0x58595a5a595f4120n,
      fifo: undefined,
      timing: 0,
      homeDirectory: '/opt/mhvtl/10',
      persist: false,
      moveCommand: undefined,
      commandTimeout: 20,
    },
  ]);
  t.match(value.drives[0], {
    unit: 11,
    address: { channel: 0, target: 1, lun: 0 },
    place: { library: 10, slot: 1 },
    compression: { type: 'none', factor: 1, enabled: false },
    rscrcBigEndian: true,
  });
  t.throws(() => Object.assign(value.drives[0]!.address, { lun: 5 }), TypeError, 'immutable');
});

t.test('every key', async (t) => {
  const text = `Library: 010 CHANNEL: 15 TARGET: 255 LUN: 255
 Vendor identification:  HP
 Product identification: MSL G3 Series
 Product revision level: G.40
 Unit serial number: 0123456789ABCDEF
 NAA: 10:22:33:44:ab:0:1:0
 Home directory: /srv/tapes
 PERSIST: True
 movecommand: moved
 commandtimeout: 120
 fifo: /run/f10
 Backoff: 400
Drive: 1023 CHANNEL: 0 TARGET: 0 LUN: 0
 Library ID: 10 Slot: 1
 Vendor identification: HP
 Product identification: Ultrium 6-SCSI
 Product revision level: 35GD
 Unit serial number: HU1
 Compression: factor 9 enabled 1
 Compression type: ZSTD
 LBP RSCRC BE: 0
 fifo: /run/f11
`;
  const { value, problems } = parseDeviceConf(text, 'device.conf');
  t.same(problems, []);
  t.match(value.libraries[0], {
    unit: 10,
    address: { channel: 15, target: 255, lun: 255 },
    vendor: 'HP',
    product: 'MSL G3 Series',
    revision: 'G.40',
    serial: '0123456789ABCDEF',
    homeDirectory: '/srv/tapes',
    persist: true,
    moveCommand: 'moved',
    commandTimeout: 120,
    fifo: '/run/f10',
  });
  t.equal(formatNAA(value.libraries[0]!.NAA), '50:22:33:44:ab:00:01:00', 'first digit is 5');
  t.match(value.drives[0], {
    unit: 1023,
    compression: { type: 'zstd', factor: 9, enabled: true },
    rscrcBigEndian: false,
  });
});

t.test('timing is off, real, or so many times faster', (t) => {
  const timing = (text: string) =>
    parseDeviceConf(`${BOTH} timing: ${text}\n`, 'device.conf').value.drives[0]!.timing;
  t.equal(parseDeviceConf(BOTH, 'device.conf').value.drives[0]!.timing, 0);
  t.equal(timing('off'), 0);
  t.equal(timing('real'), 1);
  t.equal(timing('10x'), 0.1);
  t.match(problemsOf(`${BOTH} timing: 0x\n`), [/timing is "0x", which is no timing/]);
  t.end();
});

t.test('defaults that are computed', async (t) => {
  const text = BOTH.replace(' Unit serial number: XYZZY_A1\n', '');
  const { value } = parseDeviceConf(text, 'device.conf', '/srv/vtl/');
  t.equal(value.drives[0]!.serial, 'XYZZY_11');
  t.match(problemsOf(text), [/^warning 6 \[Drive: 11 .*\] Drive 11 has no Unit serial number/]);
  // "XYZZY_11" is 58 59 5a 5a 59 5f 31 31, "XYZZY_A" and a blank 58 59 5a 5a 59 5f 41 20.
  t.equal(formatNAA(value.drives[0]!.NAA), '58:59:5a:5a:59:5f:31:31');
  t.equal(formatNAA(value.libraries[0]!.NAA), '58:59:5a:5a:59:5f:41:20');
  t.equal(value.libraries[0]!.homeDirectory, '/srv/vtl/10');
});

t.test('a home directory belongs to its own record only', async (t) => {
  const second = LIBRARY.replace('10 ', '20 ')
    .replace('TARGET: 00', 'TARGET: 05')
    .replace('_A', '_B');
  const { value } = parseDeviceConf(
    `${LIBRARY}\n${second} Home directory: /srv/b\n`,
    'device.conf',
  );
  t.same(
    value.libraries.map(({ homeDirectory }) => homeDirectory),
    ['/opt/mhvtl/10', '/srv/b'],
  );
});

t.test('laxness that is kept', async (t) => {
  t.same(problemsOf(BOTH.replaceAll('\n', '\r\n')), [], 'DOS line ends');
  t.same(problemsOf(`\ufeff${BOTH}`), [], 'byte order mark');
  t.same(problemsOf(`VERSION: 4\n\n# text\n${BOTH}`), []);
  t.same(problemsOf(drive((d) => d.replaceAll(': ', ':  ').replaceAll('\n ', '\n\t'))), []);
  t.same(problemsOf(drive((d) => d.replace(' Unit', ' # fifo: x\n Unit'))), []);
  t.same(problemsOf(drive((d) => d.replace(' Library ID: 10 Slot: 01\n', ''))), [], 'alone');
  t.same(problemsOf(drive((d) => `${d} NAA: 10:22:33:44:ab:00:01:00\n`)), []);
});

t.test('what is warned about', async (t) => {
  const cases: readonly [string, string, RegExp][] = [
    ['old VPD line', drive((d) => `${d} VPD: b0 04 00 02\n`), /^warning 11 \[VPD: .*old versions/],
    ['old density', drive((d) => `${d} Density : 0x46\n`), /^warning 11 \[Density : 0x46\]/],
    [
      'old rule',
      drive((d) => `${d} READ/WRITE: LTO4\n`),
      /^warning 11 .*READ\/WRITE is a key of old/,
    ],
    ['blank line', drive((d) => `${d}\n Backoff: 10\n`), /^warning 12 .*blank line .* Drive 11/],
    [
      'no-op out of range',
      drive((d) => `${d} Backoff: 99999\n`),
      /^warning 11 .*Backoff is out of range/,
    ],
    ['short form', drive((d) => `${d} Compression: 5\n`), /^warning 11 .*does not enable/],
    [
      'no type',
      drive((d) => `${d} Compression: factor 1 enabled 1\n`),
      /^warning 11 .*no Compression type/,
    ],
    [
      'gap',
      drive((d) => d.replace('Slot: 01', 'Slot: 04')),
      /^warning 1 .*no drive in drive slot 1-3$/,
    ],
    ['version', `VERSION: 6\n${BOTH}`, /^warning 1 \[VERSION: 6\] this version/],
  ];
  for (const [name, text, expected] of cases) {
    const problems = problemsOf(text);
    t.equal(problems.length, 1, `one problem: ${name}`);
    t.match(problems[0], expected, name);
  }
});

t.test('what is refused', async (t) => {
  const second = DRIVE.replace('11', '12')
    .replace('TARGET: 01', 'TARGET: 02')
    .replace('Slot: 01', 'Slot: 02')
    .replace('_A1', '_A2');
  const pair = (change: (text: string) => string) => `${BOTH}\n${change(second)}`;
  const cases: readonly [string, string, RegExp][] = [
    [
      'unknown key',
      drive((d) => `${d} Vendor identificaton: IBM\n`),
      /^error 11 \[Vendor identificaton: IBM\] "Vendor identificaton" is not a key of a Drive/,
    ],
    [
      'foreign key',
      drive((d) => `${d} PERSIST: yes\n`),
      /^error 11 .*PERSIST belongs to a Library, but the record is Drive 11/,
    ],
    ['no colon', drive((d) => `${d} Backoff\n`), /^error 11 \[Backoff\] Backoff has no value/],
    [
      'junk after a word',
      drive((d) => d.replace('IBM', 'IBM Corp')),
      /^error 8 .*"Corp" is too much/,
    ],
    [
      'junk after a pair',
      drive((d) => d.replace('Slot: 01', 'Slot: 01 x')),
      /^error 7 .*Library ID is followed by .*"x" is too much/,
    ],
    [
      'junk after the head',
      drive((d) => d.replace('LUN: 00', 'LUN: 00 y')),
      /^error 6 .*Drive is followed by .*"y"/,
    ],
    [
      'long vendor',
      drive((d) => d.replace('IBM', 'MICROSOFT')),
      /^error 8 .*Vendor identification is 9 characters long, 1 too many/,
    ],
    [
      'long product',
      drive((d) => d.replace('ULT3580-TD8', 'ULT3580-TD8 AND MORE')),
      /^error 9 .*20 characters long, 4 too many/,
    ],
    [
      'long revision',
      drive((d) => `${d} Product revision level: 12345\n`),
      /^error 11 .*5 characters long/,
    ],
    [
      'long serial',
      drive((d) => d.replace('XYZZY_A1', 'X'.repeat(17))),
      /^error 10 .*17 characters long/,
    ],
    ['short NAA', drive((d) => `${d} NAA: 10:22:33\n`), /^error 11 .*NAA is not eight hex bytes/],
    [
      'LUN',
      drive((d) => d.replace('LUN: 00', 'LUN: 256')),
      /^error 6 .*Drive has a LUN that is out of range/,
    ],
    [
      'channel',
      drive((d) => d.replace('CHANNEL: 00', 'CHANNEL: 16')),
      /^error 6 .*CHANNEL that is out of range/,
    ],
    [
      'target',
      drive((d) => d.replace('TARGET: 01', 'TARGET: 256')),
      /^error 6 .*TARGET that is out of range/,
    ],
    [
      'unit',
      drive((d) => d.replace('Drive: 11', 'Drive: 1024')),
      /^error 6 .*Drive is out of range/,
    ],
    [
      'number',
      drive((d) => d.replace('Drive: 11', 'Drive: 0x11')),
      /^error 6 .*Drive is "0x11", not a decimal number/,
    ],
    ['half a head', drive((d) => d.replace(' LUN: 00', '')), /^error 6 .*not written in the form/],
    [
      'head without colon',
      drive((d) => d.replace('Drive:', 'drive')),
      /^error 6 .*is not written "Drive:"/,
    ],
    ['flag', drive((d) => `${d} LBP RSCRC BE: 2\n`), /^error 11 .*cannot be "2"/],
    [
      'type',
      drive((d) => `${d} Compression type: gzip\n`),
      /^error 11 .*Compression type cannot be "gzip"/,
    ],
    [
      'factor',
      drive((d) => `${d} Compression: factor 10 enabled 0\n`),
      /^error 11 .*Compression has a factor that is out of range/,
    ],
    ['no Slot', drive((d) => d.replace(' Slot: 01', '')), /^error 7 .*not written in the form/],
    ['fifo', drive((d) => `${d} fifo: here\n`), /^error 11 .*does not begin with/],
    ['not ASCII', drive((d) => d.replace('IBM', 'IBM\u00e9')), /^error 8 .*not printable ASCII/],
    [
      'twice',
      drive((d) => `${d} Backoff: 9\n Backoff: 9\n`),
      /^error 12 .*Backoff is given twice for Drive 11, first in line 11/,
    ],
    [
      'no vendor',
      drive((d) => d.replace(' Vendor identification: IBM\n', '')),
      /^error 6 .*Drive 11 has no Vendor identification/,
    ],
    [
      'no library',
      drive((d) => d.replace('ID: 10', 'ID: 20')),
      /^error 7 .*Drive 11 names library 20, which does not exist/,
    ],
    ['orphan', ` Backoff: 400\n${BOTH}`, /^error 1 .*no Library or Drive line/],
    [
      'library 0',
      BOTH.replace('Library: 10', 'Library: 0').replace('ID: 10', 'ID: 0'),
      /^error 1 .*Library is out of range/,
    ],
    [
      'unit twice',
      pair((d) => d.replace('12', '11')),
      /^error 12 .*unit number 11, which Drive 11 \(line 6\) has already/,
    ],
    [
      'address twice',
      pair((d) => d.replace('TARGET: 02', 'TARGET: 01')),
      /^error 12 .*LUN 0:1:0, which Drive 11/,
    ],
    [
      'serial twice',
      pair((d) => `${d.replace('_A2', '_A1')} NAA: 1:1:1:1:1:1:1:1\n`),
      /^error 16 .*Unit serial number XYZZY_A1, which Drive 11 \(line 10\)/,
    ],
    [
      'NAA twice',
      pair((d) => `${d} NAA: 08:59:5a:5a:59:5f:41:31\n`),
      /^error 17 .*58:59:5a:5a:59:5f:41:31, which Drive 11 \(line 6\)/,
    ],
    [
      'two in a slot',
      pair((d) => d.replace('Slot: 02', 'Slot: 01')),
      /^error 13 .*Slot: 1, which Drive 11 \(line 7\)/,
    ],
    ['nothing', '# nothing\n', /^error 0 \[\] there is no Library and no Drive/],
  ];
  for (const [name, text, expected] of cases) {
    const problems = problemsOf(text);
    t.equal(problems.length, 1, `one problem: ${name}`);
    t.match(problems[0], expected, name);
  }
});

t.test('all problems of a file, in its order, with what to do', async (t) => {
  const { problems } = parseDeviceConf(
    drive((d) => `${d.replace('IBM', 'MICROSOFT')} Compresion type: lzo\n LBP RSCRC BE: yes\n`),
    '/etc/mhvtl/device.conf',
  );
  t.same(
    problems.map(({ line }) => line),
    [8, 11, 12],
  );
  t.ok(problems.every(({ file }) => file === '/etc/mhvtl/device.conf'));
  t.match(problems[0]!.remedy, 'Allowed: one word of at most 8 characters.');
  t.match(problems[1]!.remedy, /Did you mean "Compression type"\?.*LBP RSCRC BE/);
  t.match(problems[2]!.remedy, 'Allowed: 0 or 1.');
});
