// SPDX-License-Identifier: GPL-2.0-or-later
// Makes cartridges for mktape and make_vtl_media.
import fs from 'node:fs';
import type { MediumKind } from '../../config/barcode.js';
import type { CartridgeType } from '../../medium/cartridge-types.js';
import { CartridgeExistsError, createCartridge } from '../../medium/create.js';
import type { Use } from '../../medium/volume.js';
import { asOwnerOf } from './owner.js';
import { EXIT, Failure } from './tool.js';

/** What became of a cartridge that was to be made; in JSON as it is here. */
export interface MadeTape {
  readonly barcode: string;
  readonly directory: string;
  readonly density: string;
  readonly type: Use;
  /** Bytes. */
  readonly capacity: number;
  /** False when there was one already: it was left as it is. */
  readonly made: boolean;
}

export interface NewTape {
  readonly home: string;
  readonly barcode: string;
  readonly density: CartridgeType;
  readonly type: Use;
  /** Bytes; 0 for the native capacity. */
  readonly size: number;
}

/** What a capacity in MB counts, in bytes. */
export const MIB = 1 << 20;

/** The use of a cartridge, in the words of the medium, by what its barcode or an option says. */
export const useOf: Readonly<Record<MediumKind['type'], Use>> = {
  data: 'data',
  clean: 'cleaning',
  WORM: 'WORM',
};

/** Before the umask, as that of cartridges. */
const HOME_MODE = 0o770;

/** Makes a home directory unless it is there; whoever owns the directory around it owns it. */
export const makeDirectory = (home: string): void =>
  asOwnerOf(home, () => {
    fs.mkdirSync(home, { recursive: true, mode: HOME_MODE });
  });

/** Seconds since 1970 to put on the cartridge (reproducible-builds.org, SOURCE_DATE_EPOCH). */
function creationTime(): number {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return Math.floor(Date.now() / 1000);
  if (!/^\d{1,12}$/.test(epoch))
    throw new RangeError(`SOURCE_DATE_EPOCH is '${epoch}', which is no number of seconds`);
  return Number(epoch);
}

/**
 * Makes a cartridge unless there is one of that name.
 * @throws RangeError when the name or SOURCE_DATE_EPOCH is wrong
 * @throws Failure when the file system does not take it
 */
export function makeTape({ home, barcode, density, type, size }: NewTape): MadeTape {
  const description = {
    barcode,
    density: density.mktapeName,
    type,
    capacity: size || density.nativeBytes,
    directory: `${home}/${barcode}`,
  };
  try {
    const createdAt = creationTime();
    const cartridge = { barcode, type: density, use: type, capacity: size, createdAt };
    asOwnerOf(home, () => createCartridge(home, cartridge));
    return { ...description, made: true };
  } catch (error) {
    if (error instanceof CartridgeExistsError) return { ...description, made: false };
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new Failure(`cannot make the cartridge: ${error.message}`, EXIT.store);
  }
}
