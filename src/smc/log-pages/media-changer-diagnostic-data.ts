// SPDX-License-Identifier: GPL-2.0-or-later
// Media Changer Diagnostic Data log page (SMC-3): the last moves that failed, the newest first. Fields as sg_logs of
// sg3-utils finds them.
import { ascii, bit, bits, layout, u8, u16, u32, u48 } from '../../bytes/layout.js';
import { additionalSenseCodes, senseKeys } from '../../sam/asc.js';
import type { LogPage } from '../../spc/log-page.js';
import { timestampOrigins } from '../../spc/timestamp.js';
import type { MediaChanger } from '../changer.js';
import { volumeTagOf } from '../element-descriptor.js';
import { exchangeMedium } from '../exchange-medium.js';
import { moveMedium } from '../move-medium.js';
import type { MoveFailure } from '../statistics.js';

const diagnosticData = layout(96, {
  repeat: bit(0, 7),
  senseKey: bits(1, 3, 4),
  additionalSense: u16(2),
  moves: u32(12),
  picks: u32(16),
  places: u32(24),
  determined: u32(32),
  unreadable: u32(36),
  operationCode: u8(40),
  MTAV: bit(43, 3),
  IAV: bit(43, 2),
  LSAV: bit(43, 1),
  DAV: bit(43, 0),
  mediumTransportAddress: u16(44),
  initialAddress: u16(46),
  lastSuccessfulAddress: u16(48),
  destinationAddress: u16(50),
  volumeIdentifier: ascii(52, 32),
  timestampOrigin: bits(88, 3, 4),
  timestamp: u48(90),
});

/** All or none: a cartridge whose move failed is where it was. */
function encode(failure: MoveFailure): Uint8Array {
  const { sense, transfer, transport, exchange, moves, counters, origin, time } = failure;
  const { from, to, cartridge } = transfer;
  return diagnosticData.encode({
    senseKey: senseKeys[sense.key],
    additionalSense: additionalSenseCodes[sense.additional],
    ...counters,
    moves,
    operationCode: (exchange ? exchangeMedium : moveMedium).opcode,
    MTAV: true,
    IAV: true,
    LSAV: true,
    DAV: true,
    mediumTransportAddress: transport,
    initialAddress: from.address,
    lastSuccessfulAddress: from.address,
    destinationAddress: to.address,
    volumeIdentifier: volumeTagOf(cartridge) ?? '',
    timestampOrigin: timestampOrigins[origin],
    timestamp: time,
  });
}

export const mediaChangerDiagnosticDataPage: LogPage<MediaChanger> = {
  code: 0x16,
  name: 'Media Changer Diagnostic Data',
  ref: 'SMC-3, Media Changer Diagnostic Data log page',
  parameters: ({ statistics }) =>
    statistics.lastFailures.map((failure, code) => ({
      code,
      format: 'binary list',
      value: encode(failure),
    })),
};
