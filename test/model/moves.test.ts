// SPDX-License-Identifier: GPL-2.0-or-later
// Random moves, exchanges, doors and failures of drives against a model of ten lines: a map of places.
import t from 'tap';
import { readUint } from '../../src/bytes/layout.js';
import { TransferFailure } from '../../src/smc/data-transfer-device.js';
import { type Library, library, senseOf } from '../unit/smc/library.js';
import { random } from './random.js';

const slots = Array.from({ length: 12 }, (_, i) => 0x3e8 + i);
const maps = [0xa, 0xb, 0xc];
const drives = [0x1f4, 0x1f5, 0x1f6];
const places = [...maps, ...drives, ...slots];
const word = (value: number): string => value.toString(16).padStart(4, '0');

/** The model: what is where, and whether the mail slots are open. A move is a pair of places. */
class Model {
  readonly at = new Map<number, string>();
  open = false;
  /** Carries out moves one after the other if all can be made; says whether. */
  carry(...moves: readonly (readonly [from: number, to: number])[]): boolean {
    const next = new Map(this.at);
    for (const [from, to] of moves) {
      const barcode = next.get(from);
      const closedOff = this.open && (maps.includes(from) || maps.includes(to));
      if (barcode === undefined || next.has(to) || closedOff) return false;
      next.delete(from);
      next.set(to, barcode);
    }
    this.at.clear();
    for (const [place, barcode] of next) this.at.set(place, barcode);
    return true;
  }
}

/** What the library says is where. */
async function inventory({ send }: Library): Promise<Map<number, string>> {
  const { dataIn } = await send('b8 10 0000 ffff 01 00ffff 00 00');
  const found = new Map<number, string>();
  for (let page = 8; page < dataIn.length; ) {
    const length = readUint(dataIn, page + 2, 2);
    const end = page + 8 + readUint(dataIn, page + 5, 3);
    for (let at = page + 8; at < end; at += length)
      if (dataIn[at + 2]! & 1)
        found.set(
          readUint(dataIn, at, 2),
          Buffer.from(dataIn.subarray(at + 12, at + 44))
            .toString('latin1')
            .trimEnd(),
        );
    page = end;
  }
  return found;
}

async function start(): Promise<{ lib: Library; model: Model }> {
  const lib = await library({
    serials: ['A1', 'A2', 'A3'],
    maps: maps.length,
    slots: slots.map((_, i) => (i < 8 ? `E0100${i}L8` : undefined)),
  });
  const model = new Model();
  for (const [i, slot] of slots.slice(0, 8).entries()) model.at.set(slot, `E0100${i}L8`);
  return { lib, model };
}

for (const seed of [1, 2, 3, 4, 5])
  t.test(`seed ${seed}`, async (t) => {
    const { lib, model } = await start();
    const below = random(seed);
    const pick = (): number => places[below(places.length)]!;
    const move = (from: number, to: number) =>
      lib.send(`a5 00 0000 ${word(from)} ${word(to)} 00 00 00 00`);
    for (let step = 0; step < 1000; step++) {
      const [source, first, second] = [pick(), pick(), pick()];
      const action = below(10);
      let expected: boolean;
      let answer: Awaited<ReturnType<Library['send']>>;
      if (action === 0) {
        model.open = below(2) === 0;
        answer = await lib.send(`1b 00 000a ${model.open ? '00' : '01'} 00`);
        expected = true;
      } else if (action === 1 && drives.includes(first)) {
        lib.drives[drives.indexOf(first)]!.failures.load = new TransferFailure('unreadable');
        answer = await move(source, first);
        // The drive is asked only when nothing else is in the way.
        expected = false;
        delete lib.drives[drives.indexOf(first)]!.failures.load;
      } else if (action < 4) {
        answer = await lib.send(`a6 00 0000 ${word(source)} ${word(first)} ${word(second)} 00 00`);
        expected =
          source !== first &&
          model.carry(
            [first, second === source ? -1 : second],
            [source, first],
            ...(second === source ? [[-1, source] as const] : []),
          );
      } else {
        answer = await move(source, first);
        expected = model.carry([source, first]);
      }
      if ((senseOf(answer) === '') !== expected)
        t.fail(`step ${step}: ${senseOf(answer)}, expected ${expected ? 'success' : 'a refusal'}`);
      t.same(new Map([...(await inventory(lib))].sort()), new Map([...model.at].sort()));
      drives.forEach((place, i) => {
        if (lib.drives[i]!.holds !== model.at.get(place)) t.fail(`step ${step}: drive ${i}`);
      });
    }
    t.equal(lib.bugs.length, 0);
  });
