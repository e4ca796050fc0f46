// SPDX-License-Identifier: GPL-2.0-or-later
// A library on a real bus: its elements, moves by method, and what is told of them.
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { libraryOnBus } from '../../../src/daemon/library-bus.js';
import { ElementMap, type ElementType, newCartridge } from '../../../src/smc/element.js';
import { bus, until } from '../../dbus/bus.js';
import { library10, noLog } from '../../dbus/library.js';

const name = 'org.mhvtl.Library10';
const path = '/org/mhvtl/library/10';
const iface = 'org.mhvtl.Library1';

t.teardown(() => bus.cleanUp());

/** A library, and what puts it on a bus of the test's own. */
async function onBus(t: Test) {
  const { changer, parts, administration } = await library10(() => exported.check());
  await bus.start();
  t.teardown(() => bus.stop());
  const exported = libraryOnBus(parts, administration, noLog, bus.address);
  t.teardown(() => exported.close());
  const acquired = () => bus.ctl('list', '--acquired', '--no-legend');
  await until(async () => (await acquired()).includes(name), 'the name');
  return { changer, exported };
}

t.test('elements, moves, the MAP', async (t) => {
  const { changer } = await onBus(t);
  const call = (...words: readonly string[]) => bus.ctl('call', name, path, iface, ...words);
  const property = (...words: readonly string[]) => bus.ctl('get-property', name, ...words);

  const slot = `${path}/element/${changer.elements.of('storage')[0]!.address}`;
  const place = `${path}/element/${changer.elements.of('data transfer')[0]!.address}`;
  t.match(await bus.ctl('tree', '--list', name), new RegExp(`^${slot}$`, 'm'));
  t.equal(await property(slot, 'org.mhvtl.Element1', 'Kind', 'Barcode'), 's "Slot"\ns "E01001L8"');
  t.equal(await property(place, 'org.mhvtl.Element1', 'Drive'), 's "XYZZY_A1"');
  const managed = await bus.ctl(
    'call',
    name,
    path,
    'org.freedesktop.DBus.ObjectManager',
    'GetManagedObjects',
  );
  t.match(managed, /^a\{oa\{sa\{sv\}\}\} 8 /);
  t.match(managed, /"E01001L8"/);

  const common = (...words: readonly string[]) =>
    bus.ctl('call', name, path, 'org.mhvtl.Unit1', ...words);
  await common('SetLogLevel', 'u', '1');
  const monitor = bus.monitor(name);
  t.teardown(() => monitor.stop());
  await sleep(300);
  await call('Move', 'ss', 'slot:1', 'drive:1');
  t.equal(await property(place, 'org.mhvtl.Element1', 'Barcode'), 's "E01001L8"');
  await until(() => /Member=Moved/.test(monitor.text()), 'Moved');
  t.match(monitor.text(), /STRING "E01001L8"[\s\S]*STRING "Slot 1"[\s\S]*STRING "Drive 1"/);

  const refused = await bus.complaint('call', name, path, iface, 'LoadMap', 's', 'E01009L8');
  t.match(refused, /MAP not opened/);
  await call('OpenMap');
  t.equal(await property(path, iface, 'MapOpen'), 'b true');
  await call('LoadMap', 's', 'E01009L8');
  t.match(await common('Query', 's', 'list map'), /E01009L8/);
  t.equal(await call('ListMap'), 'as 1 "E01009L8"');
  await call('CloseMap');
  t.match(await common('Query', 's', 'inventory'), /Slot 2 CLN101L8/);
  t.match(await call('Inventory'), /^a\(usus\) \d+ [\s\S]*"Slot" 2 "CLN101L8"/);

  await call('OpenDoor');
  t.equal(await property(path, iface, 'DoorOpen'), 'b true');
  await call('CloseDoor');
  await call('JamPicker', 'u', '1');
  const stuck = await bus.complaint('call', name, path, iface, 'Move', 'ss', 'drive:1', 'slot:1');
  t.match(stuck, /4\/15\/01|stuck|POSITIONING|refused/i);
  await call('FreePicker', 'u', '1');
  await call('SetTiming', 's', 'real');
  t.equal(await property(path, iface, 'Timing'), 's "real"');
  await call('SetTiming', 's', 'off');
  await call('SetTapeAlert', 't', '4');
  t.equal(await property(path, iface, 'Alerts'), 't 4');
  await call('Offline');
  t.equal(await property(path, iface, 'State'), 's "offline"');
  await call('Online');
});

t.test('elements and cartridges that come and go', async (t) => {
  const { changer, exported } = await onBus(t);
  const slots = changer.elements.of('storage');
  for (const element of changer.elements.all) element.cartridge = undefined;
  exported.check();
  const monitor = bus.monitor(name);
  t.teardown(() => monitor.stop());
  await sleep(300);

  // The first cartridge of an empty library.
  const slot = slots[1]!;
  slot.cartridge = newCartridge('E01005L8');
  exported.check();
  await until(() => /Member=Moved/.test(monitor.text()), 'Moved');
  t.match(monitor.text(), /STRING "E01005L8"[\s\S]*STRING ""[\s\S]*STRING "Slot 2"/);

  await bus.ctl('call', name, path, iface, 'AddSlot');
  const added = `${path}/element/${slots.at(-1)!.address}`;
  const told = (signal: string, object: string) => () =>
    new RegExp(`Member=${signal}\\b[\\s\\S]*OBJECT_PATH "${object}"`).test(monitor.text());
  await until(told('InterfacesAdded', added), 'InterfacesAdded');
  t.match(monitor.text(), /STRING "Kind"[\s\S]*STRING "Slot"[\s\S]*STRING "Number"/);
  t.match(await bus.ctl('tree', '--list', name), new RegExp(`^${added}$`, 'm'));

  const gone = changer.elements.of('import/export').at(-1)!;
  const plan = (type: ElementType) =>
    changer.elements
      .of(type)
      .filter((element) => element !== gone)
      .map(({ number, cartridge }) => ({ number, barcode: cartridge?.barcode }));
  changer.replaceElements(
    new ElementMap(changer.elements.first, {
      'medium transport': plan('medium transport'),
      storage: plan('storage'),
      'import/export': plan('import/export'),
      'data transfer': plan('data transfer'),
    }),
  );
  exported.check();
  const object = `${path}/element/${gone.address}`;
  await until(told('InterfacesRemoved', object), 'InterfacesRemoved');
  const drive = `${path}/element/${changer.elements.of('data transfer')[0]!.address}`;
  const noDrive = new RegExp(
    `Path=${drive} .*Member=PropertiesChanged[^‣]*STRING "Drive"[^‣]*STRING ""`,
  );
  await until(() => noDrive.test(monitor.text()), 'a drive that went');
  t.match(await bus.complaint('introspect', name, object), /no object/);
});
