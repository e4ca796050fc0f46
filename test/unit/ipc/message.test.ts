// SPDX-License-Identifier: GPL-2.0-or-later
// The wire format of messages, against sizes seen on the reference's queue, and hostile input.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import {
  decodeMessage,
  encodeMessage,
  MESSAGE_LIMIT,
  TEXT_LIMIT,
  VTLCMD_ADDRESS,
} from '../../../src/ipc/message.js';

t.test('the bytes of a daemon: eight surplus zeros', async (t) => {
  const bytes = encodeMessage({ sender: 10, text: 'Register' });
  t.equal(bytes.length, 25);
  t.equal(hex(bytes), '0a 00 00 00 00 00 00 00 52 65 67 69 73 74 65 72 00 00 00 00 00 00 00 00 00');
  t.equal(encodeMessage({ sender: 11, text: 'Unloaded OK' }).length, 28);
});

t.test('the bytes of vtlcmd: no surplus', async (t) => {
  const bytes = encodeMessage({ sender: VTLCMD_ADDRESS, text: 'list map ' });
  t.equal(bytes.length, 18);
  t.equal(hex(bytes), '00 80 00 00 00 00 00 00 6c 69 73 74 20 6d 61 70 20 00');
});

t.test('the longest text just fits the receivers', async (t) => {
  const text = 'x'.repeat(TEXT_LIMIT);
  t.equal(TEXT_LIMIT, 1023);
  t.equal(encodeMessage({ sender: 10, text }).length, MESSAGE_LIMIT);
  t.throws(() => encodeMessage({ sender: 10, text: `${text}x` }), /1024 characters/);
});

t.test('texts that cannot be sent', async (t) => {
  t.throws(() => encodeMessage({ sender: 10, text: 'a\0b' }), /ASCII/);
  t.throws(() => encodeMessage({ sender: 10, text: 'load Ä' }), /ASCII/);
});

t.test('reads what it is sent', async (t) => {
  const decode = (text: string): unknown => decodeMessage(unhex(text));
  t.same(decode('0b 00 00 00 00 00 00 00 65 6a 65 63 74 00'), { sender: 11, text: 'eject' });
  t.same(decode('0b 00 00 00 00 00 00 00 65 6a 00 63 74 00'), { sender: 11, text: 'ej' });
  t.same(decode('0b 00 00 00 00 00 00 00 65 6a'), { sender: 11, text: 'ej' }, 'not terminated');
  t.same(decode('0b 00 00 00 00 00 00 00'), { sender: 11, text: '' }, 'no text at all');
  t.same(decode('0b 00 00 00 00 00 00 00 ff e4 00'), { sender: 11, text: 'ÿä' }, 'not ASCII');
});

t.test('a process has an address of its own', async (t) => {
  t.same(decodeMessage(unhex('01 80 00 00 00 00 00 00 61 00')), { sender: 32769, text: 'a' });
  t.same(decodeMessage(unhex('00 80 40 00 00 00 00 00 61 00')), {
    sender: 32768 + 4194304,
    text: 'a',
  });
});

t.test('has no sender', async (t) => {
  t.equal(decodeMessage(new Uint8Array(0)), undefined);
  t.equal(decodeMessage(new Uint8Array(7)), undefined);
  t.equal(decodeMessage(unhex('00 00 00 00 00 00 00 00 61 00')), undefined, 'nobody is 0');
  t.equal(decodeMessage(unhex('ff ff ff ff ff ff ff ff 61 00')), undefined, 'negative');
  t.equal(decodeMessage(unhex('01 80 40 00 00 00 00 00 61 00')), undefined, 'above any process');
});
