// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge is open once: among processes, among hosts with and without locks, and after its holder died.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../../src/medium/file-volume.js';
import { CartridgeLock, findHolder } from '../../../../src/medium/lock/cartridge-lock.js';
import { type Holder, holderBytes, thisProcess } from '../../../../src/medium/lock/holder.js';
import { type LockStore, systemLocks } from '../../../../src/medium/lock/lock-store.js';
import { systemCalls } from '../../../../src/medium/store-calls.js';
import { newCartridge, thrownBy } from '../../../fixtures/media/cartridges.js';
import { bundled } from '../../../support/program.js';

/** A server whose locks reach all hosts. */
const server: LockStore = { ...systemLocks, isLocal: () => false, wait() {} };
/** A file system several hosts have, and that has no locks. */
const lockless: LockStore = { ...server, lock: () => 'none', isLocked: () => false };

const SOMEBODY = 'vtltape@31';
const elsewhere = (changes: Partial<Holder> = {}): Holder => ({
  ...thisProcess(SOMEBODY),
  host: 'tape2',
  machine: 'b0b',
  boot: 'another',
  pid: 4711,
  ...changes,
});

/** Leaves a record as if `holder` had renewed it so many seconds ago. */
function leave(directory: string, holder: Holder, seconds = 0): void {
  const path = `${directory}/lock`;
  fs.writeFileSync(path, holderBytes(holder));
  const then = Date.now() / 1000 - seconds;
  fs.utimesSync(path, then, then);
}

const PROGRAM = bundled('test/unit/medium/lock/holder-process.ts', t.testdir({}));

/** A process that has the cartridge open. */
async function holderOf(t: Test, directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

const superuser = process.getuid?.() === 0;
const asRoot = { skip: superuser ? false : 'what root must not do only root can try' };

t.test('root follows no link in place of the lock file', asRoot, async (t) => {
  const home = t.testdir({ victim: 'mine' });
  const directory = newCartridge(home);
  fs.symlinkSync(`${home}/victim`, `${directory}/lock`);
  t.match((await thrownBy(() => openCartridge(directory))).message, `${directory}/lock`);
  t.equal(fs.readFileSync(`${home}/victim`, 'utf8'), 'mine');
});

t.test('a pipe in place of the lock file keeps nobody waiting', async (t) => {
  const directory = newCartridge(t.testdir({}));
  spawnSync('mkfifo', [`${directory}/lock`]);
  t.match((await thrownBy(() => openCartridge(directory))).message, 'no regular file');
  t.throws(() => findHolder(directory), /E01001L8\/lock: it is no regular file/);
});

t.test('two processes', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const child = await holderOf(t, directory);
  const { fault, message } = await thrownBy(() => openCartridge(directory));
  t.equal(fault, 'in use');
  t.match(message, `${directory} is in use by vtltape@12 (process ${child.pid}) since 20`);
  t.match(message, 'unload it there first: vtlcmd 12 unload');
  t.equal(findHolder(directory)?.description, `vtltape@12 (process ${child.pid})`);
  const looked = openCartridge(directory, { readOnly: true });
  t.equal(looked.endOfData(0), 0, 'looking is allowed');
  await looked.close();

  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  t.notOk(fs.existsSync(`${directory}/lock`), 'nothing is left of it');
  t.equal(findHolder(directory), undefined);
  await openCartridge(directory).close();
});

t.test('a holder that is killed', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const child = await holderOf(t, directory);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  t.ok(fs.existsSync(`${directory}/lock`));
  t.equal(findHolder(directory), undefined, 'nobody has it');
  const volume = openCartridge(directory, { holder: 'vtltape@11' });
  t.match(JSON.parse(fs.readFileSync(`${directory}/lock`, 'utf8')), {
    name: 'vtltape@11',
    pid: process.pid,
  });
  await volume.close();
});

t.test('many processes at once: one gets it', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, [PROGRAM, directory], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  t.teardown(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const outcomes = await Promise.all(
    children.map((child) =>
      Promise.race([
        once(child.stdout!, 'data').then(() => 'open'),
        once(child, 'exit').then(([status]) => status),
      ]),
    ),
  );
  t.same(outcomes.filter((outcome) => outcome === 'open').length, 1);
  t.same(outcomes.filter((outcome) => outcome === 1).length, 5);
});

t.test('records that say nothing', async (t) => {
  for (const content of ['', '{', '{"name":"vtltape@12"}', 'null', '\0'.repeat(500)]) {
    const directory = newCartridge(t.testdir({}));
    fs.writeFileSync(`${directory}/lock`, content);
    await openCartridge(directory).close();
  }
  t.end();
});

t.test('a local disk: whatever record is there, the lock of the kernel decides', async (t) => {
  const directory = newCartridge(t.testdir({}));
  leave(directory, elsewhere());
  t.equal(findHolder(directory), undefined, 'the record came with a copy, or the disk was moved');
  await openCartridge(directory).close();
});

t.test('a tool of the superuser beside daemons that are not', asRoot, async (t) => {
  const directory = newCartridge(t.testdir({}));
  fs.chownSync(directory, 12345, 54321);
  fs.chmodSync(directory, 0o750);
  const lock = CartridgeLock.acquire(directory, 'edit_tape');
  const { uid, gid, mode } = fs.statSync(`${directory}/lock`);
  t.same({ uid, gid, mode: mode & 0o777 }, { uid: 12345, gid: 54321, mode: 0o640 });
  lock.release();
});

t.test('a disk that is full', async (t) => {
  const directory = newCartridge(t.testdir({}));
  t.capture(fs, 'writeSync', () => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  });
  const lock = CartridgeLock.acquire(directory, 'vtltape@11');
  const { message } = await thrownBy(() => CartridgeLock.acquire(directory, 'vtltape@12'));
  t.match(message, 'is in use by another program: wait', 'locked all the same');
  lock.release();
});

for (const [what, store] of Object.entries({ 'with locks': server, 'without locks': lockless })) {
  const acquire = (directory: string, name = 'vtltape@11'): CartridgeLock =>
    CartridgeLock.acquire(directory, name, store);

  t.test(`a store of several hosts ${what}`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    const lock = acquire(directory);
    const again = await thrownBy(() => acquire(directory, 'edit_tape'));
    t.equal(again.fault, 'in use');
    t.match(again.message, `vtltape@11 (process ${process.pid})`);
    lock.release();
    acquire(directory).release();
    t.same(
      fs.readdirSync(directory).filter((name) => name.startsWith('lock')),
      [],
      'nothing is left',
    );
  });

  t.test(`${what}: another host has it`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    leave(directory, elsewhere(), 20);
    const { fault, message } = await thrownBy(() => acquire(directory));
    t.equal(fault, 'in use');
    t.match(message, 'vtltape@31 (process 4711) on host tape2 since 20');
    t.match(message, /heard of (19|20|21) s ago; when that is more than 60 s, it counts as dead/);
    t.match(findHolder(directory, store)?.description, 'on host tape2');
    leave(directory, elsewhere(), 61);
    t.equal(findHolder(directory, store), undefined);
    acquire(directory).release();
  });

  t.test(`${what}: this host had it before it was started again`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    leave(directory, { ...thisProcess(SOMEBODY), boot: 'earlier' });
    acquire(directory).release();
    t.pass('no waiting after a power cut');
  });

  t.test(`${what}: a process of this host that is no more`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    leave(directory, { ...thisProcess(SOMEBODY), pid: 2 ** 22 + 1 });
    acquire(directory).release();
    t.pass('no waiting after a crash');
  });

  t.test(`${what}: somebody took it while the holder stood still`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    const lock = acquire(directory);
    const calls = lock.guard(systemCalls);
    const later = Date.now() + 31_000;
    t.capture(Date, 'now', () => later);
    lock.assertHeld();
    t.pass('nobody did');
    const rival = elsewhere();
    leave(directory, rival);
    t.capture(Date, 'now', () => later + 31_000);
    t.match((await thrownBy(() => lock.assertHeld())).message, 'on host tape2');
    const { fault } = await thrownBy(() => calls.replace(directory, 'mam', new Uint8Array()));
    t.equal(fault, 'in use', 'nothing is written');
    lock.release();
    t.equal(findHolder(directory, store)?.holder?.token, rival.token, 'nor taken away from it');
  });
}

t.test('two hosts find a dead one, and both take its place', async (t) => {
  const directory = newCartridge(t.testdir({}));
  leave(directory, elsewhere(), 100);
  const rival = elsewhere({ host: 'tape3', name: 'vtltape@41' });
  const racing: LockStore = { ...lockless, wait: () => leave(directory, rival) };
  const { fault, message } = await thrownBy(() =>
    CartridgeLock.acquire(directory, 'vtltape@11', racing),
  );
  t.equal(fault, 'in use');
  t.match(message, 'vtltape@41 (process 4711) on host tape3');
});

t.test('a container: process numbers are its own', async (t) => {
  const directory = newCartridge(t.testdir({}));
  leave(directory, { ...thisProcess(SOMEBODY), pid: 2 ** 22 + 1, pids: 'pid:[1]' });
  const { fault } = await thrownBy(() => CartridgeLock.acquire(directory, 'vtltape@11', lockless));
  t.equal(fault, 'in use', 'that there is no such process here says nothing');
});
