// SPDX-License-Identifier: GPL-2.0-or-later
// Volume Statistics log page (SSC-5 8.2.9): what the mounted volume has been through, and how full it is.
import { ascii, layout, u8, u16, u32, u48 } from '../../bytes/layout.js';
import { readAttribute } from '../../medium/attribute-access.js';
import type { Volume } from '../../medium/volume.js';
import { type LogPage, type LogParameter, listCounter } from '../../spc/log-page.js';
import type { Mounted, TapeDrive } from '../tape-drive.js';
import { nothingKnown, ratioTimes100, toDataSets, toMegabytes } from '../units.js';
import { volumeLife } from '../volume-life.js';
import { isWriteProtected } from '../write-permission.js';

const list = { format: 'binary list' } as const;

const text = (code: number, length: number, value: string): LogParameter => ({
  code,
  format: 'ASCII list',
  value: layout(length, { value: ascii(0, length) }).encode({ value }),
});

/** Partition records (SSC-5 tables 95 and 96): LENGTH counts what follows it. */
const positionRecord = layout(10, { length: u8(0), partition: u16(2), position: u48(4) });
const capacityRecord = layout(8, { length: u8(0), partition: u16(2), megabytes: u32(4) });

const partitionsOf = ({ partitionCount }: Volume): number[] =>
  Array.from({ length: partitionCount }, (_, partition) => partition);

/** POSITION when there is no such block. */
const noBlock = 0xffff_ffff_ffff;

/** A block of each partition, by its number. */
function positions(
  code: number,
  volume: Volume,
  which: (partition: number) => number | undefined,
): LogParameter {
  const records = partitionsOf(volume).flatMap((partition) => [
    ...positionRecord.encode({
      length: positionRecord.size - 1,
      partition,
      position: which(partition) ?? noBlock,
    }),
  ]);
  return { code, ...list, value: Uint8Array.from(records) };
}

function capacities(
  code: number,
  volume: Volume,
  bytes: (partition: number) => number,
): LogParameter {
  const records = partitionsOf(volume).flatMap((partition) => [
    ...capacityRecord.encode({
      length: capacityRecord.size - 1,
      partition,
      megabytes: toMegabytes(bytes(partition)),
    }),
  ]);
  return { code, ...list, value: Uint8Array.from(records) };
}

const attribute = (volume: Volume, id: number): string =>
  new TextDecoder().decode(readAttribute(volume, id, 0) ?? new Uint8Array(0)).trimEnd();

/** MAM attributes the page repeats. */
const mediumManufacturer = 0x0400;
const mediumSerialNumber = 0x0401;

function byPartition({ product }: TapeDrive, { volume }: Mounted): LogParameter[] {
  const used = (partition: number) => volume.used(partition, volume.endOfData(partition));
  const remaining = (partition: number) =>
    Math.max(0, volume.capacity(partition) - product.earlyWarning - used(partition));
  return [
    positions(0x0200, volume, (partition) => volume.firstEncrypted(partition).encrypted),
    positions(0x0201, volume, (partition) => volume.firstEncrypted(partition).clearAfter),
    capacities(0x0202, volume, (partition) => volume.capacity(partition)),
    capacities(0x0203, volume, used),
    capacities(0x0204, volume, remaining),
  ];
}

function identity(drive: TapeDrive, mounted: Mounted): LogParameter[] {
  const { volume } = mounted;
  return [
    text(0x0040, 32, attribute(volume, mediumSerialNumber)),
    text(0x0041, 8, ''),
    text(0x0042, 32, volume.barcode),
    text(0x0043, 8, attribute(volume, mediumManufacturer)),
    text(0x0044, 4, ''),
    text(0x0045, 9, volume.type.densityName),
    listCounter(0x0080, 1, isWriteProtected(mounted) ? 1 : 0),
    listCounter(0x0081, 1, volume.use === 'WORM' ? 1 : 0),
    listCounter(0x0082, 1, 0),
    listCounter(0x0101, 4, drive.statistics.sinceMount.rewinds + 1),
    listCounter(0x0102, 4, drive.statistics.sinceMount.locates),
    ...byPartition(drive, mounted),
  ];
}

/** What was moved, over the life of the volume and in this mount. */
function moved(drive: TapeDrive, { volume }: Mounted): LogParameter[] {
  const { written, read } = volumeLife(drive);
  const { bytesFromHost, bytesToMedium, bytesFromMedium, bytesToHost } =
    drive.statistics.sinceMount;
  return [
    listCounter(0x000e, 4, toMegabytes(Number(volume.mam.get('writtenLastLoad')))),
    listCounter(0x000f, 4, toMegabytes(Number(volume.mam.get('readLastLoad')))),
    listCounter(0x0010, 8, toMegabytes(written)),
    listCounter(0x0011, 8, toMegabytes(read)),
    listCounter(0x0012, 2, ratioTimes100(bytesFromHost, bytesToMedium)),
    listCounter(0x0013, 2, ratioTimes100(bytesToHost, bytesFromMedium)),
  ];
}

function ofVolume(drive: TapeDrive, mounted: Mounted): LogParameter[] {
  const { volume } = mounted;
  const { sinceMount } = drive.statistics;
  const all = partitionsOf(volume);
  const sum = (bytes: (partition: number) => number) =>
    toMegabytes(all.reduce((total, partition) => total + bytes(partition), 0));
  return [
    listCounter(0x0001, 4, Number(volume.mam.get('loadCount'))),
    listCounter(0x0002, 8, toDataSets(drive.product, sinceMount.bytesToMedium)),
    listCounter(0x0003, 4, 0),
    listCounter(0x0004, 2, sinceMount.writeErrors),
    listCounter(0x0005, 2, 0),
    listCounter(0x0006, 2, 0),
    listCounter(0x0007, 8, toDataSets(drive.product, sinceMount.bytesFromMedium)),
    listCounter(0x0008, 4, 0),
    listCounter(0x0009, 2, sinceMount.readErrors),
    listCounter(0x000c, 2, 0),
    listCounter(0x000d, 2, 0),
    ...moved(drive, mounted),
    listCounter(0x0014, 6, 0),
    listCounter(0x0015, 6, 0),
    listCounter(
      0x0016,
      4,
      sum((partition) => volume.capacity(partition)),
    ),
    listCounter(
      0x0017,
      4,
      sum((partition) => volume.used(partition, volume.endOfData(partition))),
    ),
    listCounter(0x0018, 4, 0),
    listCounter(0x0019, 1, 0),
    ...identity(drive, mounted),
  ];
}

/** Without a volume the page says that it is not valid, and how much there is of nothing. */
const ofNothing: readonly LogParameter[] = [
  listCounter(0x0000, 1, 0),
  listCounter(0x0016, 4, nothingKnown),
  listCounter(0x0017, 4, nothingKnown),
];

export const volumeStatisticsPage: LogPage<TapeDrive> = {
  code: 0x17,
  name: 'Volume Statistics',
  ref: 'SSC-5 8.2.9',
  parameters: (drive) =>
    drive.mounted ? [listCounter(0x0000, 1, 1), ...ofVolume(drive, drive.mounted)] : [...ofNothing],
};
