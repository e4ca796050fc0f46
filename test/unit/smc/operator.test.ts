// SPDX-License-Identifier: GPL-2.0-or-later
// The operator: media access port, doors, panel, and what initiators hear of it.
import t from 'tap';
import { Operator, OperatorRefusal } from '../../../src/smc/operator.js';
import { type LibraryOptions, library, senseOf } from './library.js';

const ready = '00 00 00 00 00 00';
const slotToMap = 'a5 00 0000 03e8 000a 00 00 00 00';
const mapToSlot = 'a5 00 0000 000a 03ea 00 00 00 00';

async function staffed(options: LibraryOptions = {}) {
  const lib = await library(options);
  const takenOut: string[] = [];
  const exists = (barcode: string) => barcode.startsWith('E');
  return { ...lib, takenOut, operator: new Operator(lib.changer, { exists, takenOut }) };
}

const reasonOf = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return '';
  } catch (error) {
    if (error instanceof OperatorRefusal) return error.reason;
    throw error;
  }
};

t.test('export: into the MAP, out of the library, and back without a barcode', async (t) => {
  const { operator, send, changer, takenOut } = await staffed();
  t.equal(senseOf(await send(slotToMap)), '');
  t.same(operator.listMap(), ['E01001L8']);
  t.equal(await reasonOf(() => operator.emptyMap()), 'MAP is closed');
  t.equal(await reasonOf(() => operator.loadMap()), 'MAP is closed');
  operator.openMap();
  t.equal(senseOf(await send(mapToSlot)), '2/3a/02', 'the picker cannot reach it');
  t.same(operator.emptyMap(), ['E01001L8']);
  t.same([operator.listMap(), takenOut], [[], ['E01001L8']]);
  t.same(operator.loadMap(), ['E01001L8'], 'what was taken out comes back');
  t.same(takenOut, []);
  operator.closeMap();
  t.equal(changer.elements.at(0xa)?.type === 'import/export', true);
  for (const nexus of [0, 1])
    t.equal(senseOf(await send(ready, { nexus })), '6/28/01', 'IMPORT OR EXPORT ELEMENT ACCESSED');
  t.equal(senseOf(await send(ready)), '', 'once');
  const { dataIn } = await send('b8 13 000a 0001 00 00 ffff 00 00');
  t.equal(dataIn[18], 0x3b, 'an operator placed it');
  t.equal(senseOf(await send(mapToSlot)), '');
  t.equal(changer.elements.at(0x3ea)?.cartridge?.barcode, 'E01001L8');
});

t.test('import', async (t) => {
  const { operator, changer } = await staffed();
  operator.openMap();
  t.same(operator.loadMap('E01005L8'), ['E01005L8']);
  t.equal(changer.elements.at(0xa)?.cartridge?.mediumType, 'data', 'looked at');
  t.equal(await reasonOf(() => operator.loadMap('E01005L8')), 'already in the library');
  t.equal(await reasonOf(() => operator.loadMap('E01001L8')), 'already in the library');
  t.equal(await reasonOf(() => operator.loadMap('X01001L8')), 'no such cartridge');
  t.equal(await reasonOf(() => operator.loadMap('E123456789012345L')), 'barcode too long');
  operator.loadMap('E01006L8');
  t.equal(await reasonOf(() => operator.loadMap('E01007L8')), 'MAP is full');
  t.same(operator.loadMap(), [], 'nothing was taken out');
});

t.test('an initiator that prevents removal locks the MAP', async (t) => {
  const { operator, send } = await staffed();
  await send('1e 00 00 00 01 00');
  t.equal(await reasonOf(() => operator.openMap()), 'MAP is locked');
  await send('1e 00 00 00 00 00');
  operator.openMap();
  t.ok(operator.mapIsOpen);
});

t.test('the door by SCSI: those who did not ask are told', async (t) => {
  const { send } = await staffed();
  t.equal(senseOf(await send('1b 00 000a 00 00')), '');
  t.equal(senseOf(await send('1b 00 000a 01 00')), '');
  t.equal(senseOf(await send(ready)), '');
  t.equal(senseOf(await send(ready, { nexus: 1 })), '6/28/01');
});

t.test('offline', async (t) => {
  const { operator, send, changer } = await staffed();
  operator.goOffline();
  const moving = [slotToMap, 'a6 00 0000 03e8 03e9 03ea 00 00', '2b 00 0001 03e8 00 00 00 00'];
  const others = [
    '07 00 00 00 00 00',
    '37 00 0000 0000 0000 0000',
    'b8 00 0000 ffff 00 00 ffff 00 00',
  ];
  for (const cdb of [ready, ...moving, ...others, '1b 00 000a 00 00'])
    t.equal(senseOf(await send(cdb)), '2/04/12', cdb);
  for (const cdb of ['12 00 00 00 24 00', '03 00 00 00 12 00', '1a 00 1d 00 ff 00'])
    t.equal(senseOf(await send(cdb)), '', cdb);
  t.equal(changer.tapeAlerts, 1n << 20n, 'TapeAlert 21');
  operator.goOnline();
  t.equal(senseOf(await send(ready)), '6/28/00');
  t.equal(senseOf(await send(ready)), '');
});

t.test('the door of the library and the picker', async (t) => {
  const { operator, send, changer } = await staffed();
  operator.setDoor(true);
  t.equal(senseOf(await send(slotToMap)), '2/04/03');
  t.equal(senseOf(await send('b8 00 0000 ffff 00 00 ffff 00 00')), '', 'what is known can be read');
  operator.setDoor(false);
  t.equal(senseOf(await send(slotToMap)), '6/28/00');
  operator.jamPicker(1, true);
  t.equal(senseOf(await send(slotToMap)), '4/15/01');
  t.equal(senseOf(await send('2b 00 0001 03e8 00 00 00 00')), '4/15/01');
  operator.jamPicker(1, false);
  t.equal(senseOf(await send(slotToMap)), '');
  t.equal(changer.tapeAlerts, (1n << 15n) | (1n << 1n), 'TapeAlert 16 and 2');
  t.equal(await reasonOf(() => operator.jamPicker(2, true)), 'no such element');
});

t.test('an element that is out of order', async (t) => {
  const { operator, send } = await staffed();
  const slot = { type: 'storage', number: 1 } as const;
  operator.setException(slot, 'MECHANICAL POSITIONING ERROR');
  const flags = async () =>
    (await send('b8 02 03e8 0001 00 00 ffff 00 00')).dataIn.subarray(18, 22);
  t.same([...(await flags())], [0x0d, 0, 0x15, 0x01], 'EXCEPT and the code');
  operator.setException(slot, undefined);
  t.same([...(await flags())], [0x09, 0, 0, 0]);
});

t.test('a cartridge in the picker', async (t) => {
  const { send, changer } = await staffed();
  const [picker] = changer.elements.of('medium transport');
  picker!.cartridge = changer.admit('E01008L8');
  t.equal(senseOf(await send(slotToMap)), '5/3b/0d', 'the hand is full');
  t.equal(senseOf(await send('a5 00 0000 0001 03ea 00 00 00 00')), '', 'it can be put down');
  t.equal(changer.elements.at(0x3ea)?.cartridge?.barcode, 'E01008L8');
  t.equal(senseOf(await send(slotToMap)), '');
});

t.test('one more slot', async (t) => {
  const { operator, send } = await staffed();
  t.equal(operator.addSlot(), 4);
  t.equal(senseOf(await send(ready)), '6/2a/01', 'the number of elements is a mode parameter');
  t.equal(senseOf(await send('a5 00 0000 03e8 03eb 00 00 00 00')), '');
  const { dataIn } = await send('1a 00 1d 00 ff 00');
  t.equal(dataIn[13], 4);
});

t.test('an operator moves cartridges with the checks of MOVE MEDIUM', async (t) => {
  const { operator, changer, drives } = await staffed();
  const slot = (number: number) => ({ type: 'storage', number }) as const;
  const drive = { type: 'data transfer', number: 1 } as const;
  await operator.move(slot(1), drive);
  t.equal(drives[0]!.holds, 'E01001L8');
  t.equal(await reasonOf(() => operator.move(slot(1), slot(3))), 'move refused', 'empty');
  t.equal(await reasonOf(() => operator.move(slot(2), drive)), 'move refused', 'full');
  t.equal(await reasonOf(() => operator.move(slot(9), drive)), 'no such element');
  t.equal(
    await reasonOf(() => operator.move(slot(2), { type: 'medium transport', number: 1 })),
    'no such element',
  );
  await operator.move(drive, slot(3));
  t.equal(changer.elements.at(0x3ea)?.cartridge?.barcode, 'E01001L8');
  t.equal(changer.statistics.moves, 2);
  t.equal(changer.statistics.unloads, 1);
});
