// SPDX-License-Identifier: GPL-2.0-or-later
// What is written is what other programs of the format read: decoded here by code that shares nothing with src/.
import fs from 'node:fs';
import { inflateSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import type { Compression } from '../../../src/medium/volume.js';
import { newCartridge } from '../../fixtures/media/cartridges.js';
import { decompressLzo1x } from '../../support/lzo1x.js';

/** CRC-32C bit by bit: reflected polynomial 82F63B78h, all ones before and after. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Text, bytes of little order, a single byte, and repetitions near and far. */
const BLOCKS: readonly Buffer[] = [
  Buffer.from('the quick brown fox jumps over the lazy dog; '.repeat(300)),
  Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7919 + (i >> 3)) & 0xff)),
  Buffer.from('x'),
  Buffer.alloc(70000),
  Buffer.concat([
    Buffer.from('far apart'),
    Buffer.alloc(40000, 'abcdefghij'),
    Buffer.from('far apart'),
  ]),
];

/** Objects written: each block, filemarks after the second and two at the end. */
async function write(directory: string, compress: Compression | undefined): Promise<void> {
  const volume = openCartridge(directory);
  await volume.mount({ vendor: 'IBM', serial: 'XYZZY_A1' });
  await volume.noteModification();
  let position = 0;
  for (const [i, block] of BLOCKS.entries()) {
    await volume.write(0, position++, block, { compress });
    if (i === 1) await volume.writeFilemarks(0, position++, 1);
  }
  await volume.writeFilemarks(0, position, 2);
  await volume.flush();
  await volume.dismount({ bytesWritten: BLOCKS.reduce((n, b) => n + b.length, 0), bytesRead: 0 });
}

const ZLIB = 0x01;
const LZO = 0x04;
const CRC = 0x08;

function decode(flags: number, stored: Buffer, size: number): Buffer {
  if (flags & ZLIB) return inflateSync(stored);
  if (flags & LZO) return Buffer.from(decompressLzo1x(stored, size));
  return stored;
}

/** Walks index and data as the sheet of the format has them. */
function checkObjects(t: Test, directory: string, flag: number): void {
  const indx = fs.readFileSync(`${directory}/indx.0`);
  const data = fs.readFileSync(`${directory}/data.0`);
  const expected = [
    BLOCKS[0],
    BLOCKS[1],
    undefined,
    BLOCKS[2],
    BLOCKS[3],
    BLOCKS[4],
    undefined,
    undefined,
  ];
  t.equal(indx.length, 512 * expected.length);
  let offset = 0;
  let compressed = 0;
  for (const [number, block] of expected.entries()) {
    const record = indx.subarray(number * 512, number * 512 + 512);
    const stored = record.readUInt32LE(24);
    t.equal(Number(record.readBigInt64LE(0)), offset, `offset of ${number}`);
    t.equal(record.readUInt32LE(8), block ? 11 : 3, 'type');
    t.equal(record.readUInt32LE(16), number, 'number');
    t.equal(record.readUInt32LE(20), block?.length ?? 0, 'size');
    t.equal(record.readUInt32LE(28), block ? crc32c(block) : 0, 'checksum');
    t.ok(record.subarray(32).equals(Buffer.alloc(480)), 'no key, partition 0, zeros');
    const flags = record.readUInt32LE(12);
    if (block) {
      t.ok(flags === (CRC | flag) || flags === CRC, `flags ${flags}`);
      if (flags & flag) compressed++;
      const bytes = decode(flags, data.subarray(offset, offset + stored), block.length);
      t.ok(bytes.equals(block), `block ${number}`);
    } else t.equal(flags, 0);
    offset += stored;
  }
  t.equal(data.length, offset, 'data end with the last block');
  if (flag) t.ok(compressed >= 3, `${compressed} blocks were compressed`);
}

/** Identifiers and lengths of a list of attributes. */
function entries(bytes: Buffer, start: number): string[] {
  const found: string[] = [];
  for (let at = start; at < bytes.length; at += 4 + bytes.readUInt16LE(at + 2))
    found.push(`${bytes.readUInt16LE(at).toString(16)}:${bytes.readUInt16LE(at + 2)}`);
  return found;
}

const MAM_ENTRIES =
  '0:8 1:8 2:8 3:8 4:8 5:8 6:1 7:2 9:4 20a:40 20b:40 20c:40 20d:40 220:8 221:8 222:8 223:8 400:8 401:32 402:4 403:4 404:8 405:1 406:12 407:8 408:1 409:2 800:8 801:32 802:8 803:160 804:12 805:1 806:32 807:80 808:160 80b:16 80c:70 1623:1';
const PRIVATE_ENTRIES = '1:1 2:2 3:1 4:1 5:1 a:70 b:70 c:70 d:8 e:8 f:8 10:8 6:4 7:2 8:8 9:32';

const KINDS: readonly [string, number, Compression | undefined][] = [
  ['plain', 0, undefined],
  ['zlib', ZLIB, { type: 'zlib', level: 1 }],
  ['zlib, level 9', ZLIB, { type: 'zlib', level: 9 }],
  ['lzo', LZO, { type: 'lzo', level: 1 }],
];

for (const [name, flag, compress] of KINDS)
  t.test(`${name}: index, data, map and memory`, async (t) => {
    const directory = newCartridge(t.testdir({}));
    await write(directory, compress);
    checkObjects(t, directory, flag);
    const meta = fs.readFileSync(`${directory}/meta.0`);
    t.equal(meta.length, 512 + 12);
    t.same(
      [0, 512, 516, 520].map((at) => meta.readUInt32LE(at)),
      [3, 2, 6, 7],
      'filemarks',
    );
    t.ok(meta.subarray(4, 496).equals(Buffer.alloc(492)));
    const mam = fs.readFileSync(`${directory}/mam`);
    t.equal(mam.subarray(0, 8).toString('hex'), '0600000004000000');
    const known = MAM_ENTRIES.split(' ');
    t.same(entries(mam, 8).slice(0, known.length), known, 'what other programs know comes first');
    const own = fs.readFileSync(`${directory}/mhvtl_data`);
    t.same(entries(own, 0).slice(0, 16), PRIVATE_ENTRIES.split(' '));
    t.equal(own[4], 0, 'not in a drive');
    const dataSize = fs.statSync(`${directory}/data.0`).size;
    t.equal(mam.readBigUInt64BE(12), (500n << 20n) - BigInt(dataSize), 'remaining, bytes');
  });
