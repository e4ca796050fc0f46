// SPDX-License-Identifier: GPL-2.0-or-later
// Faults of a cartridge in a drive: blocks that cannot be read or written, loads that fail, power that goes.
import { MediumError, type Volume } from '../medium/volume.js';
import type { CartridgeSource } from '../ssc/cartridge-source.js';
import type { Fault, Faults } from './faults.js';

const MEGABYTE = 1e6;

/** A cartridge that meets the faults of the drive. */
export const faultyCartridge = (source: CartridgeSource, faults: Faults): CartridgeSource => ({
  barcode: source.barcode,
  async open() {
    if (faults.strike('load-failure', fitsBarcode(source.barcode)))
      throw new MediumError('unreadable', `fault injected: ${source.barcode} does not load`);
    return faultyVolume(await source.open(), faults);
  },
});

const fitsBarcode =
  (held: string) =>
  ({ parameters: { barcode } }: Fault): boolean =>
    barcode === undefined || barcode === held;

/** The same volume, but for what the faults do to it. */
function faultyVolume(volume: Volume, faults: Faults): Volume {
  const fits = fitsBarcode(volume.barcode);
  /** Bytes written under each write fault. */
  const written = new Map<Fault, number>();

  function assertReadable(partition: number, position: number): void {
    const here = faults.strike(
      'medium-error',
      (fault) =>
        fits(fault) &&
        Number(fault.parameters['block']) === position &&
        Number(fault.parameters['partition'] ?? 0) === partition,
    );
    if (here) throw new MediumError('unreadable', `fault injected at block ${position}`);
  }

  function assertWritable(bytes: number): void {
    const fault = faults.find('write-error', fits);
    if (!fault) return;
    const total = (written.get(fault) ?? 0) + bytes;
    if (total <= Number(fault.parameters['after']) * MEGABYTE) {
      written.set(fault, total);
      return;
    }
    faults.strike('write-error', (each) => each === fault);
    throw new MediumError('unwritable', 'fault injected: write error');
  }

  const changed: Partial<Volume> = {
    read(partition, position, ...rest) {
      if (faults.size > 0) assertReadable(partition, position);
      return volume.read(partition, position, ...rest);
    },
    write(partition, position, block, ...rest) {
      if (faults.size > 0) assertWritable(block.length);
      return volume.write(partition, position, block, ...rest);
    },
    async dismount(totals) {
      if (!faults.strike('dirty-unmount', fits)) return volume.dismount(totals);
      await volume.flush();
      await volume.close();
    },
  };
  /* Whatever else a volume has goes through untouched, also what is added to the interface later. */
  const bound = new Map<PropertyKey, unknown>(Object.entries(changed));
  return new Proxy(volume, {
    get(target, key) {
      const known = bound.get(key);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      const method: unknown = value.bind(target);
      bound.set(key, method);
      return method;
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}
