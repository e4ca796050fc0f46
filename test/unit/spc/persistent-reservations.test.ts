// SPDX-License-Identifier: GPL-2.0-or-later
// Persistent reservations between three initiators, byte by byte (SPC-5 5.14, 6.16, 6.17).
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { VolatileState } from '../../../src/spc/environment.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const conflict = 0x18;
const type = { WE: 1, EA: 3, 'WE-RO': 5, 'EA-RO': 6, 'WE-AR': 7, 'EA-AR': 8 } as const;
type Type = keyof typeof type;
const key = (value: number) => value.toString(16).padStart(16, '0');
const testUnitReady = '00 00 00 00 00 00';
const rewind = '01 00 00 00 00 00';
const writeFilemark = '10 00 00 00 01 00';

/** A drive with a cartridge and three initiators that have heard of it. */
async function initiators(state = new VolatileState()) {
  const { run, insert, bugs, drive } = await rig(undefined, state);
  for (const nexus of [1, 2]) await run(testUnitReady, { nexus });
  await insert();
  for (const nexus of [1, 2]) await run(testUnitReady, { nexus });
  const out = (nexus: number, action: number, kind: Type | 0, list: string) => {
    const length = unhex(list).length.toString(16).padStart(2, '0');
    const cdb = `5f 0${action} 0${kind && type[kind]} 00 00 00 00 00 ${length} 00`;
    return run(cdb, { nexus, dataOut: unhex(list) });
  };
  const keys = (old: number, next: number, flags = '00') =>
    `${key(old)} ${key(next)} 00000000 ${flags} 000000`;
  const read = async (action: number) =>
    hex((await run(`5e 0${action} 00 00 00 00 00 ff ff 00`)).dataIn);
  return {
    run,
    bugs,
    drive,
    read,
    out,
    keys,
    register: (nexus: number, next: number, flags = '00') => out(nexus, 0, 0, keys(0, next, flags)),
    reserve: (nexus: number, own: number, kind: Type) => out(nexus, 1, kind, keys(own, 0)),
    sense: async (nexus: number, cdb = testUnitReady) => senseOf(await run(cdb, { nexus })),
    status: async (nexus: number, cdb: string) => (await run(cdb, { nexus })).status,
  };
}

t.test('what PERSISTENT RESERVE IN says', async (t) => {
  const { read, register, reserve } = await initiators();
  t.equal(await read(0), '00 00 00 00 00 00 00 00');
  t.equal(await read(1), '00 00 00 00 00 00 00 00');
  t.equal(await read(2), '00 08 1d b0 ea 01 00 00', 'capabilities');
  await register(0, 0xa);
  await register(1, 0xb, '04');
  t.equal(await read(0), '00 00 00 02 00 00 00 10 00 00 00 00 00 00 00 0a 00 00 00 00 00 00 00 0b');
  await reserve(1, 0xb, 'EA-RO');
  t.equal(
    await read(1),
    '00 00 00 02 00 00 00 10 00 00 00 00 00 00 00 0b 00 00 00 00 00 06 00 00',
    'RESERVE does not count',
  );
  t.equal(
    await read(3),
    [
      '00 00 00 02 00 00 00 60',
      '00 00 00 00 00 00 00 0a 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 18',
      '06 00 00 00 30 6d 68 76 74 6c 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      '00 00 00 00 00 00 00 0b 00 00 00 00 03 06 00 00 00 00 00 00 00 00 00 18',
      '06 00 00 00 30 6d 68 76 74 6c 00 01 00 00 00 00 00 00 00 00 00 00 00 00',
    ].join(' '),
    'full status',
  );
});

t.test('registering', async (t) => {
  const { out, keys, register, read } = await initiators();
  t.equal((await out(0, 0, 0, keys(0xbad, 0xa))).status, conflict, 'no key to replace');
  t.equal((await out(0, 0, 0, keys(0, 0))).status, 0, 'nothing for nothing');
  t.equal(await read(0), '00 00 00 00 00 00 00 00', 'does not count either');
  await register(0, 0xa);
  t.equal((await register(0, 0xb)).status, conflict, 'the old key must be named');
  t.equal((await out(0, 0, 0, keys(0xa, 0xb))).status, 0, 'a new key');
  t.equal((await out(0, 6, 0, keys(0xbad, 0xc))).status, 0, 'the old key ignored');
  t.match(await read(0), /^00 00 00 03 00 00 00 08 .* 0c$/);
  t.equal((await out(0, 0, 0, keys(0xc, 0))).status, 0);
  t.equal(await read(0), '00 00 00 04 00 00 00 00', 'unregistered');
  t.equal(senseOf(await out(0, 0, 0, `${keys(0, 1)} 00`)), '5/1a/00', 'a list of 25 bytes');
  t.equal(senseOf(await out(0, 0, 0, key(0))), '5/1a/00', 'a list of 8 bytes');
});

t.test('SPEC_I_PT registers others too', async (t) => {
  const { out, keys, read, status } = await initiators();
  const id = (port: string) => `06000000 306d6876746c ${port} 000000000000000000000000`;
  const named = (ids: string) =>
    `${keys(0, 0xa, '08')} ${unhex(ids).length.toString(16).padStart(8, '0')} ${ids}`;
  const foreign = await out(0, 0, 0, named('0600000050000000000000010000000000000000 00000000'));
  t.equal(senseOf(foreign), '5/26/00');
  t.equal(fieldPointerOf(foreign), 'data 28');
  t.equal(await read(0), '00 00 00 00 00 00 00 00', 'nobody was registered');
  t.equal((await out(0, 0, 0, named(id('0002')))).status, 0);
  t.match(await read(0), /00 00 00 10 .* 0a .* 0a$/);
  t.equal((await out(2, 1, 'WE-RO', keys(0xa, 0))).status, 0, 'the other may reserve');
  t.equal(await status(1, writeFilemark), conflict);
  const twice = await out(0, 0, 0, `${keys(0xa, 0xb, '08')} 00000000`);
  t.equal(senseOf(twice), '5/24/00', 'only with a first registration');
  t.equal(senseOf(await out(0, 6, 0, `${keys(0xa, 0xb, '08')} 00000000`)), '5/26/00');
});

t.test('which commands each type lets through', async (t) => {
  const reads = ['08 00 00 00 00 00', '34 00 00 00 00 00 00 00 00 00', '1a 00 3f 00 ff 00', rewind];
  const writes = [writeFilemark, '0a 00 00 00 00 00', '15 10 00 00 00 00', '1e 00 00 00 01 00'];
  const always = [
    testUnitReady,
    '12 00 00 00 24 00',
    '03 00 00 00 12 00',
    '05 00 00 00 00 00',
    '4d 00 40 00 00 00 00 00 ff 00',
    '1e 00 00 00 00 00',
    '5e 00 00 00 00 00 00 00 08 00',
  ];
  for (const kind of Object.keys(type) as Type[])
    await t.test(kind, async (t) => {
      const { register, reserve, status } = await initiators();
      await register(0, 0xa);
      await register(1, 0xb);
      t.equal((await reserve(0, 0xa, kind)).status, 0);
      const blocked = async (nexus: number, cdbs: string[]) => {
        const all = await Promise.all(cdbs.map((cdb) => status(nexus, cdb)));
        return all.filter((each) => each === conflict).length;
      };
      const shared = kind.includes('R');
      t.equal(await blocked(0, [...always, ...reads, ...writes]), 0, 'holder');
      t.equal(
        await blocked(1, [...always, ...reads]),
        shared || kind === 'WE' ? 0 : 4,
        'registered: reads',
      );
      t.equal(await blocked(1, writes), shared ? 0 : 4, 'registered: writes');
      t.equal(await blocked(2, reads), kind.startsWith('WE') ? 0 : 4, 'stranger: reads');
      t.equal(await blocked(2, writes), 4, 'stranger: writes');
      t.equal(await blocked(2, always), 0, 'stranger: always');
    });
});

t.test('reserving and releasing', async (t) => {
  const { out, keys, register, reserve, read, sense } = await initiators();
  t.equal((await reserve(0, 0xa, 'WE')).status, conflict, 'not registered');
  await register(0, 0xa);
  await register(1, 0xb);
  t.equal((await reserve(0, 0xbad, 'WE')).status, conflict, 'a wrong key');
  t.equal(senseOf(await out(0, 1, 0, keys(0xa, 0))), '5/24/00', 'no such type');
  await reserve(0, 0xa, 'WE-RO');
  t.equal((await reserve(0, 0xa, 'WE-RO')).status, 0, 'again');
  t.equal((await reserve(0, 0xa, 'WE')).status, conflict, 'another type');
  t.equal((await reserve(1, 0xb, 'WE-RO')).status, conflict, 'another nexus');
  t.equal((await out(1, 2, 'WE-RO', keys(0xb, 0))).status, 0, 'released by who holds nothing');
  t.match(await read(1), / 05 00 00$/, 'changes nothing');
  t.equal(senseOf(await out(0, 2, 'WE', keys(0xa, 0))), '5/26/04', 'released as another type');
  t.equal((await out(0, 2, 'WE-RO', keys(0xa, 0))).status, 0);
  t.equal(await read(1), '00 00 00 02 00 00 00 00');
  t.equal(await sense(1), '6/2a/04', 'RESERVATIONS RELEASED');
  t.equal(await sense(0), 'none');
  t.equal(await sense(2), 'none', 'who is not registered does not care');
});

t.test('the holder unregisters', async (t) => {
  const { out, keys, register, reserve, read, sense } = await initiators();
  await register(0, 0xa);
  await register(1, 0xb);
  await reserve(0, 0xa, 'EA-AR');
  await out(0, 0, 0, keys(0xa, 0));
  t.match(
    await read(1),
    /^00 00 00 03 00 00 00 10 00 00 00 00 00 00 00 00 .* 08 00 00$/,
    'one is left',
  );
  await out(1, 0, 0, keys(0xb, 0));
  t.equal(await read(1), '00 00 00 04 00 00 00 00', 'the last one takes it along');
  t.equal(await sense(0), 'none');
});

t.test('preempting', async (t) => {
  const { out, keys, register, reserve, read, sense, status, run } = await initiators();
  await register(0, 0xa);
  await register(1, 0xb);
  await register(2, 0xc);
  await reserve(1, 0xb, 'EA');
  t.equal((await out(0, 4, 'EA', keys(0xa, 0xdead))).status, conflict, 'nobody has that key');
  t.equal(senseOf(await out(0, 4, 'EA', keys(0xa, 0))), '5/26/00', 'zero is no key');
  await run('1e 00 00 00 01 00', { nexus: 1 });
  t.equal((await out(0, 4, 'WE', keys(0xa, 0xb))).status, 0);
  t.match(await read(1), /^00 00 00 04 00 00 00 10 00 00 00 00 00 00 00 0a .* 01 00 00$/);
  t.equal(await status(1, writeFilemark), conflict, 'before the unit attention');
  t.equal(await sense(1), '6/2a/05', 'REGISTRATIONS PREEMPTED');
  t.equal(await sense(2), '6/2a/04', 'the type changed: RESERVATIONS RELEASED');
  t.equal((await run('1b 00 00 00 00 00')).status, 0, 'its prevention of removal is gone');
});

t.test('PREEMPT AND ABORT takes commands that wait', async (t) => {
  const { out, keys, register, run } = await initiators();
  await register(0, 0xa);
  await register(1, 0xb);
  const running = run(writeFilemark);
  const preempting = out(0, 5, 'WE', keys(0xa, 0xb));
  const waiting = run(writeFilemark, { nexus: 1 });
  t.equal((await running).status, 0);
  t.equal((await preempting).status, 0);
  t.equal((await waiting).status, 0x40, 'TASK ABORTED');
});

t.test('CLEAR, and RESERVE beside registrations', async (t) => {
  const { out, keys, register, reserve, read, sense, status } = await initiators();
  await register(0, 0xa);
  await register(1, 0xb);
  const reserve6 = '16 00 00 00 00 00';
  t.equal(await status(2, reserve6), conflict, 'registrations without a reservation');
  await reserve(0, 0xa, 'WE-RO');
  t.equal(await status(1, reserve6), 0, 'who has access is told GOOD');
  t.equal(await status(2, reserve6), conflict);
  t.equal(await status(1, '17 00 00 00 00 00'), 0);
  t.match(await read(1), / 05 00 00$/, 'and nothing changes');
  t.equal((await out(1, 3, 0, keys(0xb, 0))).status, 0);
  t.equal(await sense(0), '6/2a/03', 'RESERVATIONS PREEMPTED');
  t.equal(await read(0), '00 00 00 03 00 00 00 00');
  t.equal(await status(2, reserve6), 0);
  t.equal(
    await status(2, '5e 00 00 00 00 00 00 00 08 00'),
    conflict,
    'RESERVE excludes, its holder too',
  );
  t.equal((await register(0, 0xa)).status, conflict);
});

t.test('REGISTER AND MOVE', async (t) => {
  const { out, register, reserve, read, bugs } = await initiators();
  const list = (port: string, target: string, flags = '00') =>
    `${key(0xa)} ${key(0xb)} 00 ${flags} ${port} 00000018 06000000 306d6876746c ${target} 000000000000000000000000`;
  await register(0, 0xa);
  t.equal((await out(0, 7, 0, list('0001', '0001'))).status, conflict, 'holds nothing');
  await reserve(0, 0xa, 'EA');
  t.equal(fieldPointerOf(await out(0, 7, 0, list('0002', '0001'))), 'data 18');
  t.equal(fieldPointerOf(await out(0, 7, 0, list('0001', '0000'))), 'data 24', 'itself');
  t.equal((await out(0, 7, 0, list('0001', '0001', '02'))).status, 0);
  t.match(await read(1), /00 00 00 10 00 00 00 00 00 00 00 0b .* 03 00 00$/);
  t.match(await read(0), /^00 00 00 02 00 00 00 08 /, 'UNREG: the first is no longer registered');
  t.same(bugs, []);
});

t.test('APTPL', async (t) => {
  const state = new VolatileState();
  const before = await initiators(state);
  await before.register(0, 0xa, '01');
  await before.out(1, 0, 0, before.keys(0, 0xb, '01'));
  await before.reserve(1, 0xb, 'WE-AR');
  t.equal((await before.read(2)).slice(9, 11), 'b1', 'PTPL_A');
  const after = await initiators(state);
  t.equal(await after.status(2, writeFilemark), conflict, 'after a restart');
  t.match(
    await after.read(1),
    /^00 00 00 00 00 00 00 10 .* 07 00 00$/,
    'the generation starts anew',
  );
  t.match(await after.read(0), /0a .* 0b$/);
  await after.out(0, 6, 0, after.keys(0, 0xc));
  const last = await initiators(state);
  t.equal(await last.read(0), '00 00 00 00 00 00 00 00', 'without APTPL nothing is kept');
});

t.test(
  'who loses the reservation by unregistering or moving it loses its key: CKORL',
  async (t) => {
    const { register, reserve, out, keys, drive } = await initiators();
    const lost: number[] = [];
    drive.reservationLost = (nexus, preempted) => lost.push(preempted ? -1 : nexus);
    await register(0, 0xa);
    await reserve(0, 0xa, 'EA');
    await out(0, 0, 0, keys(0xa, 0));
    t.same(lost, [0], 'unregistered');
    await register(0, 0xa);
    await reserve(0, 0xa, 'EA');
    const to = '06 00 00 00 30 6d 68 76 74 6c 00 01 00 00 00 00 00 00 00 00 00 00 00 00';
    await out(0, 7, 'EA', `${key(0xa)} ${key(0xb)} 00 00 00 01 00 00 00 18 ${to}`);
    t.same(lost, [0, 0], 'moved');
  },
);
