// SPDX-License-Identifier: GPL-2.0-or-later
// tapeexerciser without a drive; test/system/tape-tools.sh is what it does with one.
import t from 'tap';
import { tool } from '../../support/tool.js';

const exercise = tool('tapeexerciser');

t.test('no device: status 255', async (t) => {
  const { status, stdout, stderr } = exercise('-f /dev/nst-there-is-none');
  t.same({ status, stdout }, { status: 255, stdout: '' });
  t.match(stderr, 'tapeexerciser: ENOENT');
});

t.test('something else than a tape: status 2', async (t) => {
  const file = `${t.testdir({ file: '' })}/file`;
  const { status, stderr } = exercise(`-f ${file}`);
  t.equal(status, 2);
  t.match(stderr, 'Inappropriate ioctl');
});

t.test('usage', async (t) => {
  t.match(exercise(''), { status: 1, stderr: 'required option' });
  t.match(exercise('-h'), { status: 0, stdout: 'Usage: tapeexerciser' });
});
