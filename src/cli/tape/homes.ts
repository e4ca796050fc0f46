// SPDX-License-Identifier: GPL-2.0-or-later
// Where cartridges are: the home directories of the libraries.
import { defaultHomeDirectory } from '../../config/identity.js';
import { type Configuration, loadConfiguration } from '../../config/load.js';
import { cartridgeDirectory } from '../../medium/homes.js';
import { Failure } from './tool.js';

/** Where to look. */
export interface Where {
  readonly configDir: string;
  /** Instead of what the configuration says. */
  readonly homeDir?: string;
  /** undefined for any. */
  readonly library?: number;
}

const homeIn = ({ libraries, settings }: Configuration, library: number): string =>
  libraries.find(({ unit }) => unit === library)?.homeDirectory ??
  defaultHomeDirectory(settings.homePath, library);

/**
 * Directory of a library's cartridges.
 * @throws ConfigurationError when the configuration is needed and has an error
 */
export const homeOf = (where: Where & { readonly library: number }): string =>
  where.homeDir ?? homeIn(loadConfiguration(where.configDir), where.library);

/** Every directory a cartridge may be in, the likeliest first. */
function candidates(where: Where): string[] {
  if (where.homeDir !== undefined) return [where.homeDir];
  const configuration = loadConfiguration(where.configDir);
  const { settings, libraries } = configuration;
  const homes =
    where.library === undefined
      ? libraries.map(({ homeDirectory }) => homeDirectory)
      : [homeIn(configuration, where.library)];
  return [...new Set([...homes, settings.homePath])];
}

/**
 * The directory of a cartridge.
 * @throws Failure when there is none of that barcode
 * @throws ConfigurationError
 */
export function findTape(where: Where & { readonly barcode: string }): string {
  const homes = candidates(where);
  const found = cartridgeDirectory(homes, where.barcode);
  if (found !== undefined) return found;
  throw new Failure(`there is no cartridge ${where.barcode} in ${homes.join(', ')}`);
}
