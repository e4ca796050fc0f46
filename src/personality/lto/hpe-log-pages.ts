// SPDX-License-Identifier: GPL-2.0-or-later
// Log pages of HPE's Ultrium drives (HPE LTO Ultrium, SCSI reference; LTFSCopyGUI decodes them).
import { ascii, bit, bits, concat, layout, u8, u16, u32 } from '../../bytes/layout.js';
import { additionalSenseCodes, senseKeys } from '../../sam/asc.js';
import { counter, type LogPage, listCounter } from '../../spc/log-page.js';
import type { RecordedError } from '../../ssc/error-history.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';

/** One event: when, with which cartridge, what. */
const event = layout(12, {
  timeStamp: u32(0),
  mediaSignature: u32(4),
  senseKey: u8(8),
  additionalSense: u16(9),
});
const keptEvents = 16;
const millisecondsPerSecond = 1000;

function encodeEvent(error: RecordedError | undefined): Uint8Array {
  if (!error) return new Uint8Array(event.size);
  return event.encode({
    timeStamp: Math.floor(error.timestamp / millisecondsPerSecond) % 2 ** 32,
    senseKey: senseKeys[error.key],
    additionalSense: additionalSenseCodes[error.additional],
  });
}

const deviceWellnessPage: LogPage<TapeDrive> = {
  code: 0x33,
  name: 'Device Wellness',
  ref: 'HPE LTO Ultrium SCSI reference, log page 33h',
  parameters: ({ history: { errors } }) =>
    Array.from({ length: keptEvents }, (_, i) => ({
      code: i,
      format: 'binary list',
      value: encodeEvent(errors[i]),
    })),
};

/** Megabytes a second; a tape that never waits for its host never repositions. */
const performanceDataPage: LogPage<TapeDrive> = {
  code: 0x34,
  name: 'Performance Data',
  ref: 'HPE LTO Ultrium SCSI reference, log page 34h',
  parameters({ product: { timing } }) {
    const native = Math.round(timing.nativeRate);
    return [
      counter(0x0000, 2, 0),
      ...[0x0001, 0x0002, 0x0003, 0x0004].map((code) => counter(code, 2, native)),
    ];
  },
};

const bufferStatus = layout(4, { temporarilyUnavailable: bit(1, 4) });
const bufferTitle = (title: string): Uint8Array =>
  layout(20, { title: ascii(0, 20) }).encode({ title });

/** The buffers READ BUFFER could have for service people; they are empty. */
const serviceBuffers = [
  [0x0000, 'DT Device Error Log'],
  [0x0003, 'Health and Error Log'],
] as const;

const serviceBuffersPage: LogPage<TapeDrive> = {
  code: 0x15,
  name: 'Service Buffers Information',
  ref: 'ADC-3 6.1.5',
  parameters: () =>
    serviceBuffers.map(([code, title]) => ({
      code,
      format: 'binary list',
      value: concat(bufferStatus.encode({}), bufferTitle(title)),
    })),
};

const statusBits = layout(4, {
  cleaningRequired: bit(0, 2),
  cleaningRequested: bit(0, 1),
  exhaustedCleaningTape: bit(0, 0),
  temperature: bits(1, 3, 2),
  deviceStatus: bits(1, 1, 2),
  mediumStatus: bits(2, 1, 2),
});
/** Values of the status fields. */
const ok = 1;

const deviceStatusPage: LogPage<TapeDrive> = {
  code: 0x3e,
  name: 'Device Status',
  ref: 'HPE LTO Ultrium SCSI reference, log page 3Eh',
  parameters: ({ alerts, statistics: { life } }) => [
    {
      code: 0x0001,
      format: 'binary list',
      value: statusBits.encode({
        cleaningRequired: alerts.isSet('clean now'),
        cleaningRequested: alerts.isSet('clean periodic'),
        exhaustedCleaningTape: alerts.isSet('expired cleaning media'),
        temperature: ok,
        deviceStatus: ok,
        mediumStatus: ok,
      }),
    },
    listCounter(0x0002, 4, life.mounts),
  ],
};

/** What HPE drives since LTO-5 have beside the pages of the standard. */
export const hpeLogPages = [
  serviceBuffersPage,
  deviceWellnessPage,
  performanceDataPage,
  deviceStatusPage,
];
