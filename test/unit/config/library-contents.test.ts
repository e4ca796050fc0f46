// SPDX-License-Identifier: GPL-2.0-or-later
// library_contents: elements, gaps and what is refused.
import t from 'tap';
import { parseLibraryContents } from '../../../src/config/library-contents.js';

const parse = (text: string) => parseLibraryContents(text, 'library_contents.10');
const problemsOf = (text: string) =>
  parse(text).problems.map(({ severity, line, message }) => `${severity} ${line} ${message}`);

t.test('elements', async (t) => {
  const { value, problems } = parse(
    'VERSION: 2\r\n\r\n# x\r\nDrive 1: XYZZY_A1\r\nDrive 2:\r\n\r\nPicker 1:\r\nMAP 1:\r\nMAP 2: E01003L8\r\nSlot 02:  E01001L8        \r\nSlot 1: E01002L8\r\n',
  );
  t.same(problems, []);
  t.same(value, {
    Drive: [
      { number: 1, content: 'XYZZY_A1' },
      { number: 2, content: undefined },
    ],
    Picker: [{ number: 1, content: undefined }],
    MAP: [
      { number: 1, content: undefined },
      { number: 2, content: 'E01003L8' },
    ],
    Slot: [
      { number: 1, content: 'E01002L8' },
      { number: 2, content: 'E01001L8' },
    ],
  });
  t.throws(() => Object.assign(value.Slot[0]!, { content: 'x' }), TypeError, 'immutable');
});

t.test('gaps: slots and drives are made, MAP and Picker are not', async (t) => {
  const text = 'Picker 1:\nDrive 2:\nMAP 1:\nMAP 3:\nSlot 1:\nSlot 4: A\nSlot 6:\n';
  const { value } = parse(text);
  t.same(
    value.Drive.map(({ number }) => number),
    [1, 2],
  );
  t.same(
    value.MAP.map(({ number }) => number),
    [1, 3],
  );
  t.same(
    value.Slot.map(({ content }) => content),
    [undefined, undefined, undefined, 'A', undefined, undefined],
  );
  t.match(problemsOf(text), [
    /^warning 0 there is no line for Drive 1$/,
    /^warning 0 there is no line for MAP 2$/,
    /^warning 0 there is no line for Slot 2-3, 5$/,
  ]);
});

t.test('what is said about mistakes', async (t) => {
  const cases: readonly [string, string, RegExp][] = [
    ['unknown', 'Picker 1:\nShelf 1: A\n', /^error 2 this is not an element$/],
    ['misspelt', 'Picker 1:\nSlots 1: A\n', /^error 2 this is not an element$/],
    ['case', 'Picker 1:\nslot 1: A\n', /^error 2 this is not an element$/],
    ['no colon', 'Picker 1:\nSlot 1 A\n', /^error 2 this is not an element$/],
    ['no number', 'Picker 1:\nSlot :\n', /^error 2 the number of this Slot has no value$/],
    ['zero', 'Picker 1:\nSlot 0:\n', /^error 2 the number of this Slot is out of range$/],
    ['too large', 'Picker 1:\nSlot 65536:\n', /^error 2 .*out of range$/],
    [
      'twice',
      'Picker 1:\nSlot 1:\nSlot 1: A\n',
      /^error 3 Slot 1 is given twice, first in line 2$/,
    ],
    [
      'long',
      `Picker 1:\nSlot 1: ${'A'.repeat(33)}\n`,
      /^error 2 the barcode is 33 characters long, 1 too many$/,
    ],
    [
      'junk',
      'Picker 1:\nSlot 1: A B\n',
      /^error 2 the barcode holds more than one word: "B" is too much$/,
    ],
    ['a path', 'Picker 1:\nSlot 1: ../A\n', /^error 2 the barcode holds a character/],
    ['a dot', 'Picker 1:\nSlot 1: ..\n', /^error 2 the barcode holds a character/],
    ['a comment', 'Picker 1:\nSlot 1: #\n', /^error 2 the barcode holds a character/],
    [
      'duplicate',
      'Picker 1:\nMAP 1: A0001L8\nSlot 1: A0001L8\n',
      /^error 3 the barcode A0001L8 is also in MAP 1 \(line 2\)$/,
    ],
    ['no arm', 'Slot 1:\n', /^warning 0 there is no Picker$/],
    ['version', 'VERSION: x\nPicker 1:\n', /^warning 1 this version/],
  ];
  for (const [name, text, expected] of cases) {
    const problems = problemsOf(text);
    t.equal(problems.length, 1, `one problem: ${name}`);
    t.match(problems[0], expected, name);
  }
  t.match(parse('Slots 1:\nPicker 1:\n').problems[0]!.remedy, 'Did you mean "Slot"?');
  t.equal(problemsOf(`Picker 1:\nSlot 1: ${'A'.repeat(32)}\n`).length, 0, '32 characters fit');
});
