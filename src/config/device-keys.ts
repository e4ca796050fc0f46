// SPDX-License-Identifier: GPL-2.0-or-later
// Every key of device.conf, stated once: parser, error texts and device.conf(5) follow this table.
import {
  absolutePath,
  choice,
  form,
  integer,
  naaDesignator,
  type ValueKind,
  word,
  words,
} from './value-kinds.js';

/** What a record of device.conf describes. */
export type UnitKind = 'Library' | 'Drive';

/** One key of a record. */
export interface DeviceKey<T> {
  readonly name: string;
  readonly units: readonly UnitKind[];
  readonly kind: ValueKind<T>;
  /** Written as in the file. */
  readonly default?: string;
  /** A record without a required key is refused. */
  readonly required?: true;
  /** Read for compatibility only: a value that makes no sense is warned about, not refused. */
  readonly noEffect?: true;
  readonly doc: string;
}

const BOTH = ['Library', 'Drive'] as const;
const LIBRARY = ['Library'] as const;
const DRIVE = ['Drive'] as const;

const FLAG = choice({ '0': false, '1': true });
const FACTOR = integer(0, 9);

/** Unit numbers are minors of the kernel module. Library 0 could own no drive: Library ID 0 means none. */
const UNIT_NUMBERS = { Library: integer(1, 1023), Drive: integer(1, 1023) } as const;

const headForm = (unit: ValueKind<number>) =>
  form(
    ['', 'n', unit],
    ['CHANNEL:', 'c', integer(0, 15)],
    ['TARGET:', 't', integer(0, 255)],
    ['LUN:', 'l', integer(0, 255)],
  );

/** What stands after `Library:` or `Drive:` in the line that begins a record. */
export const HEADS = {
  Library: headForm(UNIT_NUMBERS.Library),
  Drive: headForm(UNIT_NUMBERS.Drive),
} as const;

/** zlib level and switch; the short form sets the level alone, as in the reference. */
export interface CompressionSetting {
  readonly factor: number;
  /** undefined in the short form */
  readonly enabled: boolean | undefined;
}

const LONG_COMPRESSION = form(['factor', 'n', FACTOR], ['enabled', 'm', FLAG]);

const compression: ValueKind<CompressionSetting> = {
  allowed: `${LONG_COMPRESSION.allowed}; or n alone`,
  read(text) {
    if (/^-?\d+$/.test(text)) {
      const short = FACTOR.read(text);
      return 'wrong' in short ? short : { value: { factor: short.value, enabled: undefined } };
    }
    const long = LONG_COMPRESSION.read(text);
    if ('wrong' in long) return long;
    return { value: { factor: long.value[0], enabled: long.value[1] } };
  },
};

/** Times faster than the real mechanics that make sense. */
const FASTEST = 1000;

/** What to multiply the times of the real mechanics with. */
const timingScale: ValueKind<number> = {
  allowed: `off, real, or nx with n a number from 1 to ${FASTEST}: n times faster than real`,
  read(text) {
    if (text === 'off') return { value: 0 };
    if (text === 'real') return { value: 1 };
    const times = /^(\d+)x$/.exec(text);
    const factor = Number(times?.[1]);
    return factor >= 1 && factor <= FASTEST
      ? { value: 1 / factor }
      : { wrong: `is "${text}", which is no timing` };
  },
};

/** Library 0 is the absence of a library. */
const drivePlace = form(['', 'n', integer(0, 1023)], ['Slot:', 'm', integer(1, 1023)]);

const key = <T>(
  name: string,
  units: readonly UnitKind[],
  kind: ValueKind<T>,
  more: Pick<DeviceKey<T>, 'default' | 'required' | 'noEffect' | 'doc'>,
): DeviceKey<T> => ({ name, units, kind, ...more });

/** The keys by the name of the property that holds their value. */
export const DEVICE_KEYS = {
  place: key('Library ID', DRIVE, drivePlace, {
    doc: 'The library the drive stands in and its drive slot; without it the drive stands alone.',
  }),
  vendor: key('Vendor identification', BOTH, word(8), {
    required: true,
    doc: 'T10 VENDOR IDENTIFICATION in the INQUIRY data.',
  }),
  product: key('Product identification', BOTH, words(16), {
    required: true,
    doc: 'PRODUCT IDENTIFICATION in the INQUIRY data; decides which product is imitated.',
  }),
  revision: key('Product revision level', BOTH, word(4), {
    // What mhvtl 1.8 reports: an identity, which does not follow the version of this program.
    default: '0108',
    doc: 'PRODUCT REVISION LEVEL in the INQUIRY data.',
  }),
  serial: key('Unit serial number', BOTH, word(16), {
    doc: 'Serial number in the vital product data; without it XYZZY_ and the unit number.',
  }),
  NAA: key('NAA', BOTH, naaDesignator, {
    doc: 'World wide name; without it the last eight characters of the serial number.',
  }),
  homeDirectory: key('Home directory', LIBRARY, absolutePath, {
    doc: 'Directory of the cartridges; without it MHVTL_HOME_PATH and the number of the library.',
  }),
  persist: key('PERSIST', LIBRARY, choice({ no: false, false: false, yes: true, true: true }), {
    default: 'no',
    doc: 'Whether the places of the cartridges are kept when the library stops.',
  }),
  moveCommand: key('movecommand', LIBRARY, words(255), {
    doc: 'Program started before each move, perhaps with arguments; no shell reads them.',
  }),
  commandTimeout: key('commandtimeout', LIBRARY, integer(1, 86400), {
    default: '20',
    doc: 'Seconds after which the movecommand is ended.',
  }),
  timing: key('timing', BOTH, timingScale, {
    default: 'off',
    doc: 'Whether loading, positioning, moving and the like take as long as in the real device, or so many times less.',
  }),
  fifo: key('fifo', BOTH, absolutePath, {
    doc: 'Named pipe that gets a line at every change of state.',
  }),
  compression: key('Compression', DRIVE, compression, {
    default: 'factor 1 enabled 0',
    doc: 'Level of zlib and zstd, and whether data is compressed until the host says otherwise.',
  }),
  compressionType: key(
    'Compression type',
    DRIVE,
    choice({ none: 'none', lzo: 'lzo', zlib: 'zlib', lz4: 'lz4', zstd: 'zstd' } as const),
    { doc: 'Algorithm; without it data is stored as it comes. mhvtl 1.8 knows lzo and zlib only.' },
  ),
  rscrcBigEndian: key('LBP RSCRC BE', DRIVE, FLAG, {
    default: '1',
    doc: 'Byte order of the Reed-Solomon CRC of logical block protection, 1 for big-endian.',
  }),
  backoff: key('Backoff', BOTH, integer(2, 10000), {
    noEffect: true,
    doc: 'Polling interval of older versions. This one does not poll: accepted, without effect.',
  }),
} as const;

export type DeviceKeys = typeof DEVICE_KEYS;
export type DeviceKeyName = keyof DeviceKeys;

/** What a record gave, by property. A key that is absent or wrong is absent here. */
export type GivenValues = {
  -readonly [K in DeviceKeyName]?: DeviceKeys[K] extends DeviceKey<infer T> ? T : never;
};

/** Keys of versions before 0.18, without effect since then. */
export const OBSOLETE_KEYS = /^(VPD|Density|READ|WRITE)\b/i;
