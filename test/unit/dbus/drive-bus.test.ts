// SPDX-License-Identifier: GPL-2.0-or-later
// A drive on a real bus, seen by busctl; and a bus that goes and comes back.
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { Administration } from '../../../src/daemon/administration.js';
import { type DriveParts, driveHandlers } from '../../../src/daemon/drive-administration.js';
import { driveOnBus } from '../../../src/daemon/drive-bus.js';
import { DriveLoading } from '../../../src/daemon/drive-loading.js';
import { Latency } from '../../../src/daemon/latency.js';
import type { Log } from '../../../src/daemon/log.js';
import { Trace } from '../../../src/daemon/trace.js';
import { Faults } from '../../../src/faults/faults.js';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import { bus, until } from '../../dbus/bus.js';
import { rig } from '../../support/drive.js';

const name = 'org.mhvtl.Drive11';
const path = '/org/mhvtl/drive/11';
const iface = 'org.mhvtl.Drive1';

async function onBus(t: Test) {
  const made = await rig();
  const logged: string[] = [];
  const note = (line: string): void => void logged.push(line);
  const log: Log = { error: note, warning: note, notice: note, info: note, debug: () => {} };
  const type = cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!;
  const find = (barcode: string) =>
    barcode.startsWith('E')
      ? { barcode, open: () => new MemoryVolume({ barcode, type, capacity: 1 << 30 }) }
      : undefined;
  const parts: DriveParts = {
    ...made,
    number: 11,
    place: { library: 10, slot: 1 },
    loading: new DriveLoading(made.drive, find, log),
    verbosity: { level: 1 },
    faults: new Faults('drive'),
    trace: new Trace(made.drive),
    latency: new Latency(),
    stop: () => {},
    log,
  };
  const administration = new Administration('drive', driveHandlers(parts), log, () =>
    exported.check(),
  );
  const exported = driveOnBus(parts, administration, bus.address);
  t.teardown(() => exported.close());
  return { ...made, logged };
}

const owned = async (): Promise<boolean> =>
  (await bus.ctl('list', '--acquired', '--no-legend')).includes(name);

async function untilOwned(): Promise<void> {
  for (let turns = 0; !(await owned()); turns++) {
    if (turns > 100) throw new Error(`${name} did not appear`);
    await sleep(30);
  }
}

t.teardown(() => bus.cleanUp());

t.test('busctl sees it and calls it', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const { drive } = await onBus(t);
  await untilOwned();
  t.match(await bus.ctl('tree', '--list', name), /^\/org\/mhvtl\/drive\/11$/m);
  const seen = await bus.ctl('introspect', name, path, iface);
  t.match(seen, /\.Load +method +s +-/);
  t.match(seen, /\.Barcode +property +s +"" +emits-change/);
  t.match(seen, /\.Serial +property +s +"XYZZY_A1" +const/);
  t.match(seen, /\.Loaded +signal +s/);

  const monitor = bus.monitor(name);
  t.teardown(() => monitor.stop());
  await sleep(300);
  t.equal(await bus.ctl('call', name, path, iface, 'Load', 's', 'E01001L8'), '');
  t.equal(drive.barcode, 'E01001L8');
  t.equal(
    await bus.ctl('get-property', name, path, iface, 'Barcode', 'State'),
    's "E01001L8"\ns "loaded"',
  );
  t.equal(await bus.ctl('get-property', name, path, iface, 'Position'), 't 0');
  await until(() => /PropertiesChanged[\s\S]*"Barcode"/.test(monitor.text()), 'PropertiesChanged');
  t.match(monitor.text(), /Member=Loaded[\s\S]*STRING "E01001L8"/);

  await bus.ctl('call', name, path, iface, 'SetTapeAlert', 't', '524288');
  t.equal(await bus.ctl('get-property', name, path, iface, 'Alerts'), 't 524288');
});

t.test('refusals have names, and what is not there is said', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const { drive } = await onBus(t);
  await untilOwned();
  const call = (...words: readonly string[]): Promise<string> =>
    bus.complaint('--verbose', 'call', name, path, ...words);
  t.match(await call(iface, 'Load', 's', 'X1'), /there is no such cartridge/);
  t.match(await call(iface, 'Load', 's', 'E01001L8 and more'), /is not one word/);
  t.match(await call(iface, 'Load', 'u', '5'), /takes "s", not "u"/);
  t.match(await call(iface, 'Nothing'), /no method Nothing/);
  t.match(await call('org.mhvtl.Drive2', 'Load', 's', 'E'), /no interface org.mhvtl.Drive2/);
  t.match(await bus.complaint('call', name, '/org/mhvtl/drive/12', iface, 'Unload'), /no object/);
  t.match(
    await bus.complaint('set-property', name, path, iface, 'Barcode', 's', 'E01009L8'),
    /cannot be set/,
  );
  t.equal(drive.barcode, undefined, 'and nothing was changed');
  t.match(await call(iface, 'Query', 's', 'unload'), /changes something/);
  t.match(await bus.ctl('call', name, path, iface, 'Query', 's', 'status'), /\\"unit\\":11/);
});

t.test('the bus may start later, and go, and come back', async (t) => {
  const { run, logged } = await onBus(t);
  t.equal((await run('00 00 00 00 00 00')).status, 2, 'the drive answers without a bus');
  await bus.start();
  await untilOwned();
  await bus.stop();
  await until(() => logged.some((line) => line.includes('not on the system bus')), 'the loss');
  t.equal((await run('00 00 00 00 00 00')).status, 2, 'and after it has gone');
  await bus.start();
  await untilOwned();
  t.equal(await bus.ctl('get-property', name, path, iface, 'Unit'), 'u 11');
  await bus.stop();
});
