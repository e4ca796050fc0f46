// SPDX-License-Identifier: GPL-2.0-or-later
// A tape drive behind Linux's st driver: its operations by name.
import fs from 'node:fs';
import { addon, type TapeStatus } from '../../addon/addon.js';

/** MT operations of linux/mtio.h by the names mt(1) has for them. */
const OPERATIONS = {
  fsf: 1,
  bsf: 2,
  fsr: 3,
  bsr: 4,
  weof: 5,
  rewind: 6,
  eod: 12,
  setblk: 20,
  seek: 22,
  compression: 32,
} as const;
export type TapeOperation = keyof typeof OPERATIONS;

/** Bits of the general status, in the words of mt(1). */
const STATUS_BITS: readonly (readonly [bit: number, name: string])[] = [
  [0x80000000, 'EOF'],
  [0x40000000, 'BOT'],
  [0x20000000, 'EOT'],
  [0x10000000, 'SM'],
  [0x08000000, 'EOD'],
  [0x04000000, 'WR_PROT'],
  [0x01000000, 'ONLINE'],
  [0x00040000, 'DR_OPEN'],
  [0x00010000, 'IM_REP_EN'],
];

/** Names of the bits that are set. */
export const statusWords = (generalStatus: number): string[] =>
  STATUS_BITS.filter(([bit]) => (generalStatus & bit) !== 0).map(([, name]) => name);

export class StDevice {
  readonly #fd: number;

  /** @throws the error of the device, as ENOMEDIUM for an empty drive */
  constructor(path: string) {
    this.#fd = fs.openSync(path, 'r+');
  }

  /** @throws the errno of st, as EIO when a filemark is in the way */
  operate(operation: TapeOperation, count = 1): void {
    addon().tapeOperation(this.#fd, OPERATIONS[operation], count);
  }

  status(): TapeStatus {
    return addon().tapeStatus(this.#fd);
  }

  write(block: Uint8Array): void {
    const written = fs.writeSync(this.#fd, block, 0, block.length, null);
    if (written !== block.length)
      throw new Error(`${written} of ${block.length} bytes were written`);
  }

  /** One block, which must fit; no bytes at a filemark. */
  read(room: number): Uint8Array {
    const block = new Uint8Array(room);
    return block.subarray(0, fs.readSync(this.#fd, block, 0, room, null));
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}
