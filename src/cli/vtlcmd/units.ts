// SPDX-License-Identifier: GPL-2.0-or-later
// The units device.conf names, as far as it can be read: a mistake in one record does not hide the others.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeviceConf, parseDeviceConf } from '../../config/device-conf.js';
import { DEFAULT_CONFIG_PATH } from '../../config/load.js';
import { parseMhvtlConf, type Settings } from '../../config/mhvtl-conf.js';
import type { UnitKind } from '../../ipc/words.js';
import { Failure } from './failure.js';

/** What vtlcmd needs to know of the configuration. */
export interface Units extends DeviceConf {
  readonly settings: Settings;
  /** Directory of device.conf and library_contents. */
  readonly directory: string;
  readonly file: string;
}

/** Directory of mhvtl.conf: another one for tests and second installations. */
export const configDirectory = (): string =>
  process.env['MHVTL_CONFIG_PATH'] ?? DEFAULT_CONFIG_PATH;

/** @throws Failure when there is no device.conf, in the words of mhvtl 1.8 */
export function readUnits(directory = configDirectory()): Units {
  const settingsFile = join(directory, 'mhvtl.conf');
  const text = existsSync(settingsFile) ? readFileSync(settingsFile, 'utf8') : '';
  const settings = parseMhvtlConf(text, settingsFile).value;
  const place = settings.configPath ?? directory;
  const file = join(place, 'device.conf');
  try {
    const { value } = parseDeviceConf(readFileSync(file, 'utf8'), file, settings.homePath);
    return { ...value, settings, directory: place, file };
  } catch (error) {
    throw new Failure(`Can not open config file ${file} : ${(error as Error).message}`);
  }
}

/** What a number stands for. */
export const kindOf = ({ libraries, drives }: DeviceConf, unit: number): UnitKind | undefined => {
  if (libraries.some((each) => each.unit === unit)) return 'library';
  return drives.some((each) => each.unit === unit) ? 'drive' : undefined;
};
