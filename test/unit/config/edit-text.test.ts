// SPDX-License-Identifier: GPL-2.0-or-later
// Changes of configuration files: what is not concerned stays, comments above all.
import t from 'tap';
import { diff } from '../../../src/config/diff.js';
import {
  withElement,
  withElements,
  withoutElement,
  withoutRecord,
  withRecord,
} from '../../../src/config/edit-text.js';

const conf = `# top
VERSION: 5

# the library
Library: 10 CHANNEL: 00 TARGET: 00 LUN: 00
 Vendor identification: STK
 # inside

# first drive
Drive: 11 CHANNEL: 00 TARGET: 01 LUN: 00
 Library ID: 10 Slot: 01

# second drive
Drive: 012 CHANNEL: 00 TARGET: 02 LUN: 00
 Library ID: 10 Slot: 02
`;

t.test('a record is added behind another', async (t) => {
  const record = ['Drive: 15 CHANNEL: 00 TARGET: 03 LUN: 00', ' Library ID: 10 Slot: 03'];
  t.equal(
    withRecord(conf, record, 11),
    conf.replace('# second', `${record.join('\n')}\n\n# second`),
  );
  t.equal(withRecord(conf, record, 12), `${conf}\n${record.join('\n')}\n`);
  t.equal(withRecord(conf, record), `${conf}\n${record.join('\n')}\n`);
  t.equal(withRecord('', record), `\n\n${record.join('\n')}\n`, 'to an empty file');
});

t.test('a record goes, its neighbours and their comments stay', async (t) => {
  t.equal(withoutRecord(conf, 11), conf.replace(/Drive: 11[\s\S]*?Slot: 01\n\n/, ''));
  t.equal(withoutRecord(conf, 12), conf.replace(/Drive: 012[\s\S]*$/, ''));
  t.equal(withoutRecord(conf, 10), conf.replace(/Library: 10[\s\S]*?# inside\n\n/, ''));
  t.equal(withoutRecord(conf, 99), conf);
});

t.test('adding and removing gives the file back', async (t) => {
  const record = ['Drive: 15 CHANNEL: 00 TARGET: 03 LUN: 00'];
  for (const after of [10, 11, 12, undefined])
    t.equal(
      withoutRecord(withRecord(conf, record, after), 15).trimEnd(),
      conf.trimEnd(),
      `${after}`,
    );
});

const contents = `VERSION: 2
Drive 1:
# shelves
Slot 1: E01001L8
Slot 02: E01002L8
# the last
Slot 4:
`;

t.test('elements', async (t) => {
  t.equal(withElement(contents, 'Slot', 2, undefined), contents.replace('02: E01002L8', '02:'));
  t.equal(
    withElement(contents, 'Slot', 4, 'E01004L8'),
    contents.replace('Slot 4:', 'Slot 4: E01004L8'),
  );
  t.equal(
    withElement(contents, 'Slot', 3, 'E01003L8'),
    contents.replace('# the last', 'Slot 3: E01003L8\n# the last'),
    'in its order',
  );
  t.equal(withElement(contents, 'Slot', 14, undefined), `${contents}Slot 14:\n`, 'not Slot 1');
  t.equal(withElement(contents, 'MAP', 1, undefined), `${contents}MAP 1:\n`);
  t.equal(withoutElement(contents, 'Slot', 2), contents.replace('Slot 02: E01002L8\n', ''));
  t.equal(withoutElement(contents, 'Slot', 1), contents.replace('Slot 1: E01001L8\n', ''));
});

t.test('what changes is shown', async (t) => {
  t.equal(
    diff('f', 'a\nb\nc\nd\ne\nf', 'a\nb\nc\nX\ne\nf'),
    '--- f\n+++ f\n b\n c\n-d\n+X\n e\n f',
  );
  t.equal(diff('f', 'a\nb', 'a\nb'), '');
  const [many, more] = [
    Array.from({ length: 50 }, (_, i) => `${i}`),
    Array.from({ length: 50 }, (_, i) => `${i}`),
  ];
  more[5] = 'five';
  more[40] = 'forty';
  t.match(
    diff('f', many.join('\n'), more.join('\n')),
    /-5\n\+five\n 6\n 7\n \.\.\.\n 38\n 39\n-40\n\+forty/,
  );
});

t.test('many places at once are what they are one by one, and take no longer', async (t) => {
  const few = '# top\nSlot 1: A\n# between\nSlot 2:\n\n# the MAP\nMAP 1:\n';
  const oneByOne = [3, 4, 5].reduce(
    (text, number) => withElement(text, 'Slot', number, undefined),
    few,
  );
  t.equal(withElements(few, 'Slot', [3, 4, 5]), oneByOne);
  const numbers = Array.from({ length: 20_000 }, (_, i) => i + 3);
  const since = performance.now();
  t.equal(withElements(few, 'Slot', numbers).split('\n').length, 8 + 20_000);
  t.ok(performance.now() - since < 2000);
});
