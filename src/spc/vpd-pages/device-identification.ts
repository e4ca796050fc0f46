// SPDX-License-Identifier: GPL-2.0-or-later
// Device Identification VPD page (SPC-5 7.7.6): who this logical unit is.
import { ascii, concat, layout } from '../../bytes/layout.js';
import { designator } from '../designator.js';
import type { Identity, PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';

/** Vendor, product and serial number as a T10 vendor ID based designator. */
export function t10Designator(
  identity: Pick<Identity, 'vendor' | 'product' | 'serial'>,
  serialLength: number,
): Uint8Array {
  const serial = identity.serial.padEnd(serialLength);
  const value = layout(24 + serial.length, {
    vendor: ascii(0, 8),
    product: ascii(8, 16),
    serial: ascii(24, serial.length),
  }).encode({ vendor: identity.vendor, product: identity.product, serial });
  return designator('ASCII', 'T10 vendor ID based', value);
}

/** A serial number alone, padded with blanks, as a vendor-specific designator. */
export const serialDesignator = (serial: string, serialLength: number): Uint8Array =>
  designator('ASCII', 'vendor specific', new TextEncoder().encode(serial.padEnd(serialLength)));

/** The configured NAA, sent as IEEE Registered: software matches on a first nibble of 5. */
export function naaOf({ naa }: Pick<Identity, 'naa'>): Uint8Array {
  const value = Uint8Array.from(naa);
  value[0] = 0x50 | (value[0]! & 0x0f);
  return value;
}

export const naaDesignator = (identity: Identity): Uint8Array =>
  designator('binary', 'NAA', naaOf(identity));

/** @param serialLength the serial number is padded with blanks to this length */
export const deviceIdentification = (serialLength: number): VpdPage<PrimaryDevice> => ({
  code: 0x83,
  name: 'Device Identification',
  ref: 'SPC-5 7.7.6',
  content: (unit) =>
    concat(t10Designator(unit.identity, serialLength), naaDesignator(unit.identity)),
});
