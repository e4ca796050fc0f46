// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT DENSITY SUPPORT (SSC-5 7.21): the densities the drive knows, or the medium has; or the same by medium type.
import { ascii, bit, concat, layout, u8, u16, u24, u32 } from '../bytes/layout.js';
import { type CartridgeType, cartridgeTypes } from '../medium/cartridge-types.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import { acceptance } from './drive-product.js';
import type { TapeDrive } from './tape-drive.js';
import { isWriteProtected } from './write-permission.js';

const header = layout(4, { availableDensitySupportLength: u16(0) });

const densityDescriptor = layout(52, {
  primaryDensityCode: u8(0),
  secondaryDensityCode: u8(1),
  WRTOK: bit(2, 7),
  DUP: bit(2, 6),
  DEFLT: bit(2, 5),
  bitsPerMillimetre: u24(5),
  mediaWidth: u16(8),
  tracks: u16(10),
  /** Megabytes, 10^6 bytes. */
  capacity: u32(12),
  assigningOrganization: ascii(16, 8),
  densityName: ascii(24, 8),
  description: ascii(32, 20),
});

const mediumTypeDescriptor = layout(56, {
  mediumType: u8(0),
  descriptorLength: u16(2),
  numberOfDensityCodes: u8(4),
  primaryDensityCode: u8(5),
  mediumWidth: u16(14),
  mediumLength: u16(16),
  assigningOrganization: ascii(20, 8),
  mediumTypeName: ascii(28, 8),
  description: ascii(36, 20),
});

interface Supported {
  readonly type: CartridgeType;
  readonly writable: boolean;
  /** Bytes. */
  readonly capacity: number;
}

/** What the drive takes, ascending by density (SSC-5 7.21.4). */
function ofDrive({ product }: TapeDrive): Supported[] {
  return cartridgeTypes
    .map((type) => ({ type, access: acceptance(product, { type, use: 'data' }) }))
    .filter(({ access }) => access !== 'refused')
    .map(({ type, access }) => ({
      type,
      writable: access === 'read/write',
      capacity: type.nativeBytes,
    }))
    .sort((a, b) => a.type.densityCode - b.type.densityCode);
}

function ofMedium(drive: TapeDrive): Supported[] {
  const mounted = drive.assertMounted();
  const { volume } = mounted;
  const capacity = Number(volume.mam.get('maximumCapacity'));
  return [{ type: volume.type, writable: !isWriteProtected(mounted), capacity }];
}

const describeDensity = (drive: TapeDrive, { type, writable, capacity }: Supported): Uint8Array =>
  densityDescriptor.encode({
    primaryDensityCode: type.densityCode,
    secondaryDensityCode: type.densityCode,
    WRTOK: writable,
    DEFLT: type.densityCode === drive.product.density,
    bitsPerMillimetre: type.bitsPerMillimetre,
    mediaWidth: type.width,
    tracks: type.tracks,
    capacity: Math.round(capacity / 1e6),
    assigningOrganization: type.organization,
    densityName: type.densityName,
    description: type.description,
  });

const describeType = (drive: TapeDrive, { type }: Supported): Uint8Array =>
  mediumTypeDescriptor.encode({
    mediumType: drive.product.mediumTypeCode(type, 'data'),
    descriptorLength: mediumTypeDescriptor.size - 4,
    numberOfDensityCodes: 1,
    primaryDensityCode: type.densityCode,
    mediumWidth: type.width,
    mediumLength: type.length,
    assigningOrganization: type.organization,
    mediumTypeName: type.densityName,
    description: type.description,
  });

export const reportDensitySupport = command<TapeDrive>()({
  name: 'REPORT DENSITY SUPPORT',
  ref: 'SSC-5 7.21',
  opcode: 0x44,
  allowedUnder: 'every reservation',
  cdb: { MEDIUM_TYPE: bit(1, 1), MEDIA: bit(1, 0), allocationLength: u16(7) },
  execute(drive, { MEDIUM_TYPE, MEDIA }) {
    const supported = MEDIA ? ofMedium(drive) : ofDrive(drive);
    const describe = MEDIUM_TYPE ? describeType : describeDensity;
    const list = concat(...supported.map((each) => describe(drive, each)));
    /* The length counts from byte 2 on. */
    return good(concat(header.encode({ availableDensitySupportLength: list.length + 2 }), list));
  },
});
