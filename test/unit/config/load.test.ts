// SPDX-License-Identifier: GPL-2.0-or-later
// Whole configuration directories, among them the shipped one.
import { cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { mediumFromBarcode } from '../../../src/config/barcode.js';
import { loadConfiguration } from '../../../src/config/load.js';
import { ConfigurationError, type Problem } from '../../../src/config/problem.js';

const SHIPPED = 'etc/mhvtl';
const DOC = 'test/lab/configs/doc';
const BROKEN = 'test/unit/config/fixtures/broken';

function problemsFrom(directory: string): readonly Problem[] {
  try {
    return loadConfiguration(directory).warnings;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

t.test('the shipped configuration has the identities of the reference', async (t) => {
  const { libraries, drives, contents, settings, warnings } = loadConfiguration(SHIPPED);
  t.same(warnings, []);
  t.match(settings, { homePath: '/opt/mhvtl', capacity: 500, verbose: 1, kernelDebug: 0 });
  t.same(
    [...libraries, ...drives].map(({ unit, address: a, vendor, product, revision, serial }) =>
      [unit, `${a.channel}:${a.target}:${a.lun}`, vendor, product, revision, serial].join(' '),
    ),
    [
      '10 0:0:0 STK L700 0108 XYZZY_A',
      '30 0:8:0 STK L80 0108 XYZZY_B',
      '11 0:1:0 IBM ULT3580-TD8 2160 XYZZY_A1',
      '12 0:2:0 IBM ULT3580-TD8 2160 XYZZY_A2',
      '13 0:3:0 IBM ULT3580-TD6 2160 XYZZY_A3',
      '14 0:4:0 IBM ULT3580-TD6 2160 XYZZY_A4',
      '31 0:9:0 STK T10000B 550V XYZZY_B1',
      '32 0:10:0 STK T10000B 550V XYZZY_B2',
      '33 0:11:0 STK T10000B 550V XYZZY_B3',
      '34 0:12:0 STK T10000B 550V XYZZY_B4',
    ],
  );
  t.equal(drives[0]!.NAA, 0x5022_3344_ab00_0100n);
  t.equal(drives[5]!.NAA, 0x5022_3344_ab00_1000n);
  t.match(drives[0]!.compression, { type: 'lzo', factor: 1, enabled: true });
  const slots = contents.get(10)!.Slot.map(({ content }) => content);
  t.equal(slots.length, 39);
  t.same(
    [slots[0], slots[19], slots[20], slots[21], slots[22]],
    ['E01001L8', 'E01020L8', undefined, 'CLN101L8', 'CLN102L6'],
  );
  t.same([slots[28], slots[29], slots[38]], [undefined, 'F01030L6', 'F01039L6']);
  t.same(
    [contents.get(10)!.Drive.length, contents.get(10)!.Picker.length, contents.get(10)!.MAP.length],
    [4, 1, 4],
  );
  t.equal(contents.get(30)!.Slot.length, 40);
  t.equal(contents.get(30)!.Slot[39]!.content, 'CLN303TA');
});

t.test('the lab configuration of the documentation', async (t) => {
  const { drives, contents, warnings } = loadConfiguration(DOC);
  t.same(warnings, []);
  t.same(
    drives.map(({ product }) => product),
    ['SDX-900V', 'SDLT600', 'ULT3580-TD3', 'ULT3580-TD8'],
  );
  const densities = new Set(
    contents
      .get(10)!
      .Slot.flatMap(({ content }) => (content ? [mediumFromBarcode(content)?.density] : [])),
  );
  t.same([...densities], ['AIT4', 'SDLT600', 'LTO3', 'LTO8']);
});

t.test('an error carries the problems of every file', async (t) => {
  t.throws(() => loadConfiguration(BROKEN), ConfigurationError);
  t.same(
    problemsFrom(BROKEN).map(({ file, line }) => `${file}:${line}`),
    [
      `${BROKEN}/mhvtl.conf:1`,
      `${BROKEN}/device.conf:7`,
      `${BROKEN}/device.conf:10`,
      `${BROKEN}/library_contents.10:3`,
    ],
  );
  try {
    loadConfiguration(BROKEN);
  } catch (error) {
    t.match(
      (error as Error).message,
      `4 errors in the configuration:
${BROKEN}/mhvtl.conf:1: error: CAPACITY is "lots", not a decimal number
    CAPACITY=lots
  Allowed: a number from 0 to 100000000.
`,
    );
  }
});

t.test('missing and superfluous files', async (t) => {
  const nowhere = problemsFrom(join(t.testdir(), 'nowhere'));
  t.equal(nowhere.length, 1);
  t.match(nowhere, [{ line: 0, message: 'the file does not exist', remedy: /device\.conf\(5\)/ }]);
  const conf = readFileSync(`${DOC}/device.conf`, 'utf8');
  const directory = t.testdir({ 'device.conf': conf, 'library_contents.20': '' });
  t.equal(problemsFrom(directory).length, 2);
  t.match(problemsFrom(directory), [
    { severity: 'error', file: /library_contents\.10$/, message: 'the file does not exist' },
    { severity: 'warning', file: /library_contents\.20$/, message: 'no library reads this file' },
  ]);
});

t.test('MHVTL_CONFIG_PATH names the directory of the other files', async (t) => {
  const directory = t.testdir();
  cpSync(DOC, join(directory, 'other'), { recursive: true });
  writeFileSync(
    join(directory, 'mhvtl.conf'),
    `MHVTL_CONFIG_PATH=${directory}/other\nCAPACITY=9\n`,
  );
  const { directory: place, settings, drives } = loadConfiguration(directory);
  t.equal(place, join(directory, 'other'));
  t.equal(settings.capacity, 9);
  t.equal(drives.length, 4);
});

t.test('device.conf decides about the drives', async (t) => {
  const directory = t.testdir();
  cpSync(DOC, directory, { recursive: true });
  const write = (text: string) => writeFileSync(join(directory, 'library_contents.10'), text);
  write('Picker 1:\nDrive 1: OTHER\nDrive 2:\nDrive 3:\nDrive 4:\nDrive 5:\nDrive 6:\n');
  t.same(
    problemsFrom(directory).map(({ message }) => message),
    [
      'device.conf has no drive for Drive 5-6',
      'Drive 1 has the serial number OTHER here and XYZZY_A1 in device.conf',
    ],
  );
  write('Picker 1:\nDrive 1:\n');
  t.equal(problemsFrom(directory).length, 1);
  t.match(problemsFrom(directory), [{ message: /1 Drive lines, but .* drive slot 4/ }]);
});

t.test('the inventory a library kept', async (t) => {
  const directory = join(t.testdir(), 'conf');
  mkdirSync(directory);
  cpSync(DOC, directory, { recursive: true });
  const base = join(directory, 'library_contents.10');
  const drives = 'Drive 1:\nDrive 2:\nDrive 3:\nDrive 4:\n\n';
  writeFileSync(`${base}.persist`, `${drives}Picker 1: \n\nSlot 1: KEPT01L8        \n`);
  const first = () => loadConfiguration(directory).contents.get(10)!.Slot[0]!.content;
  t.equal(first(), 'D00001X4', 'not without PERSIST');
  const conf = join(directory, 'device.conf');
  writeFileSync(conf, readFileSync(conf, 'utf8').replace('PERSIST: False', 'PERSIST: True'));
  utimesSync(base, 1000, 1000);
  t.equal(first(), 'KEPT01L8');
  utimesSync(base, 4e9, 4e9);
  t.equal(first(), 'D00001X4', 'not when the other file was edited since');
});
