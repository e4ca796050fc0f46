// SPDX-License-Identifier: GPL-2.0-or-later
// Standard INQUIRY data (SPC-5 6.7.2).
import { ascii, bit, bits, layout, u8, u16 } from '../bytes/layout.js';
import type { Identity } from './primary.js';

export const deviceTypes = { 'sequential-access': 0x01, 'media changer': 0x08 } as const;
export type DeviceType = keyof typeof deviceTypes;

/** What a product's standard INQUIRY data say beside its identity. */
export interface InquiryTraits {
  readonly deviceType: DeviceType;
  /** VERSION: the standard the product claims, e.g. 2 for SCSI-2, 5 for SPC-3. */
  readonly version: number;
  /** Bytes returned, header included. */
  readonly length: number;
  /** Wide parallel SCSI, as the products of that time say of themselves. */
  readonly ADDR16?: boolean;
  readonly PROTECT?: boolean;
  readonly NORMACA?: boolean;
  readonly versionDescriptors: readonly number[];
  /** Vendor-specific bytes: offset from the start -> bytes. */
  readonly vendorSpecific?: ReadonlyMap<number, Uint8Array>;
}

const standard = layout(36, {
  peripheralQualifier: bits(0, 7, 3),
  peripheralDeviceType: bits(0, 4, 5),
  RMB: bit(1, 7),
  version: u8(2),
  NORMACA: bit(3, 5),
  HISUP: bit(3, 4),
  responseDataFormat: bits(3, 3, 4),
  additionalLength: u8(4),
  PROTECT: bit(5, 0),
  ADDR16: bit(6, 0),
  WBUS16: bit(7, 5),
  CMDQUE: bit(7, 1),
  vendor: ascii(8, 8),
  product: ascii(16, 16),
  revision: ascii(32, 4),
});

/** Offset of the first of up to eight VERSION DESCRIPTORs. */
const versionDescriptorsAt = 58;

/** The standard INQUIRY data of a product with an identity. */
export function standardInquiryData(identity: Identity, traits: InquiryTraits): Uint8Array {
  const data = new Uint8Array(traits.length);
  data.set(
    standard.encode({
      peripheralDeviceType: deviceTypes[traits.deviceType],
      RMB: true,
      version: traits.version,
      NORMACA: traits.NORMACA ?? false,
      responseDataFormat: 2,
      additionalLength: traits.length - 5,
      PROTECT: traits.PROTECT ?? false,
      ADDR16: traits.ADDR16 ?? false,
      WBUS16: true,
      CMDQUE: true,
      vendor: identity.vendor,
      product: identity.product,
      revision: identity.revision,
    }),
  );
  traits.versionDescriptors.forEach((descriptor, i) => {
    u16(versionDescriptorsAt + 2 * i).write(data, 0, descriptor);
  });
  for (const [at, bytes] of traits.vendorSpecific ?? []) data.set(bytes, at);
  return data;
}
