// SPDX-License-Identifier: GPL-2.0-or-later
// What every page of every drive product must be, whatever its declaration says (SPC-5 7.3, 7.5, 7.7).
import t from 'tap';
import { readUint } from '../../src/bytes/layout.js';
import { defaultDrive } from '../../src/personality/default-drive.js';
import { driveProducts } from '../../src/personality/drives.js';
import { type DriveProduct, nativeDensity } from '../../src/ssc/drive-product.js';
import { modePagesOf, vpdPagesOf } from '../../src/ssc/features.js';
import { type Rig, rig } from '../support/drive.js';
import { fieldPointerOf, senseOf } from '../support/initiator.js';

const h2 = (value: number) => value.toString(16).padStart(2, '0');
const ascending = (codes: readonly number[]) =>
  codes.every((code, i) => i === 0 || code > codes[i - 1]!);

const products = [...driveProducts, defaultDrive];

/** A drive of a product with its own cartridge in it. */
async function loaded(product: DriveProduct): Promise<Rig> {
  const drive = await rig(product);
  await drive.insert({ density: nativeDensity(product).cartridges.at(-1)! });
  return drive;
}

t.test('VPD pages: an ascending list, and every page as long as it says', async (t) => {
  for (const product of products) {
    const { run, bugs } = await rig(product);
    const list = (await run('12 01 00 00 ff 00')).dataIn;
    const codes = [...list.subarray(4)];
    const wrong: string[] = [];
    if (readUint(list, 2, 2) !== codes.length || !ascending(codes)) wrong.push('00h');
    for (const code of codes) {
      const page = (await run(`12 01 ${h2(code)} ff ff 00`)).dataIn;
      if (page[1] !== code || readUint(page, 2, 2) !== page.length - 4) wrong.push(`${h2(code)}h`);
    }
    t.same(wrong, [], product.description);
    t.equal(codes.length, vpdPagesOf(product).length + 1, `${product.description}: all of them`);
    t.equal(senseOf(await run('12 01 7e 00 ff 00')), '5/24/00');
    t.equal(senseOf(await run('12 00 80 00 ff 00')), '5/24/00', 'a page code without EVPD');
    t.same(bugs, []);
  }
});

interface Page {
  readonly name: string;
  readonly headerSize: number;
  readonly bytes: Uint8Array;
}

/** The pages in mode data behind the header. */
function pagesIn(list: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < list.length; ) {
    const SPF = (list[at]! & 0x40) !== 0;
    const headerSize = SPF ? 4 : 2;
    const size = headerSize + (SPF ? readUint(list, at + 2, 2) : list[at + 1]!);
    const name = `${h2(list[at]! & 0x3f)}/${h2(SPF ? list[at + 1]! : 0)}`;
    pages.push({ name, headerSize, bytes: list.slice(at, at + size) });
    at += size;
  }
  return pages;
}

/** All mode pages under a PC. */
const modePages = async ({ run }: Rig, PC: number): Promise<Page[]> =>
  pagesIn((await run(`5a 08 ${h2((PC << 6) | 0x3f)} ff 00 00 00 ff ff 00`)).dataIn.subarray(8));

/** MODE SELECT(10) of one page. */
function select({ run }: Rig, page: Uint8Array) {
  const list = new Uint8Array(8 + page.length);
  list[3] = 0x10;
  list.set(page, 8);
  return run(`55 10 00 00 00 00 00 00 ${h2(list.length)} 00`, { dataOut: list });
}

t.test('mode pages: the same pages, in order and of one size, whatever PC asks', async (t) => {
  for (const product of products) {
    const drive = await rig(product);
    const [current, changeable, defaults] = await Promise.all(
      [0, 1, 2].map((PC) => modePages(drive, PC)),
    );
    const shape = (pages: readonly Page[]) =>
      pages.map(({ name, headerSize, bytes }) =>
        [name, bytes.length, ...bytes.subarray(0, headerSize)].join(' '),
      );
    t.same(shape(changeable!), shape(current!), `${product.description}: changeable`);
    t.same(shape(defaults!), shape(current!), `${product.description}: default`);
    t.equal(current!.length, modePagesOf(product).length);
    const names = current!.map(({ name }) => name);
    t.same(names, [...names].sort(), 'ascending');
    t.equal((await drive.run('1a 08 3f 00 ff 00')).status, 0, 'MODE SENSE(6) has room for them');
    const refused: string[] = [];
    for (const { name, bytes } of current!)
      if ((await select(drive, bytes)).status !== 0) refused.push(name);
    t.same(refused, [], 'taken back as they were read');
    t.same(drive.bugs, []);
  }
});

/**
 * Flips each bit of a page alone. One that is not changeable must be refused where it is; one that is may be
 * refused for its value, and then at a changeable field.
 */
async function wrongBits(drive: Rig, page: Page, mask: Uint8Array): Promise<string[]> {
  const wrong: string[] = [];
  for (let bit = page.headerSize * 8; bit < page.bytes.length * 8; bit++) {
    const [byte, inByte] = [bit >> 3, 7 - (bit & 7)];
    const flipped = page.bytes.slice();
    flipped[byte]! ^= 1 << inByte;
    const reply = await select(drive, flipped);
    const changes = ((mask[byte]! >> inByte) & 1) === 1;
    const pointer = fieldPointerOf(reply);
    const expected = changes
      ? reply.status === 0 || mask[Number(/^data (\d+)/.exec(pointer ?? '')?.[1]) - 8] !== 0
      : senseOf(reply) === '5/26/00' && pointer === `data ${8 + byte}.${inByte}`;
    if (!expected) wrong.push(`${page.name} ${byte}.${inByte}: ${senseOf(reply)} ${pointer}`);
    if (reply.status === 0) await select(drive, page.bytes);
  }
  return wrong;
}

t.test('mode pages: MODE SELECT changes what is changeable, and nothing else', async (t) => {
  const seen = new Set<unknown>();
  for (const product of products) {
    const fresh = modePagesOf(product).filter((page) => !seen.has(page));
    if (fresh.length === 0) continue;
    const drive = await rig(product);
    const [current, masks] = [await modePages(drive, 0), await modePages(drive, 1)];
    for (const declared of fresh) {
      seen.add(declared);
      const name = `${h2(declared.code)}/${h2(declared.subpage)}`;
      const at = current.findIndex((page) => page.name === name);
      t.same(
        await wrongBits(drive, current[at]!, masks[at]!.bytes),
        [],
        `${declared.name} of ${product.description}`,
      );
    }
    t.same(drive.bugs, []);
  }
});

/** What is wrong with a log page: its length, the order of its parameters, parameters that leave it. */
function logFaults(page: Uint8Array): string | undefined {
  if (readUint(page, 2, 2) !== page.length - 4) return 'length';
  const codes: number[] = [];
  let at = 4;
  while (at + 4 <= page.length) {
    codes.push(readUint(page, at, 2));
    at += 4 + page[at + 3]!;
  }
  if (at !== page.length) return 'a parameter leaves the page';
  return ascending(codes) ? undefined : 'parameters out of order';
}

async function logWrongs({ run, drive }: Rig): Promise<string[]> {
  const wrong: string[] = [];
  const sense = async (PC: number, code: number) =>
    (await run(`4d 00 ${h2((PC << 6) | code)} 00 00 00 00 ff ff 00`)).dataIn;
  const codes = [...(await sense(1, 0)).subarray(4)];
  if (!ascending(codes) || codes[0] !== 0) wrong.push('list');
  const pairs = (await run('4d 00 40 ff 00 00 00 ff ff 00')).dataIn;
  if (pairs.length !== 4 + 2 * (drive.product.logPages.length + 2)) wrong.push('list of subpages');
  for (const code of codes.slice(1)) {
    const page = await sense(1, code);
    const fault = logFaults(page);
    if (fault) wrong.push(`${h2(code)}h: ${fault}`);
    for (const PC of [0, 2, 3])
      if ((await sense(PC, code)).length !== page.length) wrong.push(`${h2(code)}h: PC ${PC}`);
    const beyond = await run(`4d 00 ${h2(0x40 | code)} 00 00 ff ff ff ff 00`);
    if (fieldPointerOf(beyond) !== 'cdb 5') wrong.push(`${h2(code)}h: parameter pointer`);
  }
  return wrong;
}

t.test('log pages: lists, lengths, order, pointer, with a cartridge and without', async (t) => {
  for (const product of products) {
    const empty = await rig(product);
    t.same(await logWrongs(empty), [], `${product.description}, empty`);
    const full = await loaded(product);
    t.same(await logWrongs(full), [], `${product.description}, loaded`);
    t.equal(senseOf(await full.run('4d 00 7f 00 00 00 00 ff ff 00')), '5/24/00');
    t.same([...empty.bugs, ...full.bugs], []);
  }
});

/** The value of a parameter of a log page. */
async function parameter({ run }: Rig, code: number, wanted: number, PC = 1): Promise<number> {
  const page = (
    await run(
      `4d 00 ${h2((PC << 6) | code)} 00 00 ${h2(wanted >> 8)} ${h2(wanted & 0xff)} ff ff 00`,
    )
  ).dataIn;
  return readUint(page, 8 + Math.max(0, page[7]! - 6), Math.min(6, page[7]!));
}

t.test('counters count, LOG SELECT resets them, thresholds are the largest value', async (t) => {
  const drive = await loaded(driveProducts[7]!);
  await drive.write(1000, 2000, 'mark');
  await drive.run('01 00 00 00 00 00');
  await drive.run('08 00 00 03 e8 00');
  t.equal(await parameter(drive, 0x0c, 0x0000), 3000, 'bytes from the host');
  t.equal(await parameter(drive, 0x0c, 0x0003), 1000, 'bytes to the host');
  t.equal(await parameter(drive, 0x0c, 0x0000, 0), 0xffff_ffff_ffff, 'threshold');
  t.equal(await parameter(drive, 0x0c, 0x0000, 3), 0, 'default');
  t.equal(await parameter(drive, 0x17, 0x0000), 1, 'volume statistics are valid');
  t.equal(await parameter(drive, 0x31, 0x0003), 1024, 'capacity, MiB');
  t.equal((await drive.run('4c 02 cc 00 00 00 00 00 00 00')).status, 0, 'LOG SELECT, PCR');
  t.equal(await parameter(drive, 0x0c, 0x0000), 0);
  t.equal(await parameter(drive, 0x14, 0x0000), 1, 'loads in life');
});
