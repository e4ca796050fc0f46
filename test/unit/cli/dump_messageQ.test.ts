// SPDX-License-Identifier: GPL-2.0-or-later
// dump_messageQ on a queue of its own: in a new IPC namespace, which takes root.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import t from 'tap';
import { tool } from '../../support/tool.js';

const dump = tool('dump_messageQ');
const PROGRAM = `${t.testdirName}-dump_messageQ.cjs`;
const namespaces = spawnSync('unshare', ['-i', 'true']).status === 0;

/** Leaves two messages in the queue, as C programs would, and runs the program twice. */
const SCRIPT = `
const { MessageQueue } = require(${JSON.stringify(resolve('build/bin/mhvtl.node'))});
const queue = new MessageQueue(0x4d61726b, true);
const message = (sender, text) => {
  const bytes = Buffer.alloc(8 + text.length + 1);
  bytes.writeBigInt64LE(BigInt(sender), 0);
  bytes.write(text, 8, 'latin1');
  return bytes;
};
queue.send(12, message(10, 'lload E01001L8'));
queue.send(10, message(32768, 'list map '));
queue.close();
for (const option of process.argv.slice(1))
  console.log(require('node:child_process').execFileSync(process.execPath, [${JSON.stringify(PROGRAM)}, ...(option ? [option] : [])], { encoding: 'utf8' }));
`;

t.test('what waits is printed and gone', { skip: !namespaces && 'takes root' }, async (t) => {
  const { stdout, stderr } = spawnSync('unshare', ['-i', process.execPath, '-e', SCRIPT, '', ''], {
    encoding: 'utf8',
  });
  t.equal(stderr, '');
  t.same(stdout.trim().split(/\n+/), [
    'MessNo  RcvID  SndID MessageText',
    '     1     10  32768 list map ',
    '     2     12     10 lload E01001L8',
    'Message queue empty',
  ]);
});

t.test('JSON', { skip: !namespaces && 'takes root' }, async (t) => {
  const { stdout } = spawnSync('unshare', ['-i', process.execPath, '-e', SCRIPT, '--', '--json'], {
    encoding: 'utf8',
  });
  t.same(JSON.parse(stdout), [
    { receiver: 10, sender: 32768, text: 'list map ' },
    { receiver: 12, sender: 10, text: 'lload E01001L8' },
  ]);
});

t.test('usage', async (t) => {
  t.match(dump('--nonsense'), { status: 1, stderr: 'unknown option' });
  t.match(dump('-V'), { status: 0, stdout: 'dump_messageQ: version 9.8.7' });
});
