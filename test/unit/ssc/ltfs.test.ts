// SPDX-License-Identifier: GPL-2.0-or-later
// What LTFS sends to an IBM drive when it formats, mounts, writes an index, and mounts again; the order and the bytes
// of the commands follow the source of LTFS (tape.c, sg_tape.c).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { concat, readUint, writeUint } from '../../../src/bytes/layout.js';
import { type Rig, rig, u24 } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const rewound = '1b 00 00 00 01 00';
const text = (value: string, length: number) =>
  Uint8Array.from(Buffer.from(value.padEnd(length, '\0')));

/** Everything LTFS asks of a drive, in its words. */
class Ltfs {
  readonly #drive: Rig;
  constructor(drive: Rig) {
    this.#drive = drive;
  }

  async #ok(cdb: string, dataOut?: Uint8Array): Promise<Uint8Array> {
    const reply = await this.#drive.run(cdb, dataOut ? { dataOut } : {});
    if (reply.status !== 0) throw new Error(`${cdb}: ${senseOf(reply)}`);
    return reply.dataIn.slice();
  }

  async open(): Promise<void> {
    await this.#ok('12 00 00 00 ff 00');
    await this.#ok('12 01 80 00 ff 00');
    await this.#ok('05 00 00 00 00 00');
    await this.#ok('1e 00 00 00 01 00');
    await this.#ok(rewound);
    await this.#ok('5a 08 3f 00 00 00 00 ff ff 00');
    await this.protect();
    await this.programmableEarlyWarning();
    await this.#ok('4d 00 6e 00 00 00 00 ff ff 00');
  }

  /** Logical block protection by CRC32C off, as it is by default. */
  async protect(): Promise<void> {
    const page = await this.#ok('5a 00 0a f0 00 00 00 00 30 00');
    page.set([0, 0]);
    page[16 + 4] = 2;
    page[16 + 5] = 4;
    page[16 + 6] = 0;
    page[16]! &= 0x7f;
    await this.#ok(`55 10 00 00 00 00 00 00 ${page.length.toString(16)} 00`, page);
  }

  async programmableEarlyWarning(): Promise<void> {
    const page = await this.#ok('5a 00 10 01 00 00 00 00 30 00');
    page.set([0, 0]);
    writeUint(page, 16 + 6, 2, 100);
    page[16]! &= 0x7f;
    await this.#ok(`55 10 00 00 00 00 00 00 ${page.length.toString(16)} 00`, page);
  }

  async format(): Promise<void> {
    await this.#ok(rewound);
    const all = await this.#ok('5a 00 11 00 00 00 00 00 1c 00');
    const page = new Uint8Array(28 + Math.max(0, all[17]! - 0x0a));
    page.set(all);
    page.set([0, 0]);
    page[16]! &= 0x7f;
    page[19] = 1;
    page[20] = 0x20 | (page[20]! & 0x1f);
    page[22] = 9;
    page.set([0, 1, 0xff, 0xff], 24);
    await this.#ok(`55 10 00 00 00 00 00 00 ${page.length.toString(16)} 00`, page);
    await this.#ok('04 00 01 00 00 00');
  }

  locate(partition: number, block: number): Promise<Uint8Array> {
    const at = block.toString(16).padStart(16, '0');
    return this.#ok(`92 02 00 ${partition.toString(16).padStart(2, '0')} ${at} 00 00 00 00`);
  }

  write = (block: Uint8Array) => this.#ok(`0a 00 ${u24(block.length)} 00`, block);
  filemark = () => this.#ok('10 00 00 00 01 00');
  toEnd = () => this.#ok('91 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00');

  async readUntilFilemark(): Promise<Uint8Array[]> {
    const blocks: Uint8Array[] = [];
    for (;;) {
      const reply = await this.#drive.run('08 02 08 00 00 00');
      if (senseOf(reply) === '0/00/01') return blocks;
      if (reply.status !== 0) throw new Error(senseOf(reply));
      blocks.push(reply.dataIn.slice());
    }
  }

  async position(): Promise<{ partition: number; block: number; file: number }> {
    const data = await this.#ok('34 06 00 00 00 00 00 00 00 00');
    return {
      partition: readUint(data, 4, 4),
      block: readUint(data, 12, 4),
      file: readUint(data, 20, 4),
    };
  }

  async volumeChangeReference(): Promise<number> {
    const data = await this.#ok('8c 00 00 00 00 00 00 00 00 09 00 00 00 20 00 00');
    return readUint(data, 4 + 5, 4);
  }

  /** Attribute 080Ch: change reference, generation, block of the index, and who wrote it. */
  async setCoherency(partition: number, generation: number, block: number): Promise<void> {
    const value = new Uint8Array(70);
    value[0] = 8;
    writeUint(value, 5, 4, await this.volumeChangeReference());
    writeUint(value, 13, 4, generation);
    writeUint(value, 21, 4, block);
    value[26] = 43;
    value.set(text('LTFS', 5), 27);
    value.set(text('6f0e0cd2-9f2c-4b8e-9b7c-0e8e3c3c8f11', 37), 32);
    const list = concat(new Uint8Array(4), Uint8Array.of(0x08, 0x0c, 0, 0, 70), value);
    writeUint(list, 0, 4, list.length - 4);
    await this.#ok(
      `8d 00 00 00 00 00 00 0${partition} 00 00 00 00 00 ${list.length.toString(16)} 00 00`,
      list,
    );
  }

  async coherency(partition: number): Promise<{ generation: number; block: number }> {
    const data = await this.#ok(`8c 00 00 00 00 00 00 0${partition} 08 0c 00 00 00 80 00 00`);
    const value = data.subarray(4 + 5);
    return { generation: readUint(value, 13, 4), block: readUint(value, 21, 4) };
  }

  async close(): Promise<void> {
    await this.#ok('1e 00 00 00 00 00');
    await this.#ok('1b 00 00 00 00 00');
  }
}

const volumeLabel = text('VOL1ABC123L             LTFS', 80);
const label = text('<ltfslabel>', 4096);
const index = (generation: number) => text(`<ltfsindex>${generation}`, 4096);

/** The labels and the first index of a partition. */
async function writeLabels(ltfs: Ltfs, partition: number): Promise<void> {
  await ltfs.locate(partition, 0);
  await ltfs.write(volumeLabel);
  await ltfs.filemark();
  await ltfs.write(label);
  await ltfs.filemark();
  await ltfs.write(index(1));
  await ltfs.filemark();
  await ltfs.setCoherency(partition, 1, 4);
}

t.test('format, mount, write, mount again', async (t) => {
  const drive = await rig();
  const volume = await drive.insert({ capacity: 12_000 * 1e9 });
  const ltfs = new Ltfs(drive);
  await ltfs.open();
  await ltfs.format();
  t.equal(volume.partitionCount, 2);
  await writeLabels(ltfs, 1);
  await writeLabels(ltfs, 0);
  t.same(await ltfs.position(), { partition: 0, block: 6, file: 3 });

  await ltfs.locate(1, 0);
  t.same(await ltfs.readUntilFilemark(), [volumeLabel]);
  t.same(await ltfs.readUntilFilemark(), [label]);
  t.same(await ltfs.readUntilFilemark(), [index(1)]);
  await ltfs.toEnd();
  t.same(await ltfs.position(), { partition: 1, block: 6, file: 3 }, 'where files are appended');
  const blocks = [text('a file', 524288), text('its end', 1000)];
  for (const block of blocks) await ltfs.write(block);
  await ltfs.filemark();
  await ltfs.write(index(2));
  await ltfs.filemark();
  await ltfs.setCoherency(1, 2, 9);
  await ltfs.locate(0, 4);
  await ltfs.write(index(2));
  await ltfs.filemark();
  await ltfs.setCoherency(0, 2, 4);
  const reference = await ltfs.volumeChangeReference();
  await ltfs.close();
  t.equal(senseOf(await drive.run('00 00 00 00 00 00')), '2/3a/00');

  t.equal((await drive.run(rewound)).status, 0, 'loaded again');
  t.equal(senseOf(await drive.run('00 00 00 00 00 00')), '6/28/00');
  await ltfs.open();
  t.equal(await ltfs.volumeChangeReference(), reference, 'mounting changes nothing');
  t.same(await ltfs.coherency(0), { generation: 2, block: 4 });
  t.same(await ltfs.coherency(1), { generation: 2, block: 9 });
  await ltfs.locate(0, 4);
  t.same(await ltfs.readUntilFilemark(), [index(2)]);
  await ltfs.locate(1, 6);
  t.same(
    (await ltfs.readUntilFilemark()).map((block) => hex(block.subarray(0, 8))),
    blocks.map((block) => hex(block.subarray(0, 8))),
  );
  t.same(drive.bugs, []);
});
