// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive answers its library and an administrator: texts as they lie in the queue.
import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { Administration } from '../../../src/daemon/administration.js';
import { driveHandlers } from '../../../src/daemon/drive-administration.js';
import { DriveLoading } from '../../../src/daemon/drive-loading.js';
import { DriveMessages } from '../../../src/daemon/drive-messages.js';
import { Latency } from '../../../src/daemon/latency.js';
import type { Log } from '../../../src/daemon/log.js';
import { Trace } from '../../../src/daemon/trace.js';
import { Faults } from '../../../src/faults/faults.js';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import type { CartridgeSource } from '../../../src/ssc/cartridge-source.js';
import { rig } from '../../support/drive.js';

const library = 10;
const vtlcmd = 32768;

async function drive() {
  const made = await rig();
  const sent: [receiver: number, text: string][] = [];
  const logged: string[] = [];
  const note = (text: string): void => void logged.push(text);
  const log: Log = { error: note, warning: note, notice: note, info: note, debug: () => {} };
  const state = { stopped: false };
  const find = (barcode: string): CartridgeSource | undefined => {
    const type = cartridgeTypes.find(({ mktapeName }) => barcode.endsWith(mktapeName.slice(-1)));
    return barcode.startsWith('E') && type
      ? { barcode, open: () => new MemoryVolume({ barcode, type, capacity: 1 << 30 }) }
      : undefined;
  };
  const verbosity = { level: 1 };
  const loading = new DriveLoading(made.drive, find, log);
  const handlers = driveHandlers({
    ...made,
    number: 11,
    place: { library, slot: 1 },
    loading,
    verbosity,
    faults: new Faults('drive'),
    trace: new Trace(made.drive),
    latency: new Latency(),
    stop: () => {
      state.stopped = true;
    },
    log,
  });
  const messages = new DriveMessages({
    drive: made.drive,
    unit: made.unit,
    library,
    loading,
    administration: new Administration('drive', handlers, log),
    send: (receiver, text) => sent.push([receiver, text]),
    log,
  });
  /** Delivers a message and waits until the drive has dealt with it. */
  const say = async (text: string, sender = library): Promise<void> => {
    messages.receive({
      sender,
      text,
      reply: (answer) => sent.push([sender, answer]),
      repeat: () => {},
    });
    await made.unit.inOrder(async () => {});
    await nextTurn();
  };
  return { ...made, verbosity, say, sent, logged, state, messages };
}

t.test('a library loads and unloads', async (t) => {
  const { say, sent, drive: tape } = await drive();
  await say('Register');
  await say('mount_state');
  await say('lload E01001L8');
  t.equal(tape.barcode, 'E01001L8');
  await say('mount_state');
  await say('lload E01002L8');
  await say('unload E01001L8        ');
  await say('set_empty');
  t.same(sent, [
    [library, 'Not occupied'],
    [library, 'Loaded OK: E01001L8'],
    [library, 'occupied E01001L8'],
    [library, 'Load failed: E01002L8 - occupied'],
    [library, 'Unloaded OK'],
    [library, 'Unloaded OK'],
  ]);
});

t.test('why a load fails', async (t) => {
  const { say, sent, logged, drive: tape } = await drive();
  await say('lload X01001L8');
  await say('lload E01001L1');
  t.same(sent, [
    [library, 'Load failed: X01001L8 - no such cartridge'],
    [library, 'Load failed: E01001L1 - incompatible medium'],
  ]);
  t.match(logged.join('\n'), /mktape/, 'the log says what to do');
  t.equal(tape.barcode, undefined);
});

t.test('a cartridge an initiator holds is not let go', async (t) => {
  const { say, sent, run, drive: tape } = await drive();
  await say('lload E01001L8');
  await run('00 00 00 00 00 00');
  await run('1e 00 00 00 01 00');
  await say('unload E01001L8');
  t.same(sent.at(-1), [library, 'Unload failed: E01001L8 - removal prevented']);
  t.equal(tape.barcode, 'E01001L8');
});

t.test('the library hears of an eject once it has registered', async (t) => {
  const { say, sent, messages } = await drive();
  messages.ejected();
  t.same(sent, []);
  await say('Register');
  messages.ejected();
  t.same(sent, [[library, 'eject']]);
});

t.test('vtlcmd reads no answer to load and unload', async (t) => {
  const { say, sent, state, drive: tape } = await drive();
  await say('load E01001L8 ', vtlcmd);
  t.equal(tape.barcode, 'E01001L8');
  await say('unload E01001L8 ', vtlcmd);
  t.equal(tape.barcode, undefined);
  await say('exit ', vtlcmd);
  t.ok(state.stopped);
  t.same(sent, []);
});

t.test('what is no command changes nothing and is logged', async (t) => {
  const { say, sent, logged, state } = await drive();
  for (const text of ['', 'lload', 'load', 'load A B', 'exit now', 'Loaded OK: E01001L8'])
    await say(text);
  t.same(sent, []);
  t.notOk(state.stopped);
  t.equal(logged.length, 6);
});

t.test('a process that asks from an address of its own is told how it went', async (t) => {
  const { say, sent, drive: tape, verbosity } = await drive();
  const process = 32768 + 4711;
  await say('load E01001L8 ', process);
  await say('load E01002L8 ', process);
  await say('TapeAlert 80000 ', process);
  await say('tapealert xyz ', process);
  await say('log 7 ', process);
  await say('list map ', process);
  t.same(
    sent.map(([, text]) => text),
    [
      'done OK',
      'refused load E01002L8 failed: drive holds cartridge E01001L8',
      'done OK',
      'refused xyz is no hexadecimal number',
      'done log level 7',
      'refused list map is no command for a drive',
    ],
  );
  t.ok(tape.alerts.isSet(0x14));
  t.equal(verbosity.level, 7);
});

t.test('the state is told as JSON that fits a message', async (t) => {
  const { say, sent } = await drive();
  const process = 32768 + 1;
  await say('load E01001L8 ', process);
  await say('status ', process);
  const text = sent.at(-1)![1];
  t.match(text, /^done \{/);
  t.ok(text.length < 1000);
  t.match(JSON.parse(text.slice('done '.length)), {
    unit: 11,
    state: 'loaded',
    barcode: 'E01001L8',
    density: 'LTO8',
    position: 0,
  });
});

t.test('delays and append-only mode', async (t) => {
  const { say, sent, drive: tape } = await drive();
  const process = 32768 + 1;
  await say('delay load 7 ', process);
  await say('delay rewind 31 ', process);
  t.equal(tape.mechanics.extraSeconds.load, 7);
  await say('delay load 0 ', process);
  t.equal(tape.mechanics.takesTime('load'), false);
  await say('Append Only Yes ', process);
  t.equal(tape.appendOnly, true);
  await say('append only no ', process);
  t.equal(tape.appendOnly, false);
  t.same(
    sent.map(([, text]) => text),
    ['done OK', 'refused 31 is not a number from 0 to 30', 'done OK', 'done OK', 'done OK'],
  );
});

t.test('compression of another kind, or none', async (t) => {
  const { say, drive: tape } = await drive();
  await say('compression zstd ', vtlcmd);
  t.same(tape.compressor, { type: 'zstd', level: 1 });
  await say('compression none ', vtlcmd);
  t.equal(tape.compressor, undefined);
  await say('compression LZO ', vtlcmd);
  t.same(tape.compressor, { type: 'lzo', level: 1 });
  await say('compression bzip2 ', vtlcmd);
  t.same(tape.compressor, { type: 'lzo', level: 1 }, 'what is none of them changes nothing');
});
