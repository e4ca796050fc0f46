// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a configuration directory: the only place of this folder that touches files.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DeviceConf, type LibraryConf, parseDeviceConf } from './device-conf.js';
import { type KeptNote, parseNotes } from './kept-contents.js';
import { type LibraryContents, parseLibraryContents } from './library-contents.js';
import { parseMhvtlConf, type Settings } from './mhvtl-conf.js';
import {
  type Complaints,
  ConfigurationError,
  complaintsAbout,
  errorsAmong,
  frozen,
  linesOf,
  type Parsed,
  type Problem,
  WHOLE_FILE,
} from './problem.js';
import { ranges } from './ranges.js';
import { readRegularFile } from './read-regular-file.js';

/** Where the configuration is unless told otherwise. */
export const DEFAULT_CONFIG_PATH = '/etc/mhvtl';

/** A whole configuration, checked. */
export interface Configuration extends DeviceConf {
  readonly settings: Settings;
  /** Directory of device.conf and library_contents. */
  readonly directory: string;
  /** By number of the library; every library has an entry. */
  readonly contents: ReadonlyMap<number, LibraryContents>;
  /** By number of the library: what it remembers of its cartridges, if it is to. */
  readonly notes: ReadonlyMap<number, readonly KeptNote[]>;
  readonly warnings: readonly Problem[];
}

/** The directories the cartridges of a library can be in: its home, if it has one, then the common one. */
export function homesOf(
  { libraries, settings }: Pick<Configuration, 'libraries' | 'settings'>,
  library: number | undefined,
): string[] {
  const own = libraries.find(({ unit }) => unit === library)?.homeDirectory;
  return [...new Set(own === undefined ? [settings.homePath] : [own, settings.homePath])];
}

/** Texts that files are to have, by path: what a change would make of them before it is made. */
export type Proposed = ReadonlyMap<string, string>;

/** The text of a file, or undefined with a problem that says why not. */
function read(
  file: string,
  remedy: string,
  complaints: Complaints,
  proposed: Proposed,
): string | undefined {
  try {
    return proposed.get(file) ?? readRegularFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`;
    complaints.error(WHOLE_FILE, `the file ${why}`, remedy);
    return undefined;
  }
}

/** Longest line that is looked at, in characters: more than any setting can need. */
const LONGEST_LINE = 4096;

/** Complains about a line that is too long to be meant; returns whether there is one. */
function hasEndlessLine(text: string, complaints: Complaints): boolean {
  const line = linesOf(text).find(
    (each) => each.text.length > LONGEST_LINE && !each.text.startsWith('#'),
  );
  if (line)
    complaints.error(
      { number: line.number, text: `${line.text.slice(0, 60)}...` },
      `the line has ${line.text.length} characters`,
      `Allowed: at most ${LONGEST_LINE}. Is this the right file?`,
    );
  return line !== undefined;
}

/** Reads and parses a file; its problems go to `problems`. */
function load<T>(
  file: string,
  remedy: string,
  problems: Problem[],
  proposed: Proposed,
  parse: (text: string, file: string) => { value: T; problems: readonly Problem[] },
): T | undefined {
  const complaints = complaintsAbout(file);
  const text = read(file, remedy, complaints, proposed);
  const usable = text !== undefined && !hasEndlessLine(text, complaints);
  problems.push(...complaints.list);
  if (!usable) return undefined;
  const result = parse(text, file);
  problems.push(...result.problems);
  return result.value;
}

/** What the name of the file that a library writes ends in. */
const keptSuffix = '.persist';

/** library_contents of a library, and the file where it keeps its inventory. */
export function contentsFiles(directory: string, library: number): { base: string; kept: string } {
  const base = join(directory, `library_contents.${library}`);
  return { base, kept: `${base}${keptSuffix}` };
}

/**
 * The file that says what is in a library: what it wrote at the last change, if it is to keep
 * that and nobody has edited the other file since.
 */
export function contentsFile(
  directory: string,
  library: Pick<LibraryConf, 'unit' | 'persist'>,
  proposed: Proposed = new Map(),
): string {
  const { base, kept } = contentsFiles(directory, library.unit);
  if (proposed.has(base) || !library.persist || !existsSync(kept)) return base;
  return existsSync(base) && statSync(base).mtimeMs > statSync(kept).mtimeMs ? base : kept;
}

/** What must hold between device.conf and the contents of a library. device.conf decides. */
function checkDrives(
  file: string,
  contents: LibraryContents,
  library: number,
  conf: DeviceConf,
): Problem[] {
  const complaints = complaintsAbout(file);
  const bays = new Map(
    conf.drives.filter((d) => d.place?.library === library).map((d) => [d.place!.slot, d]),
  );
  const most = Math.max(0, ...bays.keys());
  const without = contents.Drive.filter(({ number }) => number > most).map(({ number }) => number);
  if (without.length > 0)
    complaints.warning(
      WHOLE_FILE,
      `device.conf has no drive for Drive ${ranges(without)}`,
      'The slot is reported as a data transfer element without a drive. Add the drive to device.conf or delete the line.',
    );
  if (most > contents.Drive.length)
    complaints.warning(
      WHOLE_FILE,
      `there are ${contents.Drive.length} Drive lines, but device.conf has a drive in drive slot ${most}`,
      `The drive is there all the same. Add lines up to "Drive ${most}:".`,
    );
  for (const { number, content } of contents.Drive) {
    const serial = bays.get(number)?.serial;
    if (content !== undefined && serial !== undefined && content !== serial)
      complaints.warning(
        WHOLE_FILE,
        `Drive ${number} has the serial number ${content} here and ${serial} in device.conf`,
        'device.conf decides. Correct or delete the serial number here.',
      );
  }
  return [...complaints.list];
}

/** Files left over from libraries that are no more. */
function leftOvers(directory: string, conf: DeviceConf): Problem[] {
  const expected = new Set(conf.libraries.map(({ unit }) => `library_contents.${unit}`));
  return readdirSync(directory)
    .filter((name) => /^library_contents\.\d+$/.test(name) && !expected.has(name))
    .flatMap((name) => {
      const complaints = complaintsAbout(join(directory, name));
      complaints.warning(
        WHOLE_FILE,
        'no library reads this file',
        'Its name must end in the number of a Library in device.conf, without leading zeros.',
      );
      return complaints.list;
    });
}

/** The contents of a library and its notes. */
function parseContents(
  text: string,
  file: string,
): Parsed<{ readonly contents: LibraryContents; readonly notes: readonly KeptNote[] }> {
  const { value, problems } = parseLibraryContents(text, file);
  return { value: { contents: value, notes: parseNotes(text) }, problems };
}

/** The contents of all libraries. */
function loadContents(
  directory: string,
  conf: DeviceConf,
  problems: Problem[],
  proposed: Proposed,
): Pick<Configuration, 'contents' | 'notes'> {
  const all = new Map<number, LibraryContents>();
  const notes = new Map<number, readonly KeptNote[]>();
  for (const library of conf.libraries) {
    const file = contentsFile(directory, library, proposed);
    const remedy = `Create it with the elements of library ${library.unit}, see library_contents(5).`;
    const kept = load(file, remedy, problems, proposed, parseContents);
    if (kept === undefined) continue;
    all.set(library.unit, kept.contents);
    notes.set(library.unit, file.endsWith(keptSuffix) ? kept.notes : []);
    problems.push(...checkDrives(file, kept.contents, library.unit, conf));
  }
  return { contents: all, notes };
}

/** What is asked of {@link loadConfiguration} beside the directory. */
export interface LoadOptions {
  /** Texts that are to be taken for those of the files. */
  readonly proposed?: Proposed;
  /** The unit it is for: mistakes in the records of others, and in what only concerns them, do not stop it. */
  readonly unit?: number;
}

/** The unit whose record a line of device.conf belongs to. */
function unitAt(text: string, line: number): number | undefined {
  const above = linesOf(text).slice(0, line).reverse();
  const head = above.map((each) => /^(?:Library|Drive)\s*:\s*0*(\d+)\b/.exec(each.text)?.[1]);
  const number = head.find((each) => each !== undefined);
  return number === undefined ? undefined : Number(number);
}

/** The problems as they are to one unit: those of other units become warnings. */
function asSeenBy(unit: number, problems: readonly Problem[], proposed: Proposed): Problem[] {
  return problems.map((problem) => {
    const name = basename(problem.file);
    const contents = /^library_contents\.(\d+)/.exec(name);
    const complaints = complaintsAbout(problem.file);
    const text = name === 'device.conf' ? (read(problem.file, '', complaints, proposed) ?? '') : '';
    const owner = contents
      ? Number(contents[1])
      : name === 'device.conf' && problem.line > 0
        ? unitAt(text, problem.line)
        : undefined;
    return owner === undefined || owner === unit
      ? problem
      : { ...problem, severity: 'warning' as const };
  });
}

/**
 * Reads mhvtl.conf (may be absent), device.conf and library_contents of every library.
 * @param directory where mhvtl.conf is; the other files too unless it sets MHVTL_CONFIG_PATH
 * @throws ConfigurationError with every problem of every file, if one of them is an error
 */
export function loadConfiguration(
  directory = DEFAULT_CONFIG_PATH,
  { proposed = new Map(), unit }: LoadOptions = {},
): Configuration {
  const found: Problem[] = [];
  const settingsFile = join(directory, 'mhvtl.conf');
  const settings =
    (existsSync(settingsFile)
      ? load(settingsFile, 'Make it readable.', found, proposed, parseMhvtlConf)
      : undefined) ?? parseMhvtlConf('', settingsFile).value;
  const place = settings.configPath ?? directory;
  const conf = load(
    join(place, 'device.conf'),
    'Create it, see device.conf(5), or name its directory as MHVTL_CONFIG_PATH in mhvtl.conf.',
    found,
    proposed,
    (text, file) => parseDeviceConf(text, file, settings.homePath),
  );
  const loaded = conf && loadContents(place, conf, found, proposed);
  if (conf) found.push(...leftOvers(place, conf));
  const problems = unit === undefined ? found : asSeenBy(unit, found, proposed);
  if (!conf || !loaded || errorsAmong(problems).length > 0)
    throw new ConfigurationError(frozen(problems));
  return frozen({ ...conf, ...loaded, settings, directory: place, warnings: problems });
}
