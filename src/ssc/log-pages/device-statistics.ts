// SPDX-License-Identifier: GPL-2.0-or-later
// Device Statistics log page (SSC-5 8.2.7): what the drive has done in its life.
import { type LogPage, type LogParameter, listCounter } from '../../spc/log-page.js';
import { nativeDensity } from '../drive-product.js';
import { motionHours, secondsFor } from '../drive-timing.js';
import { bytesMoved } from '../statistics.js';
import type { TapeDrive } from '../tape-drive.js';
import { toHours, toMegabytes } from '../units.js';

const serialLength = 32;

const text = (code: number, value: string): LogParameter => ({
  code,
  format: 'ASCII list',
  value: new TextEncoder().encode(value.padEnd(serialLength)),
});

/** Metres of tape on which so many bytes have their place. */
function metres(product: TapeDrive['product'], bytes: number): number {
  const { wraps, tapeMetres } = product.timing;
  const { capacity } = nativeDensity(product);
  return capacity > 0 ? Math.floor((wraps * tapeMetres * toMegabytes(bytes)) / capacity) : 0;
}

/** Milliseconds since power on; percent of them in which the tape was read, written, either. */
function dutyCycles({ product, statistics: { sincePowerOn } }: TapeDrive): number[] {
  const { powerOnSeconds, bytesFromMedium, bytesToMedium } = sincePowerOn;
  const percent = (bytes: number) =>
    Math.min(100, Math.round((100 * secondsFor(product.timing, bytes)) / (powerOnSeconds || 1)));
  const [read, written] = [percent(bytesFromMedium), percent(bytesToMedium)];
  return [powerOnSeconds * 1000, read, written, Math.min(100, read + written)];
}

export const deviceStatisticsPage: LogPage<TapeDrive> = {
  code: 0x14,
  name: 'Device Statistics',
  ref: 'SSC-5 8.2.7',
  parameters(drive) {
    const { identity, product, statistics } = drive;
    const { life, sincePowerOn } = statistics;
    const eight = (code: number, value: number): LogParameter => listCounter(code, 8, value);
    const hours = (bytes: number) => motionHours(product.timing, bytes);
    return [
      eight(0x0000, life.mounts),
      eight(0x0001, life.cleanings),
      eight(0x0002, toHours(life.powerOnSeconds)),
      eight(0x0003, hours(bytesMoved(life))),
      eight(0x0004, metres(product, bytesMoved(life))),
      eight(0x0005, hours(life.bytesMovedAtRefusal)),
      eight(0x0006, 0),
      eight(0x0007, 0),
      eight(0x0008, hours(bytesMoved(life) - life.bytesMovedAtCleaning)),
      eight(0x000b, 0),
      eight(0x000c, life.powerOns),
      eight(0x000d, sincePowerOn.mounts),
      eight(0x000e, life.writeErrors),
      eight(0x000f, life.readErrors),
      ...dutyCycles(drive).map((value, i) => eight(0x0010 + i, value)),
      text(0x0040, identity.serial),
      text(0x0041, identity.serial),
      listCounter(0x0080, 1, drive.removalPreventedBy.size > 0 ? 1 : 0),
      listCounter(0x0081, 1, 0),
    ];
  },
};
