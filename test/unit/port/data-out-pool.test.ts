// SPDX-License-Identifier: GPL-2.0-or-later
// The data-out buffers: page-aligned memory of the addon, limited, and given back when idle.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { DataOutPool } from '../../../src/port/data-out-pool.js';

const MiB = 1 << 20;

/** Anonymous memory of this process in bytes. */
const resident = (): number =>
  Number(readFileSync('/proc/self/status', 'latin1').match(/^RssAnon:\s+(\d+)/m)![1]) * 1024;

t.test('a buffer is used by one task at a time, and there is a limit', async (t) => {
  const pool = new DataOutPool(MiB, 2);
  const first = pool.take()!;
  const second = pool.take()!;
  t.not(first, second);
  t.equal(first.length, MiB);
  t.equal(pool.take(), null);
  pool.give(first, 0);
  t.equal(pool.take(), first);
});

t.test('large buffers cost no memory before use, and none when the unit is idle', async (t) => {
  const pool = new DataOutPool(64 * MiB, 1);
  const before = resident();
  const buffer = pool.take()!;
  t.ok(resident() - before < 16 * MiB, 'untouched');
  buffer.fill(1);
  t.ok(resident() - before > 48 * MiB, 'touched');
  pool.give(buffer, buffer.length);
  await sleep(1100);
  pool.give(pool.take()!, buffer.length);
  t.ok(resident() - before > 48 * MiB, 'in use now and then');
  await sleep(2500);
  t.ok(resident() - before < 16 * MiB, 'idle');
  t.equal(buffer[0], 1, 'the small part stays');
  pool.close();
});
