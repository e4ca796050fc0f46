// SPDX-License-Identifier: GPL-2.0-or-later
// A drive on a real bus, seen by busctl; and a bus that goes and comes back.
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { driveOnBus } from '../../../src/daemon/drive-bus.js';
import { bus, until } from '../../dbus/bus.js';
import { drive11 } from '../../dbus/drive.js';

const name = 'org.mhvtl.Drive11';
const path = '/org/mhvtl/drive/11';
const iface = 'org.mhvtl.Drive1';
const common = 'org.mhvtl.Unit1';

async function onBus(t: Test) {
  const made = await drive11(() => exported.check());
  const exported = driveOnBus(made.parts, made.administration, bus.address);
  t.teardown(() => exported.close());
  return made;
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
  t.match(await call(common, 'Query', 's', 'unload'), /changes something/);
  t.match(await bus.ctl('call', name, path, common, 'Query', 's', 'status'), /\\"unit\\":11/);
});

t.test('everything that can be said in words can be called', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const { drive, parts, run, isStopped } = await onBus(t);
  await untilOwned();
  const call = (...words: readonly string[]) => bus.ctl('call', name, path, iface, ...words);
  const unit = (...words: readonly string[]) => bus.ctl('call', name, path, common, ...words);
  const property = (of: string, ...names: readonly string[]) =>
    bus.ctl('get-property', name, path, of, ...names);

  await call('SetCompression', 's', 'zstd');
  await call('SetTiming', 's', '50x');
  await call('SetDelay', 'su', 'rewind', '7');
  t.equal(
    await property(iface, 'Compression', 'Timing', 'Delays'),
    's "zstd"\ns "50x"\na{su} 1 "rewind" 7',
  );
  t.match(
    await bus.complaint('call', name, path, iface, 'SetDelay', 'su', 'rewind', '70'),
    /is not a number from 0 to 30/,
  );
  await call('SetAppendOnly', 'b', 'true');
  t.equal(await property(iface, 'AppendOnly'), 'b true');
  t.match(
    await bus.complaint('call', name, path, iface, 'SetWriteProtect', 'b', 'true'),
    /no cartridge loaded/,
  );
  await call('Load', 's', 'E01001L8');
  const monitor = bus.monitor(name);
  t.teardown(() => monitor.stop());
  await sleep(300);
  await call('SetWriteProtect', 'b', 'true');
  await until(() => /STRING "Writable"[\s\S]*BOOLEAN false/.test(monitor.text()), 'Writable');
  t.equal(drive.mounted?.volume.writeProtected, true);
  t.equal(await property(iface, 'Writable'), 'b false');
  t.match(await call('SupportedMedia'), /^asas \d+ "LTO7"[\s\S]* "LTO8"/);

  await unit('SetLogLevel', 'u', '4');
  t.equal(await unit('AddFault', 'sa{ss}', 'medium-error', '1', 'block', '5'), 'u 1');
  t.equal(await unit('ListFaults'), 'a(usa{ss}tb) 1 1 "medium-error" 1 "block" "5" 0 false');
  t.equal(await property(common, 'LogLevel', 'Faults'), 'u 4\nu 1');
  t.match(
    await bus.complaint('call', name, path, common, 'AddFault', 'sa{ss}', 'quake', '0'),
    /a drive has no fault "quake"/,
  );
  await unit('RemoveFault', 'u', '1');
  t.match(await bus.complaint('call', name, path, common, 'RemoveFault', 'u', '1'), /no fault 1/);
  await unit('AddFault', 'sa{ss}', 'busy', '0');
  await unit('RemoveAllFaults');
  t.equal(parts.faults.size, 0);

  await unit('InquiryDataChange');
  const told: string[] = [];
  for (let turns = 0; turns < 4; turns++)
    told.push([...(await run('00 00 00 00 00 00')).sense.slice(12, 14)].join());
  t.ok(told.includes('63,3'), 'INQUIRY DATA HAS CHANGED');
  t.ok(told.includes('42,1'), 'MODE PARAMETERS CHANGED, by the write-protect switch');
  t.match(await unit('Counters'), /^a\{st\} \d+ [\s\S]*"mounts" 1/);
  t.match(await unit('CommandTimes'), /^adatd 10 0\.0001 [\s\S]* 11 0 0/);
  t.equal(await unit('Trace', 't', '0'), 'as 0');
  await unit('Exit');
  await until(isStopped, 'the end');
});

t.test(
  'the bus may start later, in folders that are not there yet, and go, and come back',
  async (t) => {
    bus.removeFolder();
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
    await until(() => logged.filter((line) => line.includes('has gone')).length > 1, 'the loss');
    bus.removeFolder();
    t.equal((await run('00 00 00 00 00 00')).status, 2, 'and without even the folder');
    await bus.start();
    await untilOwned();
    await bus.stop();
  },
);

t.test('a service that is closed while it goes to the bus is not there', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const made = await drive11(() => {});
  driveOnBus(made.parts, made.administration, bus.address).close();
  await sleep(500);
  t.notOk(await owned());
});
