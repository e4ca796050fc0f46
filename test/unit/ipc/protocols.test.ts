// SPDX-License-Identifier: GPL-2.0-or-later
// The words between library and drive, as seen on the reference's queue, and what is none of them.
import t from 'tap';
import {
  type DriveCommand,
  type DriveReply,
  ejected,
  loadedReply,
  loadFailedReply,
  mountStateReply,
  parseDriveCommand,
  parseDriveReply,
  started,
  toDrive,
  unloadedReply,
  unloadFailedReply,
} from '../../../src/ipc/drive-protocol.js';

t.test('what a library says', async (t) => {
  t.same(Object.values(toDrive), ['Register', 'mount_state', 'lload ', 'unload ', 'set_empty']);
  t.equal(ejected, 'eject');
  t.equal(started, 'started');
  const seen: [string, DriveCommand][] = [
    ['Register', { verb: 'register' }],
    ['mount_state', { verb: 'mountState' }],
    ['lload E01001L8', { verb: 'load', barcode: 'E01001L8' }],
    ['unload E01001L8        ', { verb: 'unload', barcode: 'E01001L8' }],
    ['set_empty', { verb: 'setEmpty' }],
  ];
  for (const [text, command] of seen) {
    t.same(parseDriveCommand(text), command);
    t.same(parseDriveCommand(`${text} `), command, 'vtlcmd ends its texts with a blank');
  }
});

t.test('what no library says', async (t) => {
  for (const text of [
    ...['', ' ', 'register', 'Register 11', 'mount_states', 'mount', 'lload', 'lload ', 'unload'],
    ...['lload A B', 'lloadA', 'load A', ' set_empty', 'exit', 'lload\tA', 'set_empty\n-'],
  ])
    t.equal(parseDriveCommand(text), undefined, JSON.stringify(text));
});

t.test('what drives of mhvtl 1.8 answer', async (t) => {
  const seen: [string, DriveReply][] = [
    ['Not occupied', { kind: 'not occupied' }],
    ['occupied', { kind: 'occupied', holds: undefined, ejected: false }],
    ['Loaded OK: E01001L8', { kind: 'loaded', barcode: 'E01001L8' }],
    ['Load failed: E01001L8', { kind: 'load failed', reason: undefined }],
    [
      'Load failed - E01002L8 is already in mouth of drive',
      { kind: 'load failed', reason: 'occupied' },
    ],
    ['Unloaded OK', { kind: 'unloaded' }],
  ];
  for (const [text, reply] of seen) t.same(parseDriveReply(text), reply, text);
});

t.test('what our drives answer begins as the libraries of mhvtl 1.8 expect', async (t) => {
  const said: [string, string, DriveReply][] = [
    [mountStateReply(undefined), 'Not occupied', { kind: 'not occupied' }],
    [
      mountStateReply('E01001L8'),
      'occupied',
      { kind: 'occupied', holds: 'E01001L8', ejected: false },
    ],
    [
      mountStateReply('E01001L8', false),
      'occupied',
      { kind: 'occupied', holds: 'E01001L8', ejected: true },
    ],
    [loadedReply('E01001L8'), 'Loaded OK', { kind: 'loaded', barcode: 'E01001L8' }],
    [
      loadFailedReply('E01001L8', 'unreadable'),
      'Load failed: E01001L8',
      { kind: 'load failed', reason: 'unreadable' },
    ],
    [unloadedReply, 'Unloaded OK', { kind: 'unloaded' }],
    [
      unloadFailedReply('E01001L8', 'removal prevented'),
      'Unload failed',
      { kind: 'unload failed', reason: 'removal prevented' },
    ],
  ];
  for (const [text, start, reply] of said) {
    t.ok(text.startsWith(start), text);
    t.same(parseDriveReply(text), reply, text);
  }
});

t.test('what no drive answers', async (t) => {
  for (const text of ['', 'Occupied', 'occupiedX', 'not occupied', 'Loaded', 'Unloaded', 'eject'])
    t.equal(parseDriveReply(text), undefined, JSON.stringify(text));
});
