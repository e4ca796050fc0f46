// SPDX-License-Identifier: GPL-2.0-or-later
// Every mistake in the configuration has its own message, which names the line and says what to do.
import t from 'tap';
import { parseDeviceConf } from '../../../src/config/device-conf.js';
import { parseLibraryContents } from '../../../src/config/library-contents.js';
import { parseMhvtlConf } from '../../../src/config/mhvtl-conf.js';
import type { Problem } from '../../../src/config/problem.js';

const device = `VERSION: 5

Library: 10 CHANNEL: 00 TARGET: 00 LUN: 00
 Vendor identification: STK
 Product identification: L700
 Unit serial number: XYZZY_A
 NAA: 10:22:33:44:ab:00:00:00
 Home directory: /opt/mhvtl
 PERSIST: False

Drive: 11 CHANNEL: 00 TARGET: 01 LUN: 00
 Library ID: 10 Slot: 01
 Vendor identification: IBM
 Product identification: ULT3580-TD8
 Unit serial number: XYZZY_A1
 NAA: 10:22:33:44:ab:00:01:00
 Compression: factor 1 enabled 1
 Compression type: lzo

Drive: 12 CHANNEL: 00 TARGET: 02 LUN: 00
 Library ID: 10 Slot: 02
 Vendor identification: IBM
 Product identification: ULT3580-TD8
 Unit serial number: XYZZY_A2
 NAA: 10:22:33:44:ab:00:02:00
`;
const contents = `VERSION: 2
Drive 1:
Drive 2:
Picker 1:
MAP 1:
Slot 1: E01001L8
Slot 2: E01002L8
Slot 3:
`;
const settings = `MHVTL_HOME_PATH=/opt/mhvtl
CAPACITY=500
VERBOSE=1
`;

type Case = readonly (readonly [before: string, after: string])[];

const inDevice: Case = [
  ['Library: 10 CHANNEL', 'Library: 0 CHANNEL'],
  ['Library: 10 CHANNEL', 'Library: 1024 CHANNEL'],
  ['Library: 10 CHANNEL', 'Library: ten CHANNEL'],
  ['Library: 10 CHANNEL', 'Library 10 CHANNEL'],
  ['Library: 10 CHANNEL', 'library: 10 CHANNEL'],
  ['Library: 10 CHANNEL: 00', 'Library: 10 CHANEL: 00'],
  ['Drive: 11 CHANNEL: 00', 'Drive: 11 CHANNEL: 16'],
  ['TARGET: 01', 'TARGET: 256'],
  ['TARGET: 01', 'TARGET: -1'],
  ['TARGET: 01 LUN: 00', 'TARGET: 01'],
  ['TARGET: 01 LUN: 00', 'TARGET: 01 LUN: 00 more'],
  ['Drive: 11 CHANNEL: 00 TARGET: 01', 'Drive: 12 CHANNEL: 00 TARGET: 01'],
  ['Drive: 11 CHANNEL: 00 TARGET: 01', 'Drive: 10 CHANNEL: 00 TARGET: 01'],
  ['TARGET: 02', 'TARGET: 01'],
  ['TARGET: 02', 'TARGET: 00'],
  ['XYZZY_A2', 'XYZZY_A1'],
  ['XYZZY_A2', 'XYZZY_A'],
  ['XYZZY_A2', 'XYZZY_A2XYZZY_A2X'],
  [' Unit serial number: XYZZY_A2\n', ' Unit serial number:\n'],
  [' Unit serial number: XYZZY_A2\n', ''],
  ['ab:00:02:00', 'ab:00:01:00'],
  ['ab:00:02:00', 'ab:00:02'],
  ['ab:00:02:00', 'ab:00:02:zz'],
  ['10:22:33:44:ab:00:02:00', 'f0:22:33:44:ab:00:01:00'],
  ['Library ID: 10 Slot: 02', 'Library ID: 20 Slot: 02'],
  ['Library ID: 10 Slot: 02', 'Library ID: 10 Slot: 01'],
  ['Library ID: 10 Slot: 02', 'Library ID: 10 Slot: 04'],
  ['Library ID: 10 Slot: 02', 'Library ID: 10 Slot: 0'],
  ['Library ID: 10 Slot: 02', 'Library ID: 10'],
  ['Library ID: 10 Slot: 02', 'Library: 10 Slot: 02'],
  ['Vendor identification: STK', 'Vendor identification: STORAGETEK'],
  ['Vendor identification: STK', 'Vendor identification: Storage Tek'],
  [' Vendor identification: STK\n', ''],
  [' Product identification: L700\n', ''],
  ['Product identification: L700', 'Product identification: A LIBRARY OF SEVEN HUNDRED'],
  ['Product identification: L700', 'Product identification: L7\u00b2'],
  ['Product identification: L700', 'Produkt identification: L700'],
  ['Home directory: /opt/mhvtl', 'Home directory: opt/mhvtl'],
  ['Home directory: /opt/mhvtl', 'Home directory: /opt/my tapes'],
  [' PERSIST: False', ' PERSIST: maybe'],
  [' PERSIST: False', ' PERSIST: False\n PERSIST: True'],
  [' PERSIST: False', ' PERSIST'],
  [' PERSIST: False', ' Compression type: lzo'],
  [' PERSIST: False', ' Backoff: none'],
  [' PERSIST: False', ' commandtimeout: 0'],
  [' PERSIST: False', ' fifo: here'],
  ['Compression: factor 1 enabled 1', 'Compression: factor 10 enabled 1'],
  ['Compression: factor 1 enabled 1', 'Compression: factor 1 enabled yes'],
  ['Compression: factor 1 enabled 1', 'Compression: 6'],
  [' Compression type: lzo\n', ''],
  ['Compression type: lzo', 'Compression type: rar'],
  ['Compression type: lzo', 'Compression type: lzo # fast'],
  ['Compression type: lzo', 'Compression type: lzo\n\n LBP RSCRC BE: 1'],
  ['Compression type: lzo', 'LBP RSCRC BE: 2'],
  ['Compression type: lzo', 'Home directory: /opt/mhvtl'],
  ['Compression type: lzo', 'Density: LTO8'],
  ['VERSION: 5', 'VERSION: 6'],
  ['VERSION: 5', ' Vendor identification: IBM'],
];
const inContents: Case = [
  ['Slot 1: E01001L8', 'Slot 1: E01002L8'],
  ['Slot 1: E01001L8', 'Slot 2: E01001L8'],
  ['Slot 1: E01001L8', 'Slot 0: E01001L8'],
  ['Slot 1: E01001L8', 'Slot 65536: E01001L8'],
  ['Slot 1: E01001L8', 'Slot one: E01001L8'],
  ['Slot 1: E01001L8', 'Slott 1: E01001L8'],
  ['Slot 1: E01001L8', 'Slot 1 E01001L8'],
  ['Slot 1: E01001L8', `Slot 1: ${'E01001L8'.repeat(4)}X`],
  ['Slot 1: E01001L8', 'Slot 1: E01 001L8'],
  ['Slot 1: E01001L8', 'Slot 1: ../etc'],
  ['Slot 1: E01001L8', 'Slot 1: E01001L8 # first'],
  ['Slot 1: E01001L8\n', ''],
  ['MAP 1:', 'MAP 2:'],
  ['Picker 1:\n', ''],
  ['VERSION: 2', 'VERSION: 3'],
];
const inSettings: Case = [
  ['CAPACITY=500', 'CAPACITY=much'],
  ['CAPACITY=500', 'CAPACITY=-1'],
  ['CAPACITY=500', 'CAPACITY=500\nCAPACITY=600'],
  ['CAPACITY=500', 'CAPACTY=500'],
  ['CAPACITY=500', 'CAPACITY 500'],
  ['MHVTL_HOME_PATH=/opt/mhvtl', 'MHVTL_HOME_PATH=opt'],
  ['MHVTL_HOME_PATH=/opt/mhvtl', 'MHVTL_HOME_PATH="/opt'],
  ['MHVTL_HOME_PATH=/opt/mhvtl', 'MHVTL_HOME_PATH=/opt;x'],
  ['VERBOSE=1', 'VERBOSE=10'],
];

const all: readonly (readonly [
  name: string,
  base: string,
  cases: Case,
  problems: (text: string) => readonly Problem[],
])[] = [
  ['device.conf', device, inDevice, (text) => parseDeviceConf(text, 'device.conf').problems],
  [
    'library_contents',
    contents,
    inContents,
    (text) => parseLibraryContents(text, 'library_contents.10').problems,
  ],
  ['mhvtl.conf', settings, inSettings, (text) => parseMhvtlConf(text, 'mhvtl.conf').problems],
];

t.test('there are enough', async (t) => {
  t.ok(inDevice.length + inContents.length + inSettings.length >= 60);
});

for (const [name, base, cases, problems] of all)
  t.test(name, async (t) => {
    t.same(problems(base), [], 'the base is right');
    const seen = new Map<string, string>();
    for (const [before, after] of cases) {
      t.ok(base.includes(before), `"${before}" is in the base`);
      const found = problems(base.replace(before, after));
      const label = JSON.stringify(after);
      t.ok(found.length > 0, `${label} is noticed`);
      for (const { message, remedy, line, text } of found) {
        t.ok(message.length > 10 && remedy.length > 10, `${label} is explained`);
        t.ok(line === 0 || text.length > 0, `${label}: the line is shown`);
      }
      const whole = found.map(({ line, text, message }) => `${line} ${text} ${message}`).join('\n');
      t.equal(seen.get(whole), undefined, `${label} has a message of its own`);
      seen.set(whole, after);
    }
  });
