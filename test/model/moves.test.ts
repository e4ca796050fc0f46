// SPDX-License-Identifier: GPL-2.0-or-later
// Random moves, exchanges, doors and failures of drives against a model of ten lines: a map of places.
import t from 'tap';
import { readUint } from '../../src/bytes/layout.js';
import { TransferFailure } from '../../src/smc/data-transfer-device.js';
import { Operator, OperatorRefusal } from '../../src/smc/operator.js';
import { type Library, library, senseOf } from '../unit/smc/library.js';
import { random } from './random.js';

const slots = Array.from({ length: 12 }, (_, i) => 0x3e8 + i);
const maps = [0xa, 0xb, 0xc];
const drives = [0x1f4, 0x1f5, 0x1f6];
const places = [...maps, ...drives, ...slots];
const word = (value: number): string => value.toString(16).padStart(4, '0');

/** The model: what is where, and what keeps the robot from reaching it. A move is a pair of places. */
class Model {
  readonly at = new Map<number, string>();
  open = false;
  online = true;
  jammed = false;
  /** Carries out moves one after the other if all can be made; says whether. */
  carry(...moves: readonly (readonly [from: number, to: number])[]): boolean {
    const next = new Map(this.at);
    for (const [from, to] of moves) {
      const barcode = next.get(from);
      const closedOff = this.open && (maps.includes(from) || maps.includes(to));
      const still = this.jammed || !this.online;
      if (barcode === undefined || next.has(to) || closedOff || still) return false;
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

/** A library with its model; `place` is one of its places by chance, `below` a number. */
interface Pair {
  readonly lib: Library;
  readonly model: Model;
  readonly operator: Operator;
  below(limit: number): number;
  place(): number;
}

async function start(seed: number): Promise<Pair> {
  const lib = await library({
    serials: ['A1', 'A2', 'A3'],
    maps: maps.length,
    slots: slots.map((_, i) => (i < 8 ? `E0100${i}L8` : undefined)),
  });
  const model = new Model();
  for (const [i, slot] of slots.slice(0, 8).entries()) model.at.set(slot, `E0100${i}L8`);
  const operator = new Operator(lib.changer, { exists: () => true, takenOut: [] });
  const below = random(seed);
  return { lib, model, operator, below, place: () => places[below(places.length)]! };
}

const moveFrom = ({ lib }: Pair, from: number, to: number, invert = 0) =>
  lib.send(`a5 00 0000 ${word(from)} ${word(to)} 00 00 0${invert} 00`);

/** One thing that happens; whether the initiator, or the operator, may be refused is what the model says. */
type Action = (pair: Pair) => Promise<{ readonly done: boolean; readonly expected: boolean }>;
const succeeded = async (sent: ReturnType<Library['send']>): Promise<boolean> =>
  senseOf(await sent) === '';

const actions: Readonly<Record<string, Action>> = {
  async move(pair) {
    const [from, to] = [pair.place(), pair.place()];
    const expected = pair.model.carry([from, to]);
    return { done: await succeeded(moveFrom(pair, from, to)), expected };
  },
  async exchange({ lib, model, place }) {
    const [source, first, second] = [place(), place(), place()];
    const aside = -1;
    const expected =
      source !== first &&
      (second === source
        ? model.carry([first, aside], [source, first], [aside, source])
        : model.carry([first, second], [source, first]));
    const cdb = `a6 00 0000 ${word(source)} ${word(first)} ${word(second)} 00 00`;
    return { done: await succeeded(lib.send(cdb)), expected };
  },
  async 'turned over'(pair) {
    return {
      done: await succeeded(moveFrom(pair, pair.place(), pair.place(), 1)),
      expected: false,
    };
  },
  async 'a drive fails'(pair) {
    const { failures } = pair.lib.drives[pair.below(drives.length)]!;
    failures.load = new TransferFailure('unreadable');
    const to = drives[pair.lib.drives.findIndex((drive) => drive.failures === failures)]!;
    const done = await succeeded(moveFrom(pair, pair.place(), to));
    // The drive is asked only when nothing else is in the way.
    delete failures.load;
    return { done, expected: false };
  },
  async 'open or close the MAP'({ lib, model, below }) {
    const open = below(2) === 0;
    if (model.online) model.open = open;
    const cdb = `1b 00 000a ${open ? '00' : '01'} 00`;
    return { done: await succeeded(lib.send(cdb)), expected: model.online };
  },
  async 'empty the MAP'({ model, operator }) {
    if (model.open) for (const map of maps) model.at.delete(map);
    return attempt(() => operator.emptyMap(), model.open);
  },
  async 'load the MAP'({ model, operator }) {
    const free = maps.find((map) => !model.at.has(map));
    const barcode = `N${String(model.at.size).padStart(5, '0')}L8`;
    const expected = model.open && free !== undefined && ![...model.at.values()].includes(barcode);
    if (expected) model.at.set(free, barcode);
    return attempt(() => operator.loadMap(barcode), expected);
  },
  async 'online or offline'({ lib, model, operator, below }) {
    model.online = below(3) > 0;
    if (model.online) operator.goOnline();
    else operator.goOffline();
    for (let attentions = 0; attentions < 2; attentions++) await lib.send('00 00 00 00 00 00');
    return { done: await succeeded(lib.send('00 00 00 00 00 00')), expected: model.online };
  },
  async 'jam or free the picker'({ model, operator, below }) {
    model.jammed = below(3) === 0;
    return attempt(() => operator.jamPicker(1, model.jammed), true);
  },
};

function attempt(act: () => unknown, expected: boolean) {
  try {
    act();
    return { done: true, expected };
  } catch (error) {
    if (!(error instanceof OperatorRefusal)) throw error;
    return { done: false, expected };
  }
}

/** Moves are what happens most. */
const names = [...Object.keys(actions), ...Array(8).fill('move'), ...Array(3).fill('exchange')];

for (const seed of [1, 3, 5, 7, 9])
  t.test(`seed ${seed}`, async (t) => {
    const pair = await start(seed);
    const { lib, model } = pair;
    let carried = 0;
    for (let step = 0; step < 1000; step++) {
      const name = names[pair.below(names.length)]!;
      const { done, expected } = await actions[name]!(pair);
      if (done !== expected) t.fail(`step ${step}, ${name}: ${done ? 'done' : 'refused'}`);
      if (done && name === 'move') carried++;
      if (model.online)
        t.same(new Map([...(await inventory(lib))].sort()), new Map([...model.at].sort()));
      drives.forEach((place, i) => {
        if (lib.drives[i]!.holds !== model.at.get(place)) t.fail(`step ${step}: drive ${i}`);
      });
    }
    t.ok(carried > 20, `${carried} moves were made`);
    t.equal(lib.bugs.length, 0);
  });
