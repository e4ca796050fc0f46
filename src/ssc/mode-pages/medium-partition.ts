// SPDX-License-Identifier: GPL-2.0-or-later
// Medium Partition mode page (SSC-5 8.3.4): the partitions of the medium, or those the next format will make.
import { bit, bits, type Field, readUint, u8, writeUint } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import { type PartitionSizes, sizesInUnits, smallestExponent } from '../partitioning.js';
import type { TapeDrive } from '../tape-drive.js';

/** PSUM value that makes PARTITION UNITS a power of ten bytes (SSC-5 table 146). */
const powerOfTen = 3;
/** MEDIUM FORMAT RECOGNITION: the drive tells formats and partitions apart by itself. */
const recognised = 3;

const fixedFields = {
  maximumAdditionalPartitions: u8(2),
  additionalPartitionsDefined: u8(3),
  FDP: bit(4, 7),
  SDP: bit(4, 6),
  IDP: bit(4, 5),
  PSUM: bits(4, 4, 2),
  POFM: bit(4, 2),
  CLEAR: bit(4, 1),
  ADDP: bit(4, 0),
  mediumFormatRecognition: u8(5),
  partitioningType: bits(6, 7, 4),
  partitionUnits: bits(6, 3, 4),
} as const;

/** Partitions this drive can make on the mounted volume; without one, at most. */
const mostOf = ({ mounted, product }: TapeDrive): number =>
  Math.min(product.maximumPartitions, mounted?.volume.type.maxPartitions ?? Number.MAX_VALUE);

/** The partitions of the mounted volume as the page has them. */
function present(drive: TapeDrive) {
  const volume = drive.mounted?.volume;
  if (!volume) return {};
  const bytes = Array.from({ length: volume.partitionCount }, (_, each) => volume.capacity(each));
  const partitionUnits = smallestExponent(bytes);
  return {
    maximumAdditionalPartitions: mostOf(drive) - 1,
    additionalPartitionsDefined: volume.partitionCount - 1,
    PSUM: powerOfTen,
    partitionUnits,
    sizes: sizesInUnits(bytes, partitionUnits),
  };
}

/** PARTITION SIZE fields, one for each partition the page has room for. */
const partitionSizes = (at: number, count: number): Field<PartitionSizes> => ({
  at,
  mask: new Uint8Array(2 * count).fill(0xff),
  zero: new Array<number>(count).fill(0),
  read: (bytes, offset) =>
    Array.from({ length: count }, (_, i) => readUint(bytes, offset + at + 2 * i, 2)),
  write(bytes, offset, sizes) {
    for (let i = 0; i < count; i++) writeUint(bytes, offset + at + 2 * i, 2, sizes[i] ?? 0);
  },
});

/** The page of a drive that makes up to so many partitions. */
const mediumPartitionPage = (mostPartitions: number) =>
  modePage<TapeDrive>()({
    code: 0x11,
    name: 'Medium Partition',
    ref: 'SSC-5 8.3.4',
    size: 8 + 2 * mostPartitions,
    fields: { ...fixedFields, sizes: partitionSizes(8, mostPartitions) },
    defaults: {
      maximumAdditionalPartitions: mostPartitions - 1,
      PSUM: powerOfTen,
      POFM: true,
      mediumFormatRecognition: recognised,
      partitionUnits: 9,
    },
    changeable: [
      'additionalPartitionsDefined',
      'FDP',
      'SDP',
      'IDP',
      'PSUM',
      'POFM',
      'partitionUnits',
      'sizes',
    ],
    live: (drive) => drive.partitioning ?? present(drive),
    refuses(drive, { additionalPartitionsDefined, FDP, SDP, IDP }) {
      if (additionalPartitionsDefined >= mostOf(drive)) return 'additionalPartitionsDefined';
      return [FDP, SDP, IDP].filter(Boolean).length > 1 ? 'FDP' : undefined;
    },
    selected(drive, page) {
      drive.partitioning = page;
    },
  });

/** LTO-5 and 6 make two partitions, later generations and others four. */
export const mediumPartitionPageOf = {
  2: mediumPartitionPage(2),
  4: mediumPartitionPage(4),
} as const;
