// SPDX-License-Identifier: GPL-2.0-or-later
// A drive with a blank cartridge for tests, and shorthand for what is done to it.
import { aesGcm } from '../../src/daemon/aes-gcm.js';
import { cartridgeTypes } from '../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../src/medium/memory-volume.js';
import type { Use } from '../../src/medium/volume.js';
import { ibmLto8 } from '../../src/personality/lto/ibm-8.js';
import { LogicalUnit } from '../../src/sam/logical-unit.js';
import type { Completion } from '../../src/sam/task.js';
import { type DeviceState, VolatileState } from '../../src/spc/environment.js';
import type { DriveProduct } from '../../src/ssc/drive-product.js';
import { TapeDrive } from '../../src/ssc/tape-drive.js';
import { ManualClock, ManualPace } from './environment.js';
import { type Sent, send } from './initiator.js';

export interface Rig {
  readonly drive: TapeDrive;
  readonly unit: LogicalUnit<TapeDrive>;
  readonly bugs: unknown[];
  readonly clock: ManualClock;
  readonly pace: ManualPace;
  /** Sends a CDB in hex. */
  run(cdb: string, sent?: Sent): Promise<Completion>;
  /** Puts a fresh cartridge in and takes the unit attention. */
  insert(cartridge?: Partial<CartridgeSettings>): Promise<MemoryVolume>;
  /** Writes variable blocks of the given lengths, filled with their number; `'mark'` writes a filemark. */
  write(...objects: (number | 'mark')[]): Promise<void>;
}

export interface CartridgeSettings {
  readonly density: string;
  readonly use: Use;
  readonly writeProtected: boolean;
  /** Bytes. */
  readonly capacity: number;
}

export const u24 = (value: number): string => value.toString(16).padStart(6, '0');
export const write6 = (transferLength: number, FIXED = 0): string =>
  `0a 0${FIXED} ${u24(transferLength)} 00`;
export const read6 = (transferLength: number, flags = 0): string =>
  `08 0${flags} ${u24(transferLength)} 00`;

/**
 * A drive that has been powered on; the power-on unit attention of nexus 0 is taken.
 * @param state what it remembers; the one of an earlier rig makes this its restart
 */
export async function rig(
  product: DriveProduct = ibmLto8,
  state: DeviceState = new VolatileState(),
  more: { readonly pace?: number; readonly bigEndianProtection?: boolean } = {},
): Promise<Rig> {
  const bugs: unknown[] = [];
  const clock = new ManualClock();
  const pace = new ManualPace(clock, more.pace ?? 0);
  const drive = new TapeDrive(product, {
    identity: {
      vendor: product.vendor,
      product: product.products[0] ?? 'GENERIC',
      revision: '2160',
      serial: 'XYZZY_A1',
      naa: Uint8Array.of(0x10, 0x22, 0x33, 0x44, 0xab, 0x00, 0x01, 0x00),
    },
    compression: true,
    clock,
    state,
    pace,
    cipher: aesGcm,
    bigEndianProtection: more.bigEndianProtection ?? true,
  });
  const unit = new LogicalUnit(drive, (_, error) => bugs.push(error));
  const run = (cdb: string, sent?: Sent) => send(unit, cdb, sent);
  await run('00 00 00 00 00 00');
  return {
    drive,
    unit,
    bugs,
    clock,
    pace,
    run,
    async insert(settings = {}) {
      const density = settings.density ?? 'LTO8';
      const volume = new MemoryVolume({
        barcode: 'E01001L8',
        type: cartridgeTypes.find((type) => type.mktapeName === density)!,
        use: settings.use ?? 'data',
        writeProtected: settings.writeProtected ?? false,
        capacity: settings.capacity ?? 1 << 30,
      });
      await drive.insert({ barcode: 'E01001L8', open: () => volume });
      await run('00 00 00 00 00 00');
      return volume;
    },
    async write(...objects) {
      let number = drive.mounted?.position ?? 0;
      for (const object of objects) {
        if (object === 'mark') await run('10 00 00 00 01 00');
        else await run(write6(object), { dataOut: new Uint8Array(object).fill(number) });
        number++;
      }
    },
  };
}
