// SPDX-License-Identifier: GPL-2.0-or-later
// The project's version: package.json states it, the build writes it into the bundles.
import { readFileSync } from 'node:fs';

declare const MHVTL_VERSION: string | undefined;

const fromPackage = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

export const version: string = typeof MHVTL_VERSION === 'string' ? MHVTL_VERSION : fromPackage();
