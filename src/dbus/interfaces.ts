// SPDX-License-Identifier: GPL-2.0-or-later
// The XML files of this folder: put into the programs when they are built, read from here when they run unbuilt.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeInterface, type InterfaceDescription } from './interface-description.js';

declare const MHVTL_INTERFACES: Readonly<Record<string, string>> | undefined;

const fileOf = (name: string): string =>
  typeof MHVTL_INTERFACES === 'undefined'
    ? readFileSync(fileURLToPath(new URL(`./${name}.xml`, import.meta.url)), 'utf8')
    : MHVTL_INTERFACES[name]!;

const known = new Map<string, InterfaceDescription>();

/** An interface by its name, which is that of its file. */
export function interfaceNamed(name: string): InterfaceDescription {
  const description = known.get(name) ?? describeInterface(fileOf(name));
  known.set(name, description);
  return description;
}
