// SPDX-License-Identifier: GPL-2.0-or-later
// device.conf of versions before 4, whose drives named no library, as one of today.

const HEAD = /^(Library|Drive)\s*:\s*0*(\d+)\b/;
const VERSION = /^VERSION\s*:\s*(\d+)/m;
/** From this version on drives say where they stand. */
const WITH_PLACES = 4;
const TODAY = 5;

export interface Upgrade {
  readonly text: string;
  /** The number the library has now: its library_contents is named by it. */
  readonly library: number;
}

/** Why a text cannot be upgraded: the end of a sentence. */
export interface NoUpgrade {
  readonly why: string;
}

/** Numbers of the records of a kind, in the order of the file. */
const unitsOf = (lines: readonly string[], kind: string): number[] =>
  lines.flatMap((line) => {
    const head = HEAD.exec(line);
    return head?.[1] === kind ? [Number(head[2])] : [];
  });

/** The library keeps its number if units can have it; library 0 was the first of old versions. */
function numberFor(library: number, drives: readonly number[]): number {
  if (library > 0 && !drives.includes(library)) return library;
  let free = drives.length + 1;
  while (drives.includes(free)) free++;
  return free;
}

const padded = (value: number): string => String(value).padStart(2, '0');

/** The places of the drives go in behind their heads, in the order of the file. */
function withPlaces(lines: readonly string[], library: number): string[] {
  let slot = 0;
  return lines.flatMap((line) => {
    const kind = HEAD.exec(line)?.[1];
    if (kind === 'Library') return [line.replace(/\d+/, padded(library))];
    if (kind !== 'Drive') return [line];
    slot += 1;
    return [line, ` Library ID: ${library} Slot: ${padded(slot)}`];
  });
}

/**
 * The text with a place for each drive, and the version of today; all else stays.
 * @returns undefined when it is new enough
 */
export function upgradeDeviceConf(text: string): Upgrade | NoUpgrade | undefined {
  const version = Number(VERSION.exec(text)?.[1] ?? 0);
  if (version >= WITH_PLACES || /^\s*Library ID\s*:.*Slot\s*:/m.test(text)) return undefined;
  const lines = text.split('\n');
  const libraries = unitsOf(lines, 'Library');
  if (libraries.length !== 1)
    return { why: `has ${libraries.length} libraries; only files with one can be converted` };
  const library = numberFor(libraries[0]!, unitsOf(lines, 'Drive'));
  const changed = withPlaces(lines, library).join('\n');
  const said = `VERSION: ${TODAY}`;
  return {
    text: VERSION.test(changed) ? changed.replace(VERSION, said) : `${said}\n\n${changed}`,
    library,
  };
}
