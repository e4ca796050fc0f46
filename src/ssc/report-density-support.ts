// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT DENSITY SUPPORT (SSC-5 7.21): the densities the drive knows, or the medium has; or the same by medium type.
import { ascii, bit, concat, layout, raw, u8, u16, u24, u32 } from '../bytes/layout.js';
import { type CartridgeType, cartridgeTypes } from '../medium/cartridge-types.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import type { Density, SupportedDensity } from './density.js';
import { densityCodeOf, nativeDensity, typeAcceptance } from './drive-product.js';
import { holdsEncrypted } from './medium-facts.js';
import type { TapeDrive } from './tape-drive.js';
import { toMegabytes } from './units.js';
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

/** PRIMARY DENSITY CODES a medium type descriptor has room for. */
const mostDensityCodes = 9;

const mediumTypeDescriptor = layout(56, {
  mediumType: u8(0),
  descriptorLength: u16(2),
  numberOfDensityCodes: u8(4),
  primaryDensityCodes: raw(5, mostDensityCodes),
  mediumWidth: u16(14),
  mediumLength: u16(16),
  assigningOrganization: ascii(20, 8),
  mediumTypeName: ascii(28, 8),
  description: ascii(36, 20),
});

const describeDensity = (drive: TapeDrive, density: SupportedDensity): Uint8Array =>
  densityDescriptor.encode({
    primaryDensityCode: density.code,
    secondaryDensityCode: density.code,
    WRTOK: density.WRTOK,
    DEFLT: density.code === nativeDensity(drive.product).code,
    bitsPerMillimetre: density.bitsPerMillimetre,
    mediaWidth: density.mediaWidth,
    tracks: density.tracks,
    capacity: density.capacity,
    assigningOrganization: density.assigningOrganization,
    densityName: density.densityName,
    description: density.description,
  });

/** What a cartridge says of its density. */
const markedDensity = (type: CartridgeType): Density => ({
  code: type.densityCode,
  bitsPerMillimetre: type.bitsPerMillimetre,
  mediaWidth: type.width,
  tracks: type.tracks,
  capacity: toMegabytes(type.nativeBytes),
  assigningOrganization: type.organization,
  densityName: type.densityName,
  description: type.description,
});

/** The density of the mounted medium, with what this very cartridge holds and whether it may be written. */
function mountedDensity(drive: TapeDrive): SupportedDensity {
  const mounted = drive.assertMounted();
  const { type, mam } = mounted.volume;
  const known = drive.product.densities.find(({ code }) => code === type.densityCode);
  return {
    ...(known ?? markedDensity(type)),
    code: densityCodeOf(drive.product, type.densityCode, holdsEncrypted(mounted)),
    capacity: toMegabytes(Number(mam.get('maximumCapacity'))),
    WRTOK: !isWriteProtected(mounted),
    cartridges: [type.mktapeName],
  };
}

/** Cartridges that the drive does not tell apart by their MEDIUM TYPE, in the order of their generations. */
interface MediumType {
  readonly code: number;
  readonly cartridges: readonly CartridgeType[];
}

/** Of data cartridges, ascending by code. */
function mediumTypes({ product }: TapeDrive, types: readonly CartridgeType[]): MediumType[] {
  const codeOf = (type: CartridgeType) => product.mediumTypeCode(type, 'data');
  const codes = [...new Set(types.map(codeOf))].sort((a, b) => a - b);
  return codes.map((code) => ({
    code,
    cartridges: types
      .filter((type) => codeOf(type) === code)
      .sort((a, b) => a.generation - b.generation),
  }));
}

/** The densities that are recorded on such media, ascending: as many as there is room for. */
function densityCodesOf({ product }: TapeDrive, { cartridges }: MediumType): Uint8Array {
  const names = cartridges.map(({ mktapeName }) => mktapeName);
  const codes = product.densities
    .filter((density) => density.cartridges.some((name) => names.includes(name)))
    .map(({ code }) => code);
  return Uint8Array.from([...new Set(codes)].sort((a, b) => a - b).slice(0, mostDensityCodes));
}

/** A name for several cartridges is that of the newest. */
function describeType(drive: TapeDrive, mediumType: MediumType): Uint8Array {
  const type = mediumType.cartridges.at(-1)!;
  const codes = densityCodesOf(drive, mediumType);
  return mediumTypeDescriptor.encode({
    mediumType: mediumType.code,
    descriptorLength: mediumTypeDescriptor.size - 4,
    numberOfDensityCodes: codes.length,
    primaryDensityCodes: codes,
    mediumWidth: type.width,
    mediumLength: type.length,
    assigningOrganization: type.organization,
    mediumTypeName: type.densityName,
    description: type.description,
  });
}

/** The densities of the product, those of encrypted media beside them. */
function supportedDensities({ product, encryption }: TapeDrive): readonly SupportedDensity[] {
  const { densities, marksEncryptedDensity } = product;
  if (!marksEncryptedDensity || !encryption) return densities;
  const encrypted = densities
    .filter(({ cartridges }) =>
      cartridges.some((name) => encryption.capability.cartridges.includes(name)),
    )
    .map((density) => ({ ...density, code: densityCodeOf(product, density.code, true) }));
  return [...densities, ...encrypted];
}

/** In ascending order of their codes. */
function densityDescriptors(drive: TapeDrive, MEDIA: boolean): Uint8Array[] {
  const reported = MEDIA ? [mountedDensity(drive)] : [...supportedDensities(drive)];
  return reported.sort((a, b) => a.code - b.code).map((density) => describeDensity(drive, density));
}

function typeDescriptors(drive: TapeDrive, MEDIA: boolean): Uint8Array[] {
  const types = MEDIA
    ? [drive.assertMounted().volume.type]
    : cartridgeTypes.filter((type) => typeAcceptance(drive.product, type) !== 'refused');
  return mediumTypes(drive, types).map((mediumType) => describeType(drive, mediumType));
}

export const reportDensitySupport = command<TapeDrive>()({
  name: 'REPORT DENSITY SUPPORT',
  ref: 'SSC-5 7.21',
  opcode: 0x44,
  passesReserve: true,
  allowedUnder: 'every reservation',
  cdb: { MEDIUM_TYPE: bit(1, 1), MEDIA: bit(1, 0), allocationLength: u16(7) },
  execute(drive, { MEDIUM_TYPE, MEDIA }) {
    const describe = MEDIUM_TYPE ? typeDescriptors : densityDescriptors;
    const list = concat(...describe(drive, MEDIA));
    /* The length counts from byte 2 on. */
    return good(concat(header.encode({ availableDensitySupportLength: list.length + 2 }), list));
  },
});
