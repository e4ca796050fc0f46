// SPDX-License-Identifier: GPL-2.0-or-later
// What every drive product must do, whatever its data file says.
import t from 'tap';
import { hex } from '../../src/bytes/hex.js';
import { readUint } from '../../src/bytes/layout.js';
import { defaultDrive } from '../../src/personality/default-drive.js';
import { driveProducts } from '../../src/personality/drives.js';
import type { Command } from '../../src/sam/command.js';
import { nativeDensity } from '../../src/ssc/drive-product.js';
import { rig } from '../support/drive.js';
import { fieldPointerOf, senseOf } from '../support/initiator.js';

t.setTimeout(120_000);

const h2 = (value: number) => value.toString(16).padStart(2, '0');

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** From nothing to past what a command has; in the middle of long data not each. */
const lengthsAround = (length: number): number[] => {
  const last = Math.min(length + 1, 255);
  return Array.from({ length: last + 1 }, (_, n) => n).filter((n) => n < 24 || n > last - 4);
};

type Cdb = (allocationLength: number) => string;

/** CDBs of every command that has an ALLOCATION LENGTH, wherever its declaration puts that; all else is zero. */
function withAllocationLength(commands: readonly Command<never>[]): (readonly [string, Cdb])[] {
  const found = commands.flatMap((command): (readonly [string, Cdb])[] => {
    const cdb = new Uint8Array(command.size);
    cdb[0] = command.opcode;
    cdb[1] = command.serviceAction ?? 0;
    const last = cdb.findIndex((_, byte) => {
      const tried = cdb.slice();
      if (byte > 0) tried[byte] = 1;
      return command.allocationLength(tried) === 1;
    });
    if (last < 0) return [];
    const sent: Cdb = (length) => hex(Uint8Array.from(cdb).fill(length, last, last + 1));
    return [[command.name, sent]];
  });
  return [...found, ...ofPages];
}

/** Commands of which other fields make more interesting data. */
const ofPages: readonly (readonly [string, Cdb])[] = [
  ['VPD 83h', (n) => `12 01 83 00 ${h2(n)} 00`],
  ['MODE SENSE(6) of all pages', (n) => `1a 00 3f 00 ${h2(n)} 00`],
  ['MODE SENSE(10) of all pages', (n) => `5a 00 3f ff 00 00 00 00 ${h2(n)} 00`],
  ['LOG SENSE of volume statistics', (n) => `4d 00 57 00 00 00 00 00 ${h2(n)} 00`],
];

/** Seconds, from the table of timeouts LTFS has for IBM's drives of that generation. */
const makersTimeouts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'IBM LTO Ultrium 5': { 'ERASE(6)': 16380, 'LOAD UNLOAD': 780, 'LOCATE(10)': 2040, INQUIRY: 60 },
};

for (const product of [...driveProducts, defaultDrive])
  t.test(product.description, async (t) => {
    const { run, drive, insert, bugs } = await rig(product);
    await insert({ density: nativeDensity(product).cartridges.at(-1)! });

    t.test('allocation length, 0 to n: cuts and never changes', async (t) => {
      const wrong: string[] = [];
      const compared: string[] = [];
      for (const [name, cdb] of withAllocationLength(drive.commands.all)) {
        const whole = await run(cdb(255));
        if (whole.status !== 0) continue;
        compared.push(name);
        const bytes = whole.dataIn.slice();
        for (const n of lengthsAround(bytes.length)) {
          const part = await run(cdb(n));
          if (part.status !== 0 || !isSame(part.dataIn, bytes.subarray(0, n)))
            wrong.push(`${name}, ${n} bytes`);
        }
      }
      t.same(wrong, []);
      for (const name of ['INQUIRY', 'REQUEST SENSE', 'MODE SENSE(6)', 'LOG SENSE'])
        t.ok(compared.includes(name), `${name} is among them`);
    });

    t.test('every reserved bit is refused where it is', async (t) => {
      const wrong: string[] = [];
      for (const command of drive.commands.all) {
        for (let byte = 1; byte < command.size - 1; byte++)
          for (let bit = 0; bit < 8; bit++) {
            const serviceActionBit = byte === 1 && bit < 5 && command.serviceAction !== undefined;
            const ignored = byte === 1 && (drive.ignoredCdbBits >> bit) & 1;
            if ((command.usage[byte]! >> bit) & 1 || serviceActionBit || ignored) continue;
            const cdb = new Uint8Array(command.size);
            cdb[0] = command.opcode;
            cdb[1] = command.serviceAction ?? 0;
            cdb[byte]! |= 1 << bit;
            const reply = await run(hex(cdb));
            if (senseOf(reply) !== '5/24/00' || fieldPointerOf(reply) !== `cdb ${byte}.${bit}`)
              wrong.push(
                `${command.name} byte ${byte} bit ${bit}: ${senseOf(reply)} ${fieldPointerOf(reply)}`,
              );
          }
      }
      t.same(wrong, []);
    });

    t.test('operation codes that are not there', async (t) => {
      const known = new Set(drive.commands.all.map(({ opcode }) => opcode));
      for (let opcode = 0; opcode < 256; opcode++) {
        if (known.has(opcode)) continue;
        const reply = await run(`${h2(opcode)} 00 00 00 00 00`);
        if (senseOf(reply) !== '5/20/00') t.fail(`operation code ${h2(opcode)}: ${senseOf(reply)}`);
      }
      t.pass('are refused');
    });

    t.test('REPORT SUPPORTED OPERATION CODES lists the commands', async (t) => {
      if (!drive.commands.find(0xa3, 0x0c)) {
        t.equal(senseOf(await run('a3 0c 00 00 00 00 00 00 ff ff 00 00')), '5/20/00');
        return;
      }
      const all = (await run('a3 0c 00 00 00 00 00 00 ff ff 00 00')).dataIn;
      t.equal(readUint(all, 0, 4), all.length - 4);
      t.equal((all.length - 4) / 8, drive.commands.all.length);
      const locate = (await run('a3 0c 01 2b 00 00 00 00 ff ff 00 00')).dataIn;
      t.equal(hex(locate), '00 03 00 0a 2b 07 00 ff ff ff ff 00 ff 00', 'LOCATE(10)');
      const none = (await run('a3 0c 01 ee 00 00 00 00 ff ff 00 00')).dataIn;
      t.equal(hex(none), '00 01 00 00');
      t.equal(senseOf(await run('a3 0c 01 a3 00 00 00 00 ff ff 00 00')), '5/24/00');
      const itself = (await run('a3 0c 82 a3 00 0c 00 00 ff ff 00 00')).dataIn;
      t.equal(itself.length, 4 + 12 + 12, 'with the timeouts descriptor');
      const timed = (await run('a3 0c 80 00 00 00 00 00 ff ff 00 00')).dataIn;
      const unsaid: string[] = [];
      for (let i = 0; i < drive.commands.all.length; i++) {
        const at = 4 + 20 * i;
        const { name } = drive.commands.all[i]!;
        const recommended = readUint(timed, at + 16, 4);
        if (recommended < 60) unsaid.push(name);
        const maker = makersTimeouts[product.description]?.[name];
        if (maker !== undefined) t.equal(recommended, maker, name);
      }
      t.same(unsaid, [], 'how long each may last');
    });

    t.test('identity, as captures have it', async (t) => {
      t.equal(
        hex((await run('12 01 80 00 ff 00')).dataIn),
        '01 80 00 0a 58 59 5a 5a 59 5f 41 31 20 20',
      );
      const identification = (await run('12 01 83 00 ff 00')).dataIn;
      t.equal(hex(identification.subarray(0, 8)), '01 83 00 32 02 01 00 22');
      t.equal(hex(identification.subarray(-12)), '01 03 00 08 50 22 33 44 ab 00 01 00');
    });

    t.same(bugs, [], 'nothing failed inside');
  });
