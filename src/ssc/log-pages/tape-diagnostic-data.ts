// SPDX-License-Identifier: GPL-2.0-or-later
// Tape Diagnostic Data log page (SSC-5 8.2.8): the last errors, the newest first; places without one are zero.
import { ascii, bit, bits, layout, u8, u16, u32, u48 } from '../../bytes/layout.js';
import { additionalSenseCodes, senseKeys } from '../../sam/asc.js';
import type { LogPage } from '../../spc/log-page.js';
import { timestampOrigins } from '../../spc/timestamp.js';
import { keptErrors, type RecordedError } from '../error-history.js';
import type { TapeDrive } from '../tape-drive.js';

/** Offsets count from the first byte after the parameter's header. */
const record = layout(68, {
  densityCode: u8(2),
  mediumType: u8(3),
  lifetimeMediaMotionHours: u32(4),
  REPEAT: bit(9, 7),
  senseKey: bits(9, 3, 4),
  additionalSense: u16(10),
  vendorSpecificCodeQualifier: u32(12),
  productRevisionLevel: ascii(16, 4),
  hoursSinceLastClean: u32(20),
  operationCode: u8(24),
  serviceAction: bits(25, 4, 5),
  mediumIdNumber: ascii(28, 32),
  timestampOrigin: bits(60, 3, 4),
  timestamp: u48(62),
});

function encode(error: RecordedError | undefined): Uint8Array {
  if (!error) return new Uint8Array(record.size);
  return record.encode({
    densityCode: error.densityCode,
    mediumType: error.mediumType,
    lifetimeMediaMotionHours: error.motionHours,
    REPEAT: error.repeats > 0,
    senseKey: senseKeys[error.key],
    additionalSense: additionalSenseCodes[error.additional],
    productRevisionLevel: error.revision,
    hoursSinceLastClean: error.hoursSinceCleaning,
    operationCode: error.opcode,
    serviceAction: error.serviceAction,
    mediumIdNumber: error.mediumSerial,
    timestampOrigin: timestampOrigins[error.timestampIsSet ? 'SET TIMESTAMP' : 'zero at power on'],
    timestamp: error.timestamp,
  });
}

export const tapeDiagnosticDataPage: LogPage<TapeDrive> = {
  code: 0x16,
  name: 'Tape Diagnostic Data',
  ref: 'SSC-5 8.2.8',
  parameters: ({ history: { errors } }) =>
    Array.from({ length: keptErrors }, (_, i) => ({
      code: i,
      format: 'binary list',
      value: encode(errors[i]),
    })),
};
