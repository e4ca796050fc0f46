// SPDX-License-Identifier: GPL-2.0-or-later
// device.conf: the libraries and drives there are, as typed values.
import { checkRecords } from './device-checks.js';
import { DEVICE_KEYS, type DeviceKey, type DeviceKeyName } from './device-keys.js';
import { type DeviceRecord, readRecords, type ScsiAddress, titleOf } from './device-records.js';
import {
  DEFAULT_HOME_PATH,
  defaultHomeDirectory,
  defaultSerial,
  effectiveNAA,
} from './identity.js';
import { type Complaints, complaintsAbout, linesOf, type Parsed, parsed } from './problem.js';

/** What libraries and drives have in common. */
export interface UnitConf {
  /** Number of the unit: minor of the kernel module, argument of -q and of vtlcmd. */
  readonly unit: number;
  readonly address: ScsiAddress;
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
  readonly serial: string;
  /** 64-bit designator as reported, first four bits 5 (NAA IEEE Registered). */
  readonly NAA: bigint;
  readonly fifo: string | undefined;
  /** What to multiply the times of the real mechanics with; 0: they take no time. */
  readonly timing: number;
}

/** A `Library:` record. */
export interface LibraryConf extends UnitConf {
  readonly homeDirectory: string;
  /** Whether the inventory is kept when the library stops. */
  readonly persist: boolean;
  readonly moveCommand: string | undefined;
  /** seconds */
  readonly commandTimeout: number;
}

export type CompressionType = 'none' | 'lzo' | 'zlib' | 'lz4' | 'zstd';

/** Where a drive stands. */
export interface DrivePlace {
  readonly library: number;
  /** Counted from 1. */
  readonly slot: number;
}

/** A `Drive:` record. */
export interface DriveConf extends UnitConf {
  /** undefined for a drive that stands alone */
  readonly place: DrivePlace | undefined;
  readonly compression: {
    readonly type: CompressionType;
    /** zlib level, 0 to 9 */
    readonly factor: number;
    readonly enabled: boolean;
  };
  /** Byte order of the Reed-Solomon CRC of logical block protection. */
  readonly rscrcBigEndian: boolean;
}

/** All of device.conf, in the order of the file. */
export interface DeviceConf {
  readonly libraries: readonly LibraryConf[];
  readonly drives: readonly DriveConf[];
}

/** The given value, else the default of the key. */
function orDefault<T>(value: T | undefined, key: DeviceKey<T>): T {
  if (value !== undefined) return value;
  const fallback = key.kind.read(key.default ?? '');
  if ('wrong' in fallback) throw new TypeError(`the default of ${key.name} ${fallback.wrong}`);
  return fallback.value;
}

/** What is missing from a record. */
function checkComplete(record: DeviceRecord, complaints: Complaints): void {
  for (const name of Object.keys(DEVICE_KEYS) as DeviceKeyName[]) {
    const key = DEVICE_KEYS[name];
    if ('required' in key && !record.lines.has(name))
      complaints.error(
        record.head,
        `${titleOf(record)} has no ${key.name}`,
        `Add " ${key.name}: " and ${key.kind.allowed}.`,
      );
  }
  if (!record.lines.has('serial') && record.unit !== undefined)
    complaints.warning(
      record.head,
      `${titleOf(record)} has no ${DEVICE_KEYS.serial.name}`,
      `It reports ${defaultSerial(record.unit)}. Software tells units apart by it: add one.`,
    );
}

function commonOf(record: DeviceRecord, unit: number): UnitConf {
  const { given } = record;
  const serial = given.serial ?? defaultSerial(unit);
  return {
    unit,
    address: record.address,
    vendor: given.vendor ?? '',
    product: given.product ?? '',
    revision: orDefault(given.revision, DEVICE_KEYS.revision),
    serial,
    NAA: effectiveNAA(given.NAA, serial),
    fifo: given.fifo,
    timing: orDefault(given.timing, DEVICE_KEYS.timing),
  };
}

const libraryOf = (record: DeviceRecord, unit: number, homePath: string): LibraryConf => ({
  ...commonOf(record, unit),
  homeDirectory: record.given.homeDirectory ?? defaultHomeDirectory(homePath, unit),
  persist: orDefault(record.given.persist, DEVICE_KEYS.persist),
  moveCommand: record.given.moveCommand,
  commandTimeout: orDefault(record.given.commandTimeout, DEVICE_KEYS.commandTimeout),
});

/** The compression of a drive; points out settings that do not do what they seem to. */
function compressionOf(record: DeviceRecord, complaints: Complaints): DriveConf['compression'] {
  const { given, lines } = record;
  const { factor, enabled } = orDefault(given.compression, DEVICE_KEYS.compression);
  if (given.compression && enabled === undefined)
    complaints.warning(
      lines.get('compression')!,
      'this form sets the level but does not enable compression',
      `Write "Compression: factor ${factor} enabled 1", or "enabled 0" to leave it off.`,
    );
  if (enabled && !lines.has('compressionType'))
    complaints.warning(
      lines.get('compression')!,
      'compression is enabled, but there is no Compression type: data is stored as it comes',
      `Add " Compression type: " and ${DEVICE_KEYS.compressionType.kind.allowed}.`,
    );
  return { type: given.compressionType ?? 'none', factor, enabled: enabled ?? false };
}

function driveOf(record: DeviceRecord, unit: number, complaints: Complaints): DriveConf {
  const [library, slot] = record.given.place ?? [0, 0];
  return {
    ...commonOf(record, unit),
    place: library === 0 ? undefined : { library, slot },
    compression: compressionOf(record, complaints),
    rscrcBigEndian: orDefault(record.given.rscrcBigEndian, DEVICE_KEYS.rscrcBigEndian),
  };
}

/**
 * Parses device.conf.
 * @param text the file's content
 * @param file its name, for the problems
 * @param homePath MHVTL_HOME_PATH, under which libraries without a Home directory have theirs
 */
export function parseDeviceConf(
  text: string,
  file: string,
  homePath = DEFAULT_HOME_PATH,
): Parsed<DeviceConf> {
  const complaints = complaintsAbout(file);
  const records = readRecords(linesOf(text), complaints);
  const libraries: LibraryConf[] = [];
  const drives: DriveConf[] = [];
  for (const record of records) {
    checkComplete(record, complaints);
    if (record.unit === undefined) continue;
    if (record.kind === 'Library') libraries.push(libraryOf(record, record.unit, homePath));
    else drives.push(driveOf(record, record.unit, complaints));
  }
  checkRecords(records, complaints);
  return parsed({ libraries, drives }, complaints);
}
