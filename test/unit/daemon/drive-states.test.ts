// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive says through its pipe: the words of mhvtl 1.8, each once, when they are true.
import t from 'tap';
import { DriveLoading } from '../../../src/daemon/drive-loading.js';
import { DriveStates } from '../../../src/daemon/drive-states.js';
import type { Log } from '../../../src/daemon/log.js';
import { observed } from '../../../src/daemon/observed-router.js';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import type { Use } from '../../../src/medium/volume.js';
import { rig } from '../../support/drive.js';
import { send } from '../../support/initiator.js';

const silent: Log = {
  ...{ error: () => {}, warning: () => {}, notice: () => {} },
  ...{ info: () => {}, debug: () => {} },
};

async function drive() {
  const made = await rig();
  const lines: string[] = [];
  const states = new DriveStates(made.drive, (line) => lines.push(line));
  const type = cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!;
  const find = (barcode: string) => {
    const use = { W: 'WORM', C: 'cleaning', N: 'NULL' }[barcode[0]!] as Use | undefined;
    if (barcode.startsWith('X')) return undefined;
    return {
      barcode,
      open: () => new MemoryVolume({ barcode, type, capacity: 1 << 30, use: use ?? 'data' }),
    };
  };
  const loading = new DriveLoading(made.drive, find, silent, states);
  const unit = observed(made.unit, [states]);
  const run = async (cdb: string): Promise<void> => {
    await send(unit, cdb, { dataOut: new Uint8Array(4) });
  };
  const said = (): string[] => lines.splice(0);
  return { states, loading, run, said };
}

t.test('a load, the work, the unload', async (t) => {
  const { states, loading, run, said } = await drive();
  states.initialising();
  states.settled();
  t.same(said(), ['Initialising v2', 'Idle']);
  await loading.load('E01001L8');
  t.same(said(), ['Loading', 'Loaded']);
  await run('00 00 00 00 00 00');
  for (const cdb of ['0a 00 000004 00', '0a 00 000004 00', '10 00 000001 00', '01 00 00 00 00 00'])
    await run(cdb);
  t.same(said(), ['Writing', 'Rewinding'], 'a state is told once');
  for (const cdb of ['08 00 000004 00', '11 00 000001 00', '2b 00 00 00000000 00 00 00'])
    await run(cdb);
  t.same(said(), ['Reading', 'Positioning', 'Locate']);
  await run('1b 00 00 00 00 00');
  t.same(said(), ['Unloading', 'Idle']);
  await run('01 00 00 00 00 00');
  t.same(said(), [], 'without a tape nothing moves');
  await run('1b 00 00 00 01 00');
  t.same(said(), ['Loading', 'Loaded'], 'the cartridge was still in the mouth');
  await loading.unload();
  t.same(said(), ['Unloading', 'Idle']);
});

t.test('cartridges of other kinds', async (t) => {
  const { loading, said } = await drive();
  await loading.load('W01001L8');
  t.same(said(), ['Loading', 'Loading WORM media', 'Loaded']);
  await loading.unload();
  await loading.load('N01001L8');
  t.same(said(), ['Unloading', 'Idle', 'Loading', 'Loading NULL media', 'Loaded']);
  await loading.unload();
  said();
  await loading.load('X01001L8');
  t.same(said(), ['Loading', 'Load failed']);
});
