// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of medium a cartridge holds, from the memory in its directory. Reading ten thousand of them takes
// seconds, so that what was read is kept, and read again only when the file has changed.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attributesInMemory } from '../medium/attribute-access.js';
import { readCartridgeMemory } from '../medium/cartridge-files.js';
import { cartridgeDirectory } from '../medium/homes.js';
import { MediumError, type Use } from '../medium/volume.js';
import { type MediumType, mediumTypes } from '../smc/element.js';
import type { AttributeValue } from '../spc/attribute-data.js';
import type { DeviceState } from '../spc/environment.js';

/** A NULL cartridge is written and read like one for data, which is what an initiator wants to know. */
const mediumTypeFor: Readonly<Record<Use, MediumType>> = {
  data: 'data',
  NULL: 'data',
  WORM: 'WORM',
  cleaning: 'cleaning',
  diagnostic: 'diagnostics',
  firmware: 'microcode image',
};

/** `'unspecified'` for a cartridge that cannot be read. @param directory of the cartridge */
export function mediumTypeIn(directory: string): MediumType {
  try {
    return mediumTypeFor[readCartridgeMemory(directory).use];
  } catch (error) {
    if (error instanceof MediumError) return 'unspecified';
    throw error;
  }
}

/** The medium auxiliary memory of a cartridge; undefined when it is not there or cannot be read. */
export function attributesOf(
  homes: readonly string[],
  barcode: string,
): readonly AttributeValue[] | undefined {
  const directory = cartridgeDirectory(homes, barcode);
  if (directory === undefined) return undefined;
  try {
    return attributesInMemory(readCartridgeMemory(directory), barcode);
  } catch (error) {
    if (error instanceof MediumError) return undefined;
    throw error;
  }
}

interface Known {
  readonly type: MediumType;
  /** When the cartridge's memory was last written, in milliseconds since 1970. */
  readonly modified: number;
}

/** Name of the state that holds lines of barcode, medium type and time, separated by tabs. */
const stateName = 'medium-types';

const isMediumType = (text: string | undefined): text is MediumType =>
  text !== undefined && Object.hasOwn(mediumTypes, text);

export class MediumTypes {
  readonly #homes: readonly string[];
  readonly #state: DeviceState;
  readonly #known = new Map<string, Known>();
  #changed = false;

  /** @param homes where cartridges can be: the first that has one counts */
  constructor(homes: readonly string[], state: DeviceState) {
    this.#homes = homes;
    this.#state = state;
    const saved = Buffer.from(state.load(stateName) ?? []).toString();
    for (const line of saved.split('\n')) {
      const [barcode, type, modified] = line.split('\t');
      if (barcode && isMediumType(type))
        this.#known.set(barcode, { type, modified: Number(modified) });
    }
  }

  /** `'unspecified'` for a cartridge that is not there or cannot be read. */
  of(barcode: string): MediumType {
    for (const directory of this.#homes.map((home) => join(home, barcode))) {
      const modified = statSync(join(directory, 'mam'), { throwIfNoEntry: false })?.mtimeMs;
      if (modified !== undefined) return this.#typeIn(directory, barcode, modified);
      // Format 3 has no file of its own for the memory.
      if (existsSync(directory)) return mediumTypeIn(directory);
    }
    return 'unspecified';
  }

  #typeIn(directory: string, barcode: string, modified: number): MediumType {
    const known = this.#known.get(barcode);
    if (known?.modified === modified) return known.type;
    const type = mediumTypeIn(directory);
    this.#known.set(barcode, { type, modified });
    this.#changed = true;
    return type;
  }

  /** Keeps what was found out for the next start. */
  save(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const lines = [...this.#known].map(([barcode, { type, modified }]) =>
      [barcode, type, modified].join('\t'),
    );
    this.#state.save(stateName, Buffer.from(lines.join('\n')));
  }
}
