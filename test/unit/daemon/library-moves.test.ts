// SPDX-License-Identifier: GPL-2.0-or-later
// What goes with a move: the movecommand, and the pipe that tells every state.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { linesFor } from '../../../src/daemon/library-states.js';
import type { Log } from '../../../src/daemon/log.js';
import { runMoveCommand } from '../../../src/daemon/move-command.js';
import { ctime, StateFifo } from '../../../src/daemon/state-fifo.js';
import type { DataTransferElement, StorageElement } from '../../../src/smc/element.js';
import { MoveForbidden } from '../../../src/smc/surroundings.js';

const from: StorageElement = { type: 'storage', address: 0x3ec, number: 5, cartridge: undefined };
const to: DataTransferElement = {
  ...{ type: 'data transfer', address: 0x1f5, number: 2, cartridge: undefined },
  ...{ drive: undefined, ejected: false },
};
const cartridge = {
  ...{ barcode: 'E01005$(touch)', mediumType: 'data' as const },
  sourceStorageElement: undefined,
};
const transfers = [{ cartridge, from, to }];

const directory = (t: Test): string => {
  const path = mkdtempSync(join(tmpdir(), 'mhvtl-'));
  t.teardown(() => rmSync(path, { recursive: true }));
  return path;
};

t.test('movecommand', async (t) => {
  const home = directory(t);
  const script = join(home, 'script');
  const write = (body: string): void => {
    writeFileSync(script, `#!/bin/sh\n${body}\n`);
    chmodSync(script, 0o755);
  };
  write(`printf '%s|' "$@" >${home}/words`);
  await runMoveCommand(`${script} --quiet`, 5, transfers);
  t.equal(readFileSync(`${home}/words`, 'utf8'), '--quiet|Storage|5|Drive|2|E01005$(touch)|');
  write('echo the door is locked >&2; exit 3');
  await t.rejects(runMoveCommand(script, 5, transfers), {
    constructor: MoveForbidden,
    message: `E01005$(touch) was not moved: ${script} said no: the door is locked`,
  });
  write('exec sleep 60');
  const started = performance.now();
  await t.rejects(runMoveCommand(script, 1, transfers), /did not end in 1 seconds/);
  t.ok(performance.now() - started < 20_000);
  await t.rejects(runMoveCommand(join(home, 'absent'), 5, transfers), /said no: spawn .* ENOENT/);
});

t.test('the words for states', async (t) => {
  t.same(linesFor({ what: 'moving', transfers }), [
    'Moving E01005$(touch) from Storage slot 5 to drive 2',
  ]);
  t.same(linesFor({ what: 'opening MAP' }), ['Opening MAP']);
  t.same(linesFor({ what: 'initialising elements' }), ['Initialise Elements']);
});

t.test('the pipe', async (t) => {
  const home = directory(t);
  const path = join(home, 'fifo');
  const told: string[] = [];
  const log = { warning: (line: string) => void told.push(line) } as unknown as Log;
  const fifo = StateFifo.open(path, 10, log)!;
  const when = new Date(2026, 8, 6, 8, 49, 7);
  t.equal(ctime(when), 'Sun Sep  6 08:49:07 2026');
  fifo.tell('Online', when);
  fifo.tell('Idle', when);
  const read = execFileSync('sh', ['-c', `head -n 2 <${path}`], { encoding: 'utf8' });
  t.equal(read, 'Sun Sep  6 08:49:07 2026 - 10: - Online\nSun Sep  6 08:49:07 2026 - 10: - Idle\n');
  for (let i = 0; i < 10_000; i++) fifo.tell('nobody reads this');
  t.pass('a full pipe makes nobody wait');
  fifo.close();
  t.notOk(existsSync(path), 'it goes with the daemon');
  writeFileSync(path, 'a file');
  t.equal(StateFifo.open(path, 10, log), undefined);
  t.match(told, [/no named pipe/]);
  rmSync(path);
  const elsewhere = join(home, 'elsewhere');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, path);
  t.equal(StateFifo.open(path, 10, log), undefined, 'nor a link to a file');
  t.equal(readFileSync(elsewhere, 'utf8'), 'precious');
  t.equal(StateFifo.open(undefined, 10, log), undefined);
  rmSync(path);
  const gone = StateFifo.open(path, 10, log)!;
  rmSync(path);
  gone.close();
  t.pass('one that somebody has removed');
});
