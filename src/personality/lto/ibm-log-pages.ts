// SPDX-License-Identifier: GPL-2.0-or-later
// Log pages of IBM's tape drives. What their parameters count was found by comparing what real drives of LTO-6 and
// LTO-10 say of themselves (sg_logs -a) with the standard's pages: the numbers are the same.
import { counter, type LogPage, type LogParameter } from '../../spc/log-page.js';
import { performanceCharacteristicsPage } from '../../ssc/log-pages/performance-characteristics.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import { toDataSets, toKibibytes, toMegabytes } from '../../ssc/units.js';
import { volumeLife } from '../../ssc/volume-life.js';
import { replacePage } from '../replace-page.js';

const traits = { DS: true };

/** Errors that were corrected, by where on the head: nothing wears out, so there are none. */
const noErrors = (code: number, name: string, parameters: number): LogPage<TapeDrive> => ({
  code,
  name,
  ref: `IBM LTO SCSI Reference GA32-0928, 6.4, log page ${code.toString(16)}h`,
  parameters: () => Array.from({ length: parameters }, (_, i) => counter(i, 2, 0, traits)),
});

const writeErrorsPage = noErrors(0x33, 'Write Errors', 18);
const readForwardErrorsPage = noErrors(0x34, 'Read Forward Errors', 31);

/** Bytes of the counters; those of a generation of drives (FCR 3316: they grew with LTO-7). */
interface CounterSizes {
  readonly host: number;
  readonly dataSets: number;
  readonly kilobytes: number;
}

/** What hosts moved, and what went to and from the medium: processed, then transferred, which is the same here. */
function blocksAndBytes(
  { statistics: { sinceReset: moved }, product }: TapeDrive,
  { host, dataSets, kilobytes }: CounterSizes,
): LogParameter[] {
  const ofMedium = (code: number): LogParameter[] =>
    [moved.bytesToMedium, moved.bytesFromMedium].flatMap((bytes, i) => [
      counter(code + 2 * i, dataSets, toDataSets(product, bytes), traits),
      counter(code + 2 * i + 1, kilobytes, toKibibytes(bytes), traits),
    ]);
  return [
    counter(0x0000, host, moved.blocksWritten, traits),
    counter(0x0001, host, toKibibytes(moved.bytesFromHost), traits),
    counter(0x0002, host, moved.blocksRead, traits),
    counter(0x0003, host, toKibibytes(moved.bytesToHost), traits),
    ...ofMedium(0x0004),
    ...ofMedium(0x0008),
  ];
}

const blocksBytesTransferredPage = (sizes: CounterSizes): LogPage<TapeDrive> => ({
  code: 0x38,
  name: 'Blocks/Bytes Transferred',
  ref: 'IBM LTO SCSI Reference GA32-0928, 6.4.25',
  parameters: (drive) => blocksAndBytes(drive, sizes),
  reset: ({ statistics }) =>
    statistics.reset(
      'blocksWritten',
      'blocksRead',
      'bytesFromHost',
      'bytesToHost',
      'bytesToMedium',
      'bytesFromMedium',
    ),
});

/** Until LTO-6, and from LTO-7 on. */
export const blocksBytesTransferred = {
  short: blocksBytesTransferredPage({ host: 4, dataSets: 4, kilobytes: 4 }),
  long: blocksBytesTransferredPage({ host: 8, dataSets: 4, kilobytes: 6 }),
} as const;

/** Errors on the links of a port; parameter 0010h is the only one of four bytes. */
const hostPortErrors = (code: number, port: number): LogPage<TapeDrive> => ({
  code,
  name: `Host Port ${port} Interface Errors`,
  ref: 'IBM LTO SCSI Reference GA32-0928, 6.4.26',
  parameters: () => [
    ...[0x0000, 0x0007, 0x0008, 0x0009, 0x000a].map((each) => counter(each, 2, 0, traits)),
    counter(0x0010, 4, 0, traits),
  ],
});

const hostPortErrorPages = [hostPortErrors(0x39, 0), hostPortErrors(0x3b, 1)];

/** The cartridge's life, then the drive's: mounts, megabytes written, megabytes read; then the cleanings. */
const subsystemStatisticsPage: LogPage<TapeDrive> = {
  code: 0x3d,
  name: 'Subsystem Statistics',
  ref: 'IBM LTO SCSI Reference GA32-0928, 6.4.32',
  parameters(drive) {
    const { mounted, statistics } = drive;
    const { life } = statistics;
    const { written, read } = volumeLife(drive);
    return [
      counter(0x0020, 4, Number(mounted?.volume.mam.get('loadCount') ?? 0), traits),
      counter(0x0021, 8, toMegabytes(written), traits),
      counter(0x0022, 8, toMegabytes(read), traits),
      counter(0x0040, 4, life.mounts, traits),
      counter(0x0041, 8, toMegabytes(life.bytesFromHost), traits),
      counter(0x0042, 8, toMegabytes(life.bytesToHost), traits),
      counter(0x0060, 4, life.cleanings, traits),
    ];
  },
};

/** How well drive, medium and ports do, in one byte each; 0: nothing is known. */
const qualitySummary = [0x0000, 0x0001, 0x0010, 0x0011, 0x0012, 0x001a];

const ibmPerformanceCharacteristicsPage: LogPage<TapeDrive> = {
  code: 0x37,
  name: 'Performance Characteristics',
  ref: 'IBM LTO SCSI Reference GA32-0928, 6.4.24',
  parameters: () => qualitySummary.map((code) => counter(code, 1, 0, { DS: true, TSD: true })),
};

/** What every IBM drive since LTO-5 and TS1140 has beside the pages of the standard. */
const additions = [
  writeErrorsPage,
  readForwardErrorsPage,
  ...hostPortErrorPages,
  subsystemStatisticsPage,
];

/** The log pages of a drive of IBM, from those of the standard. */
export const withIbmLogPages = (
  logPages: readonly LogPage<TapeDrive>[],
  transferred: LogPage<TapeDrive>,
): readonly LogPage<TapeDrive>[] => [
  ...replacePage(logPages, performanceCharacteristicsPage, ibmPerformanceCharacteristicsPage),
  ...additions,
  transferred,
];
