// SPDX-License-Identifier: GPL-2.0-or-later
// Mode parameter header and block descriptor of tape drives (SSC-5 8.3.1 to 8.3.3).
import { bit, bits, layout, u8, u24 } from '../bytes/layout.js';
import { invalidFieldInParameterList } from '../sam/reply.js';
import type { PageControl } from '../spc/mode-page.js';
import type { ModeFrame } from '../spc/mode-parameters.js';
import { densityCodeOf } from './drive-product.js';
import { holdsEncrypted } from './medium-facts.js';
import type { TapeDrive } from './tape-drive.js';
import { isWriteProtected } from './write-permission.js';

/** The device-specific parameter; byte 0 of a layout of one byte. */
const deviceSpecific = layout(1, {
  WP: bit(0, 7),
  bufferedMode: bits(0, 6, 3),
  speed: bits(0, 3, 4),
});

const blockDescriptor = layout(8, {
  densityCode: u8(0),
  numberOfBlocks: u24(1),
  blockLength: u24(5),
});

/** DENSITY CODE in MODE SELECT that leaves the density alone (SSC-5 table 74). */
const noChange = 0x7f;
const defaultDensity = 0x00;
const highestBufferedMode = 2;

function currentDensity({ mounted, product }: TapeDrive): number {
  if (!mounted) return defaultDensity;
  return densityCodeOf(product, mounted.volume.type.densityCode, holdsEncrypted(mounted));
}

/** Bits MODE SELECT can change: density, and the block length. */
const changeableDescriptor = blockDescriptor.encode({ blockLength: 0xffffff });

function describe(drive: TapeDrive, control: PageControl): Uint8Array {
  if (control === 'changeable') return Uint8Array.from(changeableDescriptor);
  return blockDescriptor.encode({
    densityCode: currentDensity(drive),
    blockLength: control === 'current' ? drive.blockLength : 0,
  });
}

function acceptDescriptor(drive: TapeDrive, bytes: Uint8Array, at: number): () => void {
  const { densityCode, blockLength } = blockDescriptor.decode(bytes);
  const { densities, compressionDensities = [] } = drive.product;
  const selectable = [
    defaultDensity,
    noChange,
    currentDensity(drive),
    ...densities.map(({ code }) => code),
    ...compressionDensities,
  ];
  if (!selectable.includes(densityCode)) throw invalidFieldInParameterList(at);
  if (blockLength > drive.product.maximumBlockLength)
    throw invalidFieldInParameterList(at + blockDescriptor.fields.blockLength.at);
  return () => {
    drive.blockLength = blockLength;
    /* What is recorded follows from the cartridge; of the density nothing is left to choose. */
    if (compressionDensities.includes(densityCode)) drive.compression = densityCode % 2 === 1;
  };
}

/** The frame of one drive. */
export const tapeModeFrame = (drive: TapeDrive): ModeFrame => ({
  mediumType() {
    const volume = drive.mounted?.volume;
    return volume ? drive.product.mediumTypeCode(volume.type, volume.use) : 0;
  },
  deviceSpecificParameter: () =>
    deviceSpecific.encode({
      WP: drive.mounted !== undefined && isWriteProtected(drive.mounted),
      bufferedMode: drive.bufferedMode,
    })[0]!,
  blockDescriptor: (control) => describe(drive, control),
  accept(header, descriptor) {
    const { bufferedMode, speed } = deviceSpecific.decode(
      Uint8Array.of(header.deviceSpecificParameter),
    );
    if (bufferedMode > highestBufferedMode) throw invalidFieldInParameterList(header.at, 6);
    if (speed !== 0) throw invalidFieldInParameterList(header.at, 3);
    const change = descriptor && acceptDescriptor(drive, descriptor.bytes, descriptor.at);
    return () => {
      drive.bufferedMode = bufferedMode;
      change?.();
    };
  },
});
