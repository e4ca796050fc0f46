// SPDX-License-Identifier: GPL-2.0-or-later
// A small library in memory, as in the captures: 1 picker, 2 MAP, 2 drive places (one empty), 3 slots.
import { unhex } from '../../../src/bytes/hex.js';
import type { LibraryProduct } from '../../../src/personality/library.js';
import { stkL700 } from '../../../src/personality/stk-libraries.js';
import { LogicalUnit } from '../../../src/sam/logical-unit.js';
import type { Completion } from '../../../src/sam/task.js';
import { MediaChanger } from '../../../src/smc/changer.js';
import { type DataTransferDevice, TransferFailure } from '../../../src/smc/data-transfer-device.js';
import { ElementMap, type ElementPlans } from '../../../src/smc/element.js';
import type { FailedTransfer } from '../../../src/smc/moves.js';
import type { AttributeValue } from '../../../src/spc/attribute-data.js';
import { VolatileState } from '../../../src/spc/environment.js';
import { ManualClock } from '../../support/environment.js';

/** A drive that holds at most one cartridge and notes what it was told. */
export class MemoryDrive implements DataTransferDevice {
  readonly identity;
  readonly told: string[] = [];
  holds: string | undefined;
  /** Thrown by the next call of that name, once. */
  readonly failures: Partial<Record<'load' | 'unload', Error>> = {};

  constructor(serial: string) {
    this.identity = { vendor: 'IBM', product: 'ULT3580-TD8', serial };
  }

  async load(barcode: string): Promise<void> {
    await this.#tell('load', barcode);
    if (this.holds !== undefined) throw new TransferFailure('occupied');
    this.holds = barcode;
  }

  async unload(barcode: string): Promise<void> {
    await this.#tell('unload', barcode);
    this.holds = undefined;
  }

  async #tell(what: 'load' | 'unload', barcode: string): Promise<void> {
    this.told.push(`${what} ${barcode}`);
    await new Promise(setImmediate);
    const failure = this.failures[what];
    delete this.failures[what];
    if (failure) throw failure;
  }
}

export interface Library {
  readonly changer: MediaChanger;
  readonly drives: readonly MemoryDrive[];
  readonly failed: FailedTransfer[];
  readonly bugs: unknown[];
  /** Sends a CDB in hex; data-in room is 64 KiB unless given. */
  send(cdb: string, options?: SendOptions): Promise<Completion>;
}

interface SendOptions {
  readonly nexus?: number;
  readonly room?: number;
  readonly dataOut?: Uint8Array;
}

export interface LibraryOptions {
  readonly product?: LibraryProduct;
  /** Drive serials by place; undefined for a place without a drive. */
  readonly serials?: readonly (string | undefined)[];
  readonly vendor?: string;
  readonly productName?: string;
  /** How many import/export elements, 2 as in the captures unless given. */
  readonly maps?: number;
  /** Barcodes by slot, those of the captures unless given. */
  readonly slots?: readonly (string | undefined)[];
  /** The medium auxiliary memory of a cartridge. */
  readonly attributes?: (barcode: string) => readonly AttributeValue[] | undefined;
  /** Other elements than the few of the captures. */
  readonly plans?: ElementPlans;
}

/** A library whose unit attention has been taken by nexus 0 and 1. */
export async function library(options: LibraryOptions = {}): Promise<Library> {
  const { product = stkL700, serials = ['XYZZY_A1', undefined] } = options;
  const drives = serials.map((serial) =>
    serial === undefined ? undefined : new MemoryDrive(serial),
  );
  const plans: ElementPlans = options.plans ?? {
    'medium transport': [{ number: 1 }],
    'import/export': Array.from({ length: options.maps ?? 2 }, (_, i) => ({ number: i + 1 })),
    'data transfer': drives.map((drive, i) => ({ number: i + 1, drive })),
    storage: (options.slots ?? ['E01001L8', 'CLN101L8', undefined]).map((barcode, i) => ({
      number: i + 1,
      barcode,
    })),
  };
  const failed: FailedTransfer[] = [];
  const bugs: unknown[] = [];
  const changer = new MediaChanger(
    {
      vendor: options.vendor ?? 'STK',
      product: options.productName ?? 'L700',
      revision: '0108',
      serial: 'XYZZY_A',
      naa: unhex('10 22 33 44 ab 00 00 00'),
    },
    product,
    new ElementMap(product.firstAddress, plans),
    {
      clock: new ManualClock(),
      state: new VolatileState(),
      attributesOf: (barcode) => options.attributes?.(barcode),
      mediumTypeOf: (barcode) => (barcode.startsWith('CLN') ? 'cleaning' : 'data'),
      moveFailed: (each) => failed.push(each),
    },
  );
  const unit = new LogicalUnit(changer, (_task, error) => {
    bugs.push(error);
  });
  let id = 0n;
  const send: Library['send'] = async (cdb, { nexus = 0, room = 0x10000, dataOut } = {}) =>
    unit.run({
      id: ++id,
      nexus,
      attribute: 'SIMPLE',
      cdb: unhex(cdb),
      dataOut: dataOut ?? new Uint8Array(),
      dataInRoom: room,
    });
  for (const nexus of [0, 1]) await send('00 00 00 00 00 00', { nexus });
  const present = drives.filter((drive): drive is MemoryDrive => drive !== undefined);
  return { changer, drives: present, failed, bugs, send };
}

/** Sense key, ASC, ASCQ as '5/24/00', with '@byte' or '@byte.bit' of the field pointer; '' for GOOD. */
export function senseOf({ status, sense }: Completion): string {
  if (status === 0) return '';
  if (sense.length === 0) return `status ${status}`;
  const pair = (byte: number): string => sense[byte]!.toString(16).padStart(2, '0');
  const code = `${sense[2]! & 0x0f}/${pair(12)}/${pair(13)}`;
  if (!(sense[15]! & 0x80)) return code;
  const byte = sense[16]! * 256 + sense[17]!;
  return sense[15]! & 0x08 ? `${code}@${byte}.${sense[15]! & 7}` : `${code}@${byte}`;
}
