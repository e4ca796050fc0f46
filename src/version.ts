// SPDX-License-Identifier: GPL-2.0-or-later
// The version, which is stated in package.json alone.
import { readFileSync } from 'node:fs';

/** Put here by the bundler; absent when the sources run unbundled. */
declare const MHVTL_VERSION: string | undefined;

const fromPackage = (): string => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

export const version: string = typeof MHVTL_VERSION === 'undefined' ? fromPackage() : MHVTL_VERSION;
