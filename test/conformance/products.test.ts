// SPDX-License-Identifier: GPL-2.0-or-later
// What drives answer, compared with what public sources show of real ones (fixtures/products/evidence.txt).
import { readFileSync } from 'node:fs';
import t from 'tap';
import { readUint } from '../../src/bytes/layout.js';
import type { Use } from '../../src/medium/volume.js';
import { defaultDrive } from '../../src/personality/default-drive.js';
import { driveProduct } from '../../src/personality/drives.js';
import { type Rig, rig } from '../support/drive.js';

const h2 = (value: number): string => value.toString(16).padStart(2, '0');

/** The fields of each density descriptor, in the order of the fixture. */
async function densities({ run }: Rig): Promise<string[][]> {
  const { dataIn } = await run('44 00 00 00 00 00 00 ff ff 00');
  const text = (at: number, length: number) =>
    new TextDecoder().decode(dataIn.subarray(at, at + length)).trimEnd();
  const found: string[][] = [];
  for (let at = 4; at < dataIn.length; at += 52)
    found.push([
      h2(dataIn[at]!),
      String(readUint(dataIn, at + 5, 3)),
      String(readUint(dataIn, at + 10, 2)),
      String(readUint(dataIn, at + 12, 4)),
      text(at + 24, 8),
      text(at + 32, 20),
    ]);
  return found;
}

const codes = async ({ run }: Rig, cdb: string): Promise<string[]> =>
  [...(await run(cdb)).dataIn.subarray(4)].map(h2);

/** Operation codes, with service actions as `a3/1d`. */
const commands = ({ drive }: Rig): string[] =>
  drive.commands.all.map(({ opcode, serviceAction }) =>
    serviceAction === undefined ? h2(opcode) : `${h2(opcode)}/${h2(serviceAction)}`,
  );

const missing = (wanted: string, have: readonly string[]): string[] =>
  wanted.split(' ').filter((each) => !have.includes(each));

const isKnown = (name: string): boolean => driveProduct(name) !== defaultDrive;

/** Kinds of facts: what of a fact the drive does not bear out. */
const kinds: Readonly<Record<string, (drive: Rig, values: readonly string[]) => Promise<unknown>>> =
  {
    async density(drive, [code, ...rest]) {
      const found = (await densities(drive)).find((each) => each[0] === code)?.slice(1);
      return rest
        .map((value, i) => (value === '-' ? undefined : [value, found?.[i]]))
        .filter((pair) => pair && pair[0] !== pair[1]);
    },
    known: async (_drive, [names]) => names!.split(', ').filter((name) => !isKnown(name)),
    vpd: async (drive, [wanted]) => missing(wanted!, await codes(drive, '12 01 00 00 ff 00')),
    log: async (drive, [wanted]) =>
      missing(wanted!, await codes(drive, '4d 00 40 00 00 00 00 00 ff 00')),
    async medium(drive, [density, use, code]) {
      await drive.insert({ density: density!, use: use as Use });
      const { dataIn } = await drive.run('1a 08 00 00 ff 00');
      return h2(dataIn[1]!) === code ? [] : [h2(dataIn[1]!)];
    },
    has: async (drive, [wanted]) => missing(wanted!, commands(drive)),
    lacks: async (drive, [unwanted]) =>
      unwanted!.split(' ').filter((each) => commands(drive).includes(each)),
  };

const evidence = new URL('fixtures/products/evidence.txt', import.meta.url);

t.test('real drives', async (t) => {
  const facts = readFileSync(evidence, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  t.ok(facts.length > 50);
  for (const fact of facts) {
    const [head, ...values] = fact.split(' | ');
    const [, kind, name] = /^(\S+) (.+)$/.exec(head!)!;
    const product = driveProduct(name!);
    t.ok(kind === 'known' || isKnown(name!), fact);
    t.same(await kinds[kind!]!(await rig(product), values), [], fact);
  }
});

t.test('an encrypted medium has a density of its own in a 3592', async (t) => {
  const { run, insert, drive } = await rig(driveProduct('03592E08'));
  const volume = await insert({ density: 'E08' });
  const density = async () => h2((await run('1a 00 00 00 ff 00')).dataIn[4]!);
  t.equal(await density(), '55');
  const seal = {
    seal: (payload: Uint8Array) => payload.slice(),
    unauthenticatedData: new Uint8Array(),
    authenticatedData: new Uint8Array(),
  };
  await volume.write(0, 0, Uint8Array.of(1, 2, 3), { seal });
  t.equal(await density(), '75');
  const { dataIn } = await run('44 01 00 00 00 00 00 00 ff 00');
  t.equal(h2(dataIn[4]!), '75', 'of the medium, too');
  t.equal(dataIn.length, 4 + 52);
  t.equal(drive.mounted?.position, 0);
});

/** Medium type and density codes of each medium type descriptor (SSC-5 7.21.4). */
async function mediumTypes({ run }: Rig): Promise<string[]> {
  const { dataIn } = await run('44 02 00 00 00 00 00 0f ff 00');
  const found: string[] = [];
  for (let at = 4; at < dataIn.length; at += 56) {
    const codes = [...dataIn.subarray(at + 5, at + 14)].map(h2);
    found.push([h2(dataIn[at]!), codes.slice(0, dataIn[at + 4]!).join(' ')].join(': '));
  }
  return found;
}

t.test('each medium type is told once, with all its densities', async (t) => {
  const of = async (name: string) => mediumTypes(await rig(driveProduct(name)));
  t.same(await of('ULT3580-TD8'), ['78: 5c 5d', '88: 5e']);
  t.same(await of('ULT3580-TDA'), ['a8: 62', 'a9: 63']);
  t.same(await of('Ultrium 6-SCSI'), ['00: 46 58 5a'], 'HP has one code for data');
  t.same(await of('nobody knows it'), ['00: 20']);
});
