// SPDX-License-Identifier: GPL-2.0-or-later
// The units device.conf names, as far as it can be read: a mistake in one record does not hide the others.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DeviceConf, parseDeviceConf } from '../../config/device-conf.js';
import { contentsFiles, DEFAULT_CONFIG_PATH } from '../../config/load.js';
import { parseMhvtlConf, type Settings } from '../../config/mhvtl-conf.js';
import { readRegularFile } from '../../config/read-regular-file.js';
import type { UnitKind } from '../../ipc/words.js';
import { Failure } from './failure.js';

/** mhvtl.conf, and where the other files are. */
export interface Settled {
  readonly settings: Settings;
  /** Directory of device.conf and library_contents. */
  readonly directory: string;
}

/** What vtlcmd needs to know of the configuration. */
export interface Units extends DeviceConf, Settled {
  readonly file: string;
}

/** Directory of mhvtl.conf: another one for tests and second installations. */
export const configDirectory = (): string =>
  process.env['MHVTL_CONFIG_PATH'] ?? DEFAULT_CONFIG_PATH;

/** mhvtl.conf in a directory; it need not be there. */
export function readSettings(directory: string): Settled {
  const file = join(directory, 'mhvtl.conf');
  const settings = parseMhvtlConf(existsSync(file) ? readRegularFile(file) : '', file).value;
  return { settings, directory: settings.configPath ?? directory };
}

/** @throws Failure when there is no device.conf, in the words of mhvtl 1.8 */
export function readUnits(at = configDirectory()): Units {
  const place = readSettings(at);
  const file = join(place.directory, 'device.conf');
  try {
    const { value } = parseDeviceConf(readRegularFile(file), file, place.settings.homePath);
    return { ...value, ...place, file };
  } catch (error) {
    throw new Failure(`Can not open config file ${file} : ${(error as Error).message}`);
  }
}

/** library_contents of a library. */
export const contentsOf = ({ directory }: Settled, library: number): string =>
  contentsFiles(directory, library).base;

/** What a number stands for. */
export const kindOf = ({ libraries, drives }: DeviceConf, unit: number): UnitKind | undefined => {
  if (libraries.some((each) => each.unit === unit)) return 'library';
  return drives.some((each) => each.unit === unit) ? 'drive' : undefined;
};
