// SPDX-License-Identifier: GPL-2.0-or-later
// Saved mode pages and LOG SELECT (SPC-5 6.8, 6.13, 7.5), on a product with one page of each kind.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { bit, u16 } from '../../../src/bytes/layout.js';
import { ibmLto4 } from '../../../src/personality/lto/ibm-4.js';
import { type DeviceState, VolatileState } from '../../../src/spc/environment.js';
import { counter, type LogPage } from '../../../src/spc/log-page.js';
import { modePage } from '../../../src/spc/mode-page.js';
import { controlPage } from '../../../src/spc/mode-pages/control.js';
import { sequentialAccessDevicePage } from '../../../src/ssc/log-pages/sequential-access-device.js';
import type { TapeDrive } from '../../../src/ssc/tape-drive.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const savedPage = modePage<TapeDrive>()({
  code: 0x3e,
  subpage: 0x01,
  name: 'Vendor',
  ref: 'vendor specific',
  size: 8,
  saveable: true,
  fields: { ON: bit(4, 0), limit: u16(6) },
  defaults: { limit: 7 },
  changeable: ['ON', 'limit'],
});

const count = { value: 5, other: 6 };
const counters: LogPage<TapeDrive> = {
  code: 0x30,
  name: 'Counters',
  ref: 'vendor specific',
  parameters: () => [counter(1, 2, count.value), counter(2, 2, count.other)],
  reset() {
    count.value = 0;
    count.other = 0;
  },
  select: (_, code, value) =>
    code === 1 && value.length === 2
      ? () => {
          count.value = value[0]! * 256 + value[1]!;
        }
      : undefined,
};

const start = (state: DeviceState = new VolatileState()) =>
  rig(
    {
      ...ibmLto4,
      modePages: [controlPage, savedPage],
      logPages: [sequentialAccessDevicePage, counters],
    },
    state,
  );

t.test('SP keeps what was set, PC 3 shows it', async (t) => {
  const state = new VolatileState();
  const { run, unit } = await start(state);
  const page = async (PC: string) => hex((await run(`1a 08 ${PC}e 01 ff 00`)).dataIn.subarray(4));
  t.equal(await page('3'), 'fe 01 00 04 00 00 00 07', 'PS');
  t.equal(await page('f'), 'fe 01 00 04 00 00 00 07', 'the default, until something is saved');
  const select = (SP: number, ON: string) =>
    run(`15 1${SP} 00 00 0c 00`, { dataOut: unhex(`00 00 10 00 7e 01 00 04 ${ON} 00 00 09`) });
  t.equal((await select(1, '01')).status, 0);
  t.equal((await select(0, '00')).status, 0);
  t.equal(await page('3'), 'fe 01 00 04 00 00 00 09', 'current');
  t.equal(await page('f'), 'fe 01 00 04 01 00 00 09', 'saved');
  t.equal(await page('b'), 'fe 01 00 04 00 00 00 07', 'default');
  t.equal(senseOf(await run('1a 08 ca 00 ff 00')), '5/39/00', 'a page that cannot be saved');
  t.equal(
    hex((await run('1a 08 ff ff ff 00')).dataIn.subarray(4)),
    'fe 01 00 04 01 00 00 09',
    'all',
  );
  unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
  await run('00 00 00 00 00 00');
  t.equal(await page('3'), 'fe 01 00 04 01 00 00 09', 'after a reset');
  const restarted = await start(state);
  const after = await restarted.run('1a 08 3e 01 ff 00');
  t.equal(hex(after.dataIn.subarray(4)), 'fe 01 00 04 01 00 00 09', 'after a restart');
  state.save('mode-pages', unhex('fe 01 00 04 01 ff 00 09 7e'));
  const damaged = await (await start(state)).run('1a 08 3e 01 ff 00');
  t.equal(hex(damaged.dataIn.subarray(4)), 'fe 01 00 04 00 00 00 07', 'what does not fit is left');
});

t.test('without such a page there is no SP', async (t) => {
  const { run } = await rig({ ...ibmLto4, modePages: [controlPage] });
  const reply = await run('15 11 00 00 04 00', { dataOut: unhex('00 00 10 00') });
  t.equal(senseOf(reply), '5/24/00');
  t.equal(fieldPointerOf(reply), 'cdb 1.0');
  const long = await run('55 10 00 00 00 00 00 00 08 00', {
    dataOut: unhex('00 00 00 10 01 00 00 00'),
  });
  t.equal(fieldPointerOf(long), 'data 4.0', 'LONGLBA');
});

t.test('LOG SELECT resets', async (t) => {
  const { run } = await start();
  await run('00 00 00 00 00 00', { nexus: 1 });
  t.equal((await run('4c 02 f0 00 00 00 00 00 00 00')).status, 0, 'PCR, one page');
  t.same(count, { value: 0, other: 0 });
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2a/02');
  count.value = 9;
  t.equal(
    (await run('4c 00 c0 00 00 00 00 00 00 00')).status,
    0,
    'PC 3: default cumulative values',
  );
  t.equal(count.value, 0);
  t.equal((await run('4c 00 40 00 00 00 00 00 00 00')).status, 0, 'PC 1 alone is nothing to do');
  t.equal(fieldPointerOf(await run('4c 02 f9 00 00 00 00 00 00 00')), 'cdb 2.5', 'no such page');
  t.equal(fieldPointerOf(await run('4c 01 c0 00 00 00 00 00 00 00')), 'cdb 1.0', 'SP');
});

t.test('LOG SELECT sets, all of a list or nothing', async (t) => {
  count.value = 5;
  const { run } = await start();
  const select = (list: string, cdb = '4c 00 40 00 00 00 00') => {
    const dataOut = unhex(list);
    return run(`${cdb} 00 ${dataOut.length.toString(16).padStart(2, '0')} 00`, { dataOut });
  };
  t.equal((await select('30 00 00 06 00 01 00 02 12 34')).status, 0);
  t.equal(count.value, 0x1234);
  const cases: [list: string, pointer: string | undefined][] = [
    ['30 00 00 0c 00 01 00 02 00 01 00 02 00 02 00 02', 'data 10'],
    ['30 00 00 06 00 01 00 03 12 34', 'data 7'],
    ['30 00 00 0c 00 01 00 02 00 01 00 01 00 02 00 02', 'data 10'],
    ['31 00 00 06 00 01 00 02 12 34', 'data 0.5'],
    ['30 00 00 07 00 01 00 02 12 34', undefined],
  ];
  for (const [list, pointer] of cases) {
    const reply = await select(list);
    t.equal(senseOf(reply), pointer ? '5/26/00' : '5/1a/00', list);
    t.equal(fieldPointerOf(reply), pointer);
  }
  t.equal(count.value, 0x1234);
  t.equal(fieldPointerOf(await select('30 00 00 00', '4c 02 40 00 00 00 00')), 'cdb 1.1');
  t.equal(fieldPointerOf(await select('30 00 00 00', '4c 00 70 00 00 00 00')), 'cdb 2.5');
});
