// SPDX-License-Identifier: GPL-2.0-or-later
// READ POSITION in its short, long and extended forms (SSC-5 7.10).
import { bit, layout, u8, u16, u24, u32, u64 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import { zoneOf } from './block-output.js';
import { deviceConfigurationExtensionPage } from './mode-pages/device-configuration-extension.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/* Flags of byte 0, in all forms (SSC-5 table 51 and following). */
const flags = { BOP: bit(0, 7), EOP: bit(0, 6), PERR: bit(0, 1), BPEW: bit(0, 0) };

const short = layout(20, {
  ...flags,
  LOCU: bit(0, 5),
  BYCU: bit(0, 4),
  LOLU: bit(0, 2),
  partition: u8(1),
  firstLogicalObject: u32(4),
  lastLogicalObject: u32(8),
  objectsInBuffer: u24(13),
  bytesInBuffer: u32(16),
});
const long = layout(32, {
  ...flags,
  MPU: bit(0, 3),
  LONU: bit(0, 2),
  partition: u32(4),
  logicalObjectNumber: u64(8),
  logicalFileIdentifier: u64(16),
});
const extended = layout(32, {
  ...flags,
  LOCU: bit(0, 5),
  BYCU: bit(0, 4),
  LOLU: bit(0, 2),
  partition: u8(1),
  additionalLength: u16(2),
  objectsInBuffer: u24(5),
  firstLogicalObject: u64(8),
  lastLogicalObject: u64(16),
  bytesInBuffer: u64(24),
});

/** EOP: between early warning and the end of the partition; BPEW: behind the programmable one, if it is set. */
function positionFlags(drive: TapeDrive, mounted: Mounted) {
  const zone = zoneOf(drive, mounted);
  return {
    BOP: mounted.position === 0,
    EOP: zone === 'early warning',
    BPEW: drive.modes.current(deviceConfigurationExtensionPage)?.PEWS ? zone !== 'before' : false,
  };
}

/** Objects of this partition that have not reached the medium, and where the medium's end of data is. */
function buffer({ volume, position }: Mounted) {
  const { objects, bytes } = volume.buffered;
  return { objects, bytes, onMedium: Math.max(0, position - objects) };
}

function shortForm(drive: TapeDrive): Uint8Array {
  const mounted = drive.assertMounted();
  const { objects, bytes, onMedium } = buffer(mounted);
  return short.encode({
    ...positionFlags(drive, mounted),
    partition: mounted.partition,
    firstLogicalObject: mounted.position,
    lastLogicalObject: onMedium,
    objectsInBuffer: objects,
    bytesInBuffer: Math.min(bytes, 0xffffffff),
  });
}

/** Without ALLOCATION LENGTH: its field must be zero and the form's whole length is returned. */
const fixedLengthForm = (
  name: string,
  serviceAction: number,
  encode: (drive: TapeDrive) => Uint8Array,
) =>
  command<TapeDrive>()({
    name,
    ref: 'SSC-5 7.10',
    opcode: 0x34,
    allowedUnder: 'write exclusive',
    serviceAction,
    cdb: {},
    execute: (drive) => good(encode(drive)),
  });

export const readPosition = fixedLengthForm('READ POSITION, short form', 0x00, shortForm);

/** Block addresses here are the logical object identifiers in both short forms. */
export const readPositionVendorSpecific = fixedLengthForm(
  'READ POSITION, short form, vendor-specific addresses',
  0x01,
  shortForm,
);

export const readPositionLong = fixedLengthForm('READ POSITION, long form', 0x06, (drive) => {
  const mounted = drive.assertMounted();
  const { volume, partition, position } = mounted;
  return long.encode({
    ...positionFlags(drive, mounted),
    partition,
    logicalObjectNumber: BigInt(position),
    logicalFileIdentifier: BigInt(volume.filemarksBackward(partition, position, position).found),
  });
});

export const readPositionExtended = command<TapeDrive>()({
  name: 'READ POSITION, extended form',
  ref: 'SSC-5 7.10',
  opcode: 0x34,
  serviceAction: 0x08,
  allowedUnder: 'write exclusive',
  cdb: { allocationLength: u16(7) },
  execute(drive) {
    const mounted = drive.assertMounted();
    const { objects, bytes, onMedium } = buffer(mounted);
    const data = extended.encode({
      ...positionFlags(drive, mounted),
      partition: mounted.partition,
      additionalLength: extended.size - 4,
      objectsInBuffer: objects,
      firstLogicalObject: BigInt(mounted.position),
      lastLogicalObject: BigInt(onMedium),
      bytesInBuffer: BigInt(bytes),
    });
    return good(data);
  },
});
