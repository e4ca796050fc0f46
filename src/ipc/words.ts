// SPDX-License-Identifier: GPL-2.0-or-later
// What can be said to a unit: vtlcmd checks, explains and completes by this table, daemons obey it.

export type UnitKind = 'drive' | 'library';

/** One argument of a command. */
export interface Argument {
  readonly name: string;
  /** What is wrong with a text, as the end of a sentence; undefined if nothing. */
  readonly wrong: (text: string) => string | undefined;
  readonly choices?: readonly string[];
  readonly optional?: true;
  /** Takes all the words that are left, joined by blanks. */
  readonly rest?: true;
}

/** One command. */
export interface Word {
  readonly text: string;
  readonly for: readonly UnitKind[];
  readonly arguments: readonly Argument[];
  /** Changes nothing: whoever may look at the unit may say it. */
  readonly reads?: true;
  /** Everybody's address gets an answer too, because vtlcmd of mhvtl 1.8 waits for one. */
  readonly answered?: true;
  readonly doc: string;
}

const number = (name: string, most: number): Argument => ({
  name,
  wrong: (text) =>
    /^\d{1,9}$/.test(text) && Number(text) <= most
      ? undefined
      : `is not a number from 0 to ${most}`,
});

const choice = (name: string, ...choices: readonly string[]): Argument => ({
  name,
  choices,
  wrong: (text) =>
    choices.includes(text.toLowerCase()) ? undefined : `is none of ${choices.join(', ')}`,
});

const timing: Argument = {
  name: 'off|real|nx',
  choices: ['off', 'real', '10x', '100x'],
  wrong: (text) =>
    /^(off|real|[1-9]\d{0,3}x)$/i.test(text) ? undefined : 'is none of off, real, nx (10x, 100x)',
};

const any = (name: string): Argument => ({ name, wrong: () => undefined });
const barcode: Argument = {
  name: 'barcode',
  wrong: (text) =>
    /^[!-~]{1,32}$/.test(text) ? undefined : 'is no barcode of at most 32 characters',
};
const flags: Argument = {
  name: 'flags',
  wrong: (text) => (/^[0-9a-f]{1,16}$/i.test(text) ? undefined : 'is no hexadecimal number'),
};
const element = (name: string): Argument => ({
  name,
  wrong: (text) =>
    /^(slot|drive|map|picker):[1-9]\d{0,4}$/i.test(text)
      ? undefined
      : 'is no element, as slot:1, drive:1, map:1 or picker:1',
});
const optional = (argument: Argument): Argument => ({ ...argument, optional: true });
const rest = (argument: Argument): Argument => ({ ...argument, optional: true, rest: true });

const BOTH = ['drive', 'library'] as const;
const DRIVE = ['drive'] as const;
const LIBRARY = ['library'] as const;

type Extra = Pick<Word, 'reads' | 'answered'>;
const word = <const T extends string, const K extends readonly UnitKind[]>(
  text: T,
  kinds: K,
  args: readonly Argument[],
  doc: string,
  extra: Extra = {},
) => ({ text, for: kinds, arguments: args, doc, ...extra });

const reads = { reads: true } as const;
const answered = { answered: true } as const;

/** Longest delays that can be set, in seconds: those of mhvtl 1.8. */
const LONGEST_DELAY = 20;
const LONGEST_REWIND = 30;
const delay = (longest: number): Argument => number('seconds', longest);

/** Every command. */
export const WORDS = [
  word('verbose', BOTH, [], 'Log less by one level, or at level 3 if nothing is logged.'),
  word('debug', BOTH, [], 'Log everything, or as before.'),
  word('log', BOTH, [optional(number('level', 9))], 'Show or set how much is logged.'),
  word('exit', BOTH, [], 'End the daemon in order.'),
  word(
    'TapeAlert',
    BOTH,
    [flags],
    'Set TapeAlert flags: flag n is bit n-1 of a hexadecimal number.',
  ),
  word('InquiryDataChange', BOTH, [rest(any('data'))], 'Report INQUIRY DATA HAS CHANGED once.'),
  word('status', BOTH, [], 'Tell the state as JSON.', reads),
  word(
    'faults add',
    BOTH,
    [any('fault'), rest(any('name=value...'))],
    'Make something go wrong; see vtlcmd(1), FAULTS.',
  ),
  word('counters', BOTH, [], 'Tell what has been counted, as JSON.', reads),
  word('faults remove', BOTH, [any('number|all')], 'Take a fault back.'),
  word(
    'faults',
    BOTH,
    [optional(number('from', 999_999_999))],
    'List the faults and how often each struck.',
    reads,
  ),
  word(
    'trace',
    BOTH,
    [optional(number('from', 999_999_999))],
    'Show the latest commands with their times.',
    reads,
  ),
  word(
    'timing',
    BOTH,
    [optional(timing)],
    'Show or set how long movements take: no time, as the real thing, or n times less.',
  ),
  word('load', DRIVE, [barcode], 'Put a cartridge into the drive.'),
  word('unload', DRIVE, [optional(barcode)], 'Take the cartridge out of the drive.'),
  word(
    'compression',
    DRIVE,
    [choice('type', 'lzo', 'zlib', 'lz4', 'zstd', 'none')],
    'Compress with another algorithm.',
  ),
  word(
    'append only',
    DRIVE,
    [choice('yes|no', 'yes', 'no')],
    'Refuse to overwrite what is on the cartridge.',
  ),
  word(
    'write protect',
    DRIVE,
    [choice('yes|no', 'yes', 'no')],
    'Set or clear the write-protect switch of the cartridge in the drive.',
  ),
  word('delay load', DRIVE, [delay(LONGEST_DELAY)], 'Take so many seconds more to load.'),
  word('delay unload', DRIVE, [delay(LONGEST_DELAY)], 'Take so many seconds more to unload.'),
  word('delay rewind', DRIVE, [delay(LONGEST_REWIND)], 'Take so many seconds more to rewind.'),
  word('delay position', DRIVE, [delay(LONGEST_DELAY)], 'Take so many seconds more to position.'),
  word('delay thread', DRIVE, [delay(LONGEST_DELAY)], 'Take so many seconds more to thread.'),
  word('dump', DRIVE, [], 'Write the cartridges the drive takes to the log.'),
  word('open map', LIBRARY, [], 'Open the media access port to the operator.', answered),
  word('close map', LIBRARY, [], 'Close the media access port: the robot can reach it.', answered),
  word('list map', LIBRARY, [], 'List the cartridges in the media access port.', {
    ...reads,
    ...answered,
  }),
  word(
    'empty map',
    LIBRARY,
    [],
    'Take all cartridges out of the open media access port.',
    answered,
  ),
  word(
    'load map',
    LIBRARY,
    [optional(barcode)],
    'Put a cartridge into the open media access port; without a barcode those that were taken out.',
    answered,
  ),
  word('add slot', LIBRARY, [], 'Add an empty slot behind the last.', answered),
  word('online', LIBRARY, [], 'Give the library back to its initiators.'),
  word('offline', LIBRARY, [], 'Take the library from its initiators: it is not ready.'),
  word('open door', LIBRARY, [], 'Open the door of the library: nothing moves.'),
  word('close door', LIBRARY, [], 'Close the door of the library: every cartridge is looked at.'),
  word('jam picker', LIBRARY, [optional(number('picker', 99))], 'Have a picker be stuck.'),
  word('free picker', LIBRARY, [optional(number('picker', 99))], 'Free a picker that is stuck.'),
  word(
    'move',
    LIBRARY,
    [element('from'), element('to')],
    'Move a cartridge, as in "move slot:1 drive:2".',
  ),
  word(
    'inventory',
    LIBRARY,
    [optional(number('from', 65535))],
    'List the elements from an address on, with what is in them.',
    reads,
  ),
  word('reload', LIBRARY, [], 'Read library_contents again; what is in drives stays there.'),
] as const satisfies readonly Word[];

type AnyWord = (typeof WORDS)[number];
/** The texts of the commands a kind of unit has. */
export type WordOf<K extends UnitKind> = AnyWord extends infer W
  ? W extends { readonly text: infer T extends string; readonly for: readonly (infer F)[] }
    ? K extends F
      ? T
      : never
    : never
  : never;

/** A command as it was said. */
export interface Said {
  readonly word: Word;
  readonly arguments: readonly string[];
}

/** What is wrong with a sentence. */
export interface Misheard {
  /** The word that is wrong, or the command when one is missing. */
  readonly what: string;
  readonly why: string;
}

/** Upper and lower case mean the same, and blanks are free: scripts write both. */
const startsWith = (words: readonly string[], text: string): boolean =>
  text
    .split(' ')
    .every((part, i) => words[i] !== undefined && words[i].toLowerCase() === part.toLowerCase());

/** Finds the longest command a sentence begins with, whatever follows. */
export const wordOf = (words: readonly string[]): Word | undefined =>
  (WORDS as readonly Word[])
    .filter(({ text }) => startsWith(words, text))
    .sort((a, b) => b.text.length - a.text.length)[0];

/** Understands a sentence, or says what is wrong with it. */
export function understand(words: readonly string[]): Said | Misheard {
  const word = wordOf(words);
  if (!word) return { what: words.join(' '), why: 'is no command' };
  const given = words.slice(word.text.split(' ').length);
  const values: string[] = [];
  for (const [i, argument] of word.arguments.entries()) {
    const value = argument.rest ? given.slice(i).join(' ') : given[i];
    if (value === undefined || value === '') {
      if (argument.optional) break;
      return { what: word.text, why: `needs a ${argument.name}` };
    }
    const wrong = argument.wrong(value);
    if (wrong !== undefined) return { what: value, why: wrong };
    values.push(value);
  }
  const takesAll = word.arguments.at(-1)?.rest === true;
  const extra = takesAll ? undefined : given[word.arguments.length];
  return extra === undefined ? { word, arguments: values } : { what: extra, why: 'is too much' };
}
