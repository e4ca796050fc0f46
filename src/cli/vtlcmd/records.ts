// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of a new record of device.conf.
import { DEVICE_KEYS, type DeviceKeyName, type UnitKind } from '../../config/device-keys.js';

const padded = (value: number): string => String(value).padStart(2, '0');

export interface NewRecord {
  readonly kind: UnitKind;
  readonly unit: number;
  readonly target: number;
  /** In the order they are written; undefined: left out. */
  readonly values: Readonly<Partial<Record<DeviceKeyName, string | undefined>>>;
}

export const recordLines = ({ kind, unit, target, values }: NewRecord): string[] => [
  `${kind}: ${unit} CHANNEL: 00 TARGET: ${padded(target)} LUN: 00`,
  ...Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${DEVICE_KEYS[key as DeviceKeyName].name}: ${value}`],
  ),
];

/** What a drive record says about compression: what the default configuration has. */
export const defaultCompression = {
  compression: 'factor 1 enabled 1',
  compressionType: 'lzo',
} as const;

export const placeText = (library: number, slot: number): string =>
  `${library} Slot: ${padded(slot)}`;
