// SPDX-License-Identifier: GPL-2.0-or-later
// What a library and its drives say to each other over the message queue: the texts of mhvtl 1.8, and after
// ` - ` the reason of a failure, which a library of mhvtl 1.8 does not read.

/** Texts a library sends; those with an argument end in a blank, after which the barcode follows. */
export const toDrive = {
  /** The drive stands in a library: it may answer `lload`, and tells when it ejects. No reply. */
  register: 'Register',
  mountState: 'mount_state',
  load: 'lload ',
  /** The barcode is for the log: a drive unloads whatever it holds. */
  unload: 'unload ',
  /** Forget the cartridge in the mouth, unloading it if need be. */
  setEmpty: 'set_empty',
} as const;

/** A drive tells its library that an initiator had the cartridge unloaded. No reply. */
export const ejected = 'eject';

/** A text of the library, as the drive reads it. */
export type DriveCommand =
  | { readonly verb: 'register' | 'mountState' | 'setEmpty' }
  | { readonly verb: 'load' | 'unload'; readonly barcode: string };

/** Reads what a library says; undefined when it is no command of a library (vtlcmd has words of its own). */
export function parseDriveCommand(text: string): DriveCommand | undefined {
  const command = text.trimEnd();
  for (const verb of ['register', 'mountState', 'setEmpty'] as const)
    if (command === toDrive[verb]) return { verb };
  for (const verb of ['load', 'unload'] as const) {
    const barcode = command.slice(toDrive[verb].length);
    if (command.startsWith(toDrive[verb]) && /^\S+$/.test(barcode)) return { verb, barcode };
  }
  return undefined;
}

/** Why a drive did not load or unload, in the words that are sent. */
export const driveRefusals = [
  'occupied',
  'no such cartridge',
  'incompatible medium',
  'in use',
  'unreadable',
  'removal prevented',
] as const;
export type DriveRefusal = (typeof driveRefusals)[number];

/** What a drive answers. */
export type DriveReply =
  /** `holds` is undefined when the drive does not say what it holds (mhvtl 1.8). */
  | {
      readonly kind: 'occupied';
      readonly holds: string | undefined;
      /** It is in the mouth and not threaded. */
      readonly ejected: boolean;
    }
  | { readonly kind: 'not occupied' }
  | { readonly kind: 'loaded'; readonly barcode: string }
  | { readonly kind: 'unloaded' }
  /** `reason` is undefined when the drive gave none, or one nobody here knows. */
  | { readonly kind: 'load failed' | 'unload failed'; readonly reason: DriveRefusal | undefined };

const occupied = 'occupied';
const notOccupied = 'Not occupied';
const loaded = 'Loaded OK: ';
const loadFailed = 'Load failed';
const unloaded = 'Unloaded OK';
const unloadFailed = 'Unload failed';

const letGo = ' - ejected';

/** The text of `mount_state`'s answer. */
export const mountStateReply = (holds: string | undefined, threaded = true): string =>
  holds === undefined ? notOccupied : `${occupied} ${holds}${threaded ? '' : letGo}`;
export const loadedReply = (barcode: string): string => `${loaded}${barcode}`;
export const loadFailedReply = (barcode: string, reason: DriveRefusal): string =>
  `${loadFailed}: ${barcode} - ${reason}`;
export const unloadedReply = unloaded;
export const unloadFailedReply = (barcode: string, reason: DriveRefusal): string =>
  `${unloadFailed}: ${barcode} - ${reason}`;

/** mhvtl 1.8: `Load failed - E01001L8 is already in mouth of drive`. */
const reasonOf = (text: string): DriveRefusal | undefined =>
  text.endsWith('is already in mouth of drive')
    ? 'occupied'
    : driveRefusals.find((reason) => text.endsWith(` - ${reason}`));

/** Reads a drive's answer; undefined when it is none. */
export function parseDriveReply(text: string): DriveReply | undefined {
  const reply = text.trimEnd();
  if (reply === notOccupied) return { kind: 'not occupied' };
  if (reply === unloaded) return { kind: 'unloaded' };
  if (reply === occupied) return { kind: 'occupied', holds: undefined, ejected: false };
  if (reply.startsWith(`${occupied} `)) {
    const ejected = reply.endsWith(letGo);
    const holds = reply.slice(occupied.length + 1, ejected ? -letGo.length : undefined);
    return { kind: 'occupied', holds, ejected };
  }
  if (reply.startsWith(loaded)) return { kind: 'loaded', barcode: reply.slice(loaded.length) };
  for (const failure of [loadFailed, unloadFailed])
    if (new RegExp(`^${failure}(:| -|$)`).test(reply))
      return {
        kind: failure === loadFailed ? 'load failed' : 'unload failed',
        reason: reasonOf(reply),
      };
  return undefined;
}

/** A drive tells its library that it was started, and is empty: the library gives it what it counts there. */
export const started = 'started';
