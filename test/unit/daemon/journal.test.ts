// SPDX-License-Identifier: GPL-2.0-or-later
// Entries for the journal, byte for byte as its protocol has them; what is logged of commands.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { CommandLog } from '../../../src/daemon/command-log.js';
import { isJournal, journalEntry, toJournal } from '../../../src/daemon/journal.js';
import type { About, Log } from '../../../src/daemon/log.js';
import { observed } from '../../../src/daemon/observed-router.js';
import { Faults } from '../../../src/faults/faults.js';
import { faultyRouter, faultyUnit } from '../../../src/faults/faulty-router.js';
import { faultyCartridge } from '../../../src/faults/faulty-volume.js';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import { read6, rig, write6 } from '../../support/drive.js';
import { send } from '../../support/initiator.js';

t.test('one line, several lines, nothing', async (t) => {
  const entry = journalEntry({ MESSAGE: 'a é', PRIORITY: 3, MHVTL_BARCODE: undefined, X: 'b\nc' });
  t.same(
    entry,
    Buffer.concat([
      Buffer.from('MESSAGE=a é\nPRIORITY=3\nX\n'),
      // The length of the value: 64 bits, little-endian.
      Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from('b\nc\n'),
    ]),
  );
});

t.test('a long value arrives whole; without a journal the caller is told', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mhvtl-journal-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const socket = join(folder, 'socket');
  t.equal(toJournal({ MESSAGE: 'nobody' }, socket), false);
  const program = `import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1])
print('ready', flush=True)
sys.stdout.buffer.write(s.recv(1 << 20))`;
  const journal = spawn('python3', ['-c', program, socket]);
  t.teardown(() => void journal.kill());
  const heard: Buffer[] = [];
  journal.stdout.on('data', (chunk: Buffer) => heard.push(chunk));
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const message = `${'long '.repeat(10_000)}\nand a second line`;
  t.equal(toJournal({ MESSAGE: message, PRIORITY: 6 }, socket), true);
  await new Promise((resolve) => journal.once('close', resolve));
  const bytes = Buffer.concat(heard).subarray('ready\n'.length);
  t.equal(bytes.readBigUInt64LE('MESSAGE\n'.length), BigInt(message.length));
  t.equal(bytes.subarray(16, 16 + message.length).toString(), message);
  t.equal(bytes.subarray(-'PRIORITY=6\n'.length).toString(), 'PRIORITY=6\n');
  t.equal(toJournal({ MESSAGE: 'x'.repeat(4 << 20) }, socket), false, 'too long, or nobody there');
});

t.test('whether standard error is the journal', async (t) => {
  const fd = openSync('/dev/null', 'r');
  t.teardown(() => closeSync(fd));
  const { dev, ino } = fstatSync(fd);
  t.equal(isJournal(`${dev}:${ino}`, fd), true);
  t.equal(isJournal('1:2', fd), false, 'the variable is left over from a parent');
  t.equal(isJournal(undefined, fd), false);
});

t.test('commands in the log', async (t) => {
  const { unit, drive } = await rig();
  const entries: (readonly [text: string, about: About | undefined])[] = [];
  const note = (text: string, about?: About): void => void entries.push([text, about]);
  const log: Log = { error: note, warning: note, notice: note, info: note, debug: note };
  const verbosity = { level: 0 };
  const faults = new Faults('drive');
  const commands = new CommandLog(drive, log, verbosity, () => drive.barcode);
  const router = observed(faultyRouter(unit, faults, faultyUnit(drive, unit)), [commands]);
  const type = cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!;
  const volume = new MemoryVolume({ barcode: 'E01001L8', type, capacity: 1 << 30 });
  await send(router, '00 00 00 00 00 00');
  await drive.insert(faultyCartridge({ barcode: 'E01001L8', open: () => volume }, faults));
  await send(router, '00 00 00 00 00 00');
  await send(router, write6(64), { dataOut: new Uint8Array(64) });
  await send(router, '01 00 00 00 00 00');
  t.same(entries, [], 'what concerns the initiator alone is not logged');
  faults.add(['medium-error', 'block=0']);
  await send(router, read6(64));
  t.match(entries, [
    [
      /^READ\(6\), CHECK CONDITION, 3\/11\/00, E01001L8, [0-9.]+ ms$/,
      {
        barcode: 'E01001L8',
        command: 'READ(6)',
        cdb: '08 00 00 00 40 00',
        sense: '3/11/00',
        status: 'CHECK CONDITION',
      },
    ],
  ]);
  entries.length = 0;
  verbosity.level = 3;
  await send(router, '01 00 00 00 00 00');
  t.match(entries, [
    [/^REWIND, GOOD, E01001L8, [0-9.]+ ms$/, { command: 'REWIND', status: 'GOOD' }],
  ]);
});
