// SPDX-License-Identifier: GPL-2.0-or-later
// What was going on in the drive when an error happened.
import { readAttribute } from '../medium/attribute-access.js';
import type { Sense } from '../sam/sense.js';
import { motionHours } from './drive-timing.js';
import type { RecordedError } from './error-history.js';
import { bytesMoved } from './statistics.js';
import type { TapeDrive } from './tape-drive.js';

/** MEDIUM SERIAL NUMBER of the cartridge's memory. */
const mediumSerialNumber = 0x0401;
/** SERVICE ACTION, bits of CDB byte 1. */
const serviceActionMask = 0x1f;

export function circumstances(
  drive: TapeDrive,
  cdb: Uint8Array,
  { key, additional }: Sense,
): Omit<RecordedError, 'repeats'> {
  const { product, mounted, timestamp, identity } = drive;
  const { life } = drive.statistics;
  const volume = mounted?.volume;
  const serial = volume && readAttribute(volume, mediumSerialNumber, 0);
  const opcode = cdb[0]!;
  return {
    key,
    additional,
    opcode,
    serviceAction: drive.commands.hasServiceActions(opcode) ? cdb[1]! & serviceActionMask : 0,
    densityCode: volume?.type.densityCode ?? 0,
    mediumType: volume ? product.mediumTypeCode(volume.type, volume.use) : 0,
    mediumSerial: serial ? new TextDecoder().decode(serial).trimEnd() : '',
    motionHours: motionHours(product.timing, bytesMoved(life)),
    hoursSinceCleaning: motionHours(product.timing, bytesMoved(life) - life.bytesMovedAtCleaning),
    revision: identity.revision,
    timestamp: timestamp.value,
    timestampIsSet: timestamp.origin === 'SET TIMESTAMP',
  };
}
