// SPDX-License-Identifier: GPL-2.0-or-later
// What `vtlcmd set` changes in a running unit: each setting once, with the words the unit is told.
import type { DeviceKeyName } from '../../config/device-keys.js';
import type { UnitKind } from '../../ipc/words.js';

export interface Setting {
  readonly for: readonly UnitKind[];
  /** The words of the unit before the value. */
  readonly word: string | Readonly<Record<string, string>>;
  /** What the value is now, of what `status` tells. */
  now(status: Readonly<Record<string, unknown>>): string;
  /** The key of device.conf that has it when the daemon starts; left out: it lasts until the daemon ends. */
  readonly key?: DeviceKeyName;
  readonly doc: string;
}

const BOTH = ['drive', 'library'] as const;
const DRIVE = ['drive'] as const;
const LIBRARY = ['library'] as const;

const text = (name: string) => (status: Readonly<Record<string, unknown>>) =>
  String(status[name] ?? '');
const yesNo = (name: string) => (status: Readonly<Record<string, unknown>>) =>
  status[name] ? 'yes' : 'no';

/** `delay-load` and the like. */
const delay = (movement: string): Setting => ({
  for: DRIVE,
  word: `delay ${movement}`,
  now: ({ delays }) => String((delays as Record<string, number> | undefined)?.[movement] ?? 0),
  doc: `seconds more to ${movement}`,
});

export const settings: Readonly<Record<string, Setting>> = {
  compression: {
    for: DRIVE,
    word: 'compression',
    now: text('compression'),
    key: 'compressionType',
    doc: 'lzo, zlib, lz4, zstd or none',
  },
  timing: {
    for: BOTH,
    word: 'timing',
    now: text('timing'),
    key: 'timing',
    doc: 'how long movements take: off, real, or as 10x',
  },
  'log-level': { for: BOTH, word: 'log', now: text('logLevel'), doc: 'how much is logged, 0 to 9' },
  'append-only': {
    for: DRIVE,
    word: 'append only',
    now: yesNo('appendOnly'),
    doc: 'yes or no: nothing on the cartridge is overwritten',
  },
  'write-protect': {
    for: DRIVE,
    word: 'write protect',
    now: yesNo('writeProtected'),
    doc: 'yes or no: the switch of the cartridge in the drive, which keeps it',
  },
  'delay-load': delay('load'),
  'delay-unload': delay('unload'),
  'delay-rewind': delay('rewind'),
  'delay-position': delay('position'),
  'delay-thread': delay('thread'),
  online: {
    for: LIBRARY,
    word: { yes: 'online', no: 'offline' },
    now: ({ state }) => (state === 'online' ? 'yes' : 'no'),
    doc: 'yes or no: whether initiators are served',
  },
  map: {
    for: LIBRARY,
    word: { open: 'open map', closed: 'close map' },
    now: ({ mapOpen }) => (mapOpen ? 'open' : 'closed'),
    doc: 'open or closed: people reach the MAP, or the picker does',
  },
  door: {
    for: LIBRARY,
    word: { open: 'open door', closed: 'close door' },
    now: ({ doorOpen }) => (doorOpen ? 'open' : 'closed'),
    doc: 'open or closed: with an open door nothing moves',
  },
};

/** The settings a kind of unit has, by name. */
export const settingsOf = (kind: UnitKind): [name: string, setting: Setting][] =>
  Object.entries(settings).filter(([, setting]) => setting.for.includes(kind));
