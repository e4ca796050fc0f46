// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl.conf: the settings all programs share. systemd reads the same file (EnvironmentFile=).
import { parse as parseIni } from 'ini';
import { DEFAULT_HOME_PATH } from './identity.js';
import { nearest } from './nearest.js';
import {
  type Complaints,
  complaintsAbout,
  type Line,
  linesOf,
  type Parsed,
  parsed,
} from './problem.js';
import { absolutePath, integer, type ValueKind } from './value-kinds.js';

/** One setting. */
export interface SettingKey<T> {
  readonly name: string;
  readonly kind: ValueKind<T>;
  /** The value when the file does not say. */
  readonly default: T;
  readonly doc: string;
}

const options: ValueKind<string> = {
  allowed: 'nothing, or options that begin with -',
  read: (text) =>
    /^(-\S+(\s+-\S+)*)?$/.test(text) ? { value: text } : { wrong: 'is not an option' },
};

const key = <T>(name: string, kind: ValueKind<T>, fallback: T, doc: string): SettingKey<T> => ({
  name,
  kind,
  default: fallback,
  doc,
});

/** The settings by the name of the property that holds their value. */
export const SETTING_KEYS = {
  configPath: key<string | undefined>(
    'MHVTL_CONFIG_PATH',
    absolutePath,
    undefined,
    'Directory of device.conf and library_contents, if it is not that of mhvtl.conf.',
  ),
  homePath: key(
    'MHVTL_HOME_PATH',
    absolutePath,
    DEFAULT_HOME_PATH,
    'Directory below which cartridges lie.',
  ),
  capacity: key(
    'CAPACITY',
    integer(0, 100_000_000),
    500,
    'Size of new cartridges in MB, 0 for that of the real product.',
  ),
  verbose: key('VERBOSE', integer(0, 9), 0, 'How much the daemons write to the log.'),
  kernelDebug: key(
    'VTL_DEBUG',
    integer(0, 9),
    0,
    'How much the kernel module writes to the kernel log.',
  ),
  daemonDebug: key('DAEMON_DEBUG', options, '', 'Further options of the daemons.'),
} as const;

type SettingName = keyof typeof SETTING_KEYS;

/** The content of mhvtl.conf with its defaults. */
export type Settings = {
  readonly [K in SettingName]: (typeof SETTING_KEYS)[K] extends SettingKey<infer T> ? T : never;
};

const NAMES = Object.keys(SETTING_KEYS) as SettingName[];

/** `;` begins a comment for ini and for systemd. */
const isIniComment = (line: Line): boolean => line.text === '' || /^[#;]/.test(line.text);

/** A value inside quotes may hold anything; outside, ini cuts at `#` and `;` and others do not. */
function checkValue(line: Line, value: string, complaints: Complaints): boolean {
  if (/^(["']).*\1$/.test(value) && value.length > 1) return true;
  if (/^["']/.test(value)) {
    complaints.error(
      line,
      'the value begins with a quote but does not end with it',
      'Quote all of the value or nothing; quotes are only needed around # and ;. A comment needs a line of its own.',
    );
    return false;
  }
  if (/[#;]/.test(value))
    complaints.warning(
      line,
      `the text from ${/[#;]/.exec(value)![0]} on is taken as a comment, but systemd takes it as part of the value`,
      'Put the comment in a line of its own, or the value in double quotes.',
    );
  return true;
}

/**
 * Finds the lines that set something and complains about the others.
 * @returns the line of each setting
 */
function settingLines(lines: readonly Line[], complaints: Complaints): Map<SettingName, Line> {
  const found = new Map<SettingName, Line>();
  const names = NAMES.map((name) => SETTING_KEYS[name].name);
  for (const line of lines) {
    if (isIniComment(line)) continue;
    const match = /^([^=\s]+)\s*=\s*(.*)$/.exec(line.text);
    if (!match) {
      complaints.error(
        line,
        'this is not a setting',
        'Allowed: KEY=value, one a line; comments begin with #.',
      );
      continue;
    }
    const name = NAMES.find((candidate) => SETTING_KEYS[candidate].name === match[1]);
    if (name === undefined) {
      const meant = nearest(match[1]!, names);
      complaints.warning(
        line,
        `${match[1]} is not a setting of mhvtl and has no effect here`,
        `${meant === undefined ? '' : `Did you mean ${meant}? `}Settings: ${names.join(', ')}.`,
      );
    } else if (found.has(name)) {
      complaints.error(
        line,
        `${match[1]} is set twice, first in line ${found.get(name)!.number}`,
        'Delete one of the two lines.',
      );
    } else if (checkValue(line, match[2]!, complaints)) found.set(name, line);
  }
  return found;
}

/**
 * Parses mhvtl.conf.
 * @param text the file's content
 * @param file its name, for the problems
 */
export function parseMhvtlConf(text: string, file: string): Parsed<Settings> {
  const complaints = complaintsAbout(file);
  const lines = settingLines(linesOf(text), complaints);
  // ini sees only lines that passed: it would drop bad ones and nest what follows a [section].
  const values = parseIni([...lines.values()].map((line) => line.text).join('\n'));
  const settings: Record<string, unknown> = {};
  for (const name of NAMES) {
    const setting: SettingKey<unknown> = SETTING_KEYS[name];
    settings[name] = setting.default;
    const line = lines.get(name);
    if (line === undefined) continue;
    // ini makes booleans, null and numbers of some values; all of these are texts here.
    const result = setting.kind.read(String(values[setting.name]));
    if ('value' in result) settings[name] = result.value;
    else
      complaints.error(
        line,
        `${setting.name} ${result.wrong}`,
        `Allowed: ${setting.kind.allowed}.`,
      );
  }
  return parsed(settings as Settings, complaints);
}
