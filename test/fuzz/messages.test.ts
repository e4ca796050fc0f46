// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever lies in the message queue: a drive and a library answer it or not, and fail nowhere.
import t from 'tap';
import type { Administration } from '../../src/daemon/administration.js';
import { DriveMessages } from '../../src/daemon/drive-messages.js';
import { handleLibraryMessage } from '../../src/daemon/library-messages.js';
import { parseDriveReply } from '../../src/ipc/drive-protocol.js';
import { decodeMessage, encodeMessage } from '../../src/ipc/message.js';
import { understand, WORDS } from '../../src/ipc/words.js';
import { drive11 } from '../dbus/drive.js';
import { SEED, TIMES } from './effort.js';
import { fuzz } from './guided.js';
import { mutatedBytes } from './mutate.js';

/** Examples of everything that is said. */
const texts = [
  ...WORDS.map(({ text }) => text).filter((text) => text !== 'exit'),
  ...[
    'Register',
    'mount_state',
    'lload E01001L8',
    'unload E01001L8',
    'set_empty',
    'eject',
    'started',
  ],
  ...['occupied E01001L8 - ejected', 'Loaded OK: E01001L8', 'Unload failed: X - removal prevented'],
  ...['faults add unreadable blocks=1..5 count=3', 'TapeAlert 8000000000000000', 'trace 3'],
  ...[
    'log 3',
    'delay load 1',
    'compression zstd',
    'append only yes',
    'load ../../../etc',
    'load E01001L8',
  ],
];
const seeds = texts.flatMap((text) =>
  [10, 32768, 32768 + 77].map((sender) => Buffer.from(encodeMessage({ sender, text }))),
);

t.setTimeout(0);
t.test(`a drive, SEED=${SEED}`, async (t) => {
  const { parts, administration, drive, unit, logged, bugs } = await drive11(() => {});
  const { loading, log } = parts;
  const send = (): void => {};
  const messages = new DriveMessages({
    ...{ drive, unit, library: 10, loading, administration, send, log },
  });
  const run = async (bytes: Buffer): Promise<void> => {
    const message = decodeMessage(bytes);
    if (!message) return;
    understand(message.text.split(/\s+/));
    messages.receive({ ...message, reply() {}, repeat() {} });
    await unit.inOrder(async () => {});
    const wrong = logged
      .splice(0)
      .find((line) => /\b(Type|Range|Syntax|Reference)Error\b/.test(line));
    if (wrong || bugs.length > 0) throw new Error(wrong ?? String(bugs[0]));
  };
  const target = { seeds, mutate: mutatedBytes, run };
  const { failure, corpus } = await fuzz(target, { seed: SEED, steps: 400 * TIMES });
  t.equal(failure, undefined);
  t.comment(`${corpus.length} inputs reached something new`);
});

t.test('a library', async (t) => {
  const log = { error() {}, warning() {}, notice() {}, info() {}, debug() {} };
  const administration = { receive() {} } as unknown as Administration<'library'>;
  const actions = { driveEjected: () => false, driveStarted: () => true };
  const run = (bytes: Buffer): void => {
    const message = decodeMessage(bytes);
    if (!message) return;
    parseDriveReply(message.text);
    handleLibraryMessage({ ...message, reply() {}, repeat() {} }, actions, administration, log);
  };
  const target = { seeds, mutate: mutatedBytes, run };
  const { failure } = await fuzz(target, { seed: SEED, steps: 400 * TIMES });
  t.equal(failure, undefined);
});
