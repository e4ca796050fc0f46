// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of medium a cartridge holds, from the memory in its directory. Reading ten thousand of them takes
// seconds, so that what was read is kept, and read again only when the file has changed.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readCartridgeMemory } from '../medium/cartridge-files.js';
import { MediumError, type Use } from '../medium/volume.js';
import { type MediumType, mediumTypes } from '../smc/element.js';
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

/** `'unspecified'` for a cartridge that is not there or cannot be read. */
export function mediumTypeOf(homeDirectory: string, barcode: string): MediumType {
  try {
    return mediumTypeFor[readCartridgeMemory(join(homeDirectory, barcode)).use];
  } catch (error) {
    if (error instanceof MediumError) return 'unspecified';
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
  text !== undefined && text in mediumTypes;

export class MediumTypes {
  readonly #home: string;
  readonly #state: DeviceState;
  readonly #known = new Map<string, Known>();
  #changed = false;

  constructor(homeDirectory: string, state: DeviceState) {
    this.#home = homeDirectory;
    this.#state = state;
    const saved = Buffer.from(state.load(stateName) ?? []).toString();
    for (const line of saved.split('\n')) {
      const [barcode, type, modified] = line.split('\t');
      if (barcode && isMediumType(type))
        this.#known.set(barcode, { type, modified: Number(modified) });
    }
  }

  of(barcode: string): MediumType {
    const modified = statSync(join(this.#home, barcode, 'mam'), { throwIfNoEntry: false })?.mtimeMs;
    if (modified === undefined) return mediumTypeOf(this.#home, barcode);
    const known = this.#known.get(barcode);
    if (known?.modified === modified) return known.type;
    const type = mediumTypeOf(this.#home, barcode);
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
