// SPDX-License-Identifier: GPL-2.0-or-later
// What can be wrong with a configuration file, collected and put into words.

/** One thing that is wrong, or that deserves a look, in one file. */
export interface Problem {
  /** A file with an error is not used; a warning changes nothing. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1; 0 where the problem is not in one line. */
  readonly line: number;
  /** The offending line as it stands in the file, without surrounding blanks. */
  readonly text: string;
  readonly message: string;
  /** What is allowed and what to do. */
  readonly remedy: string;
}

/** A line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the line end and without surrounding blanks. */
  readonly text: string;
}

/** What a parser makes of a file. With an error among the problems, `value` is only what could be read. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** Those for which a file is not used. */
export const errorsAmong = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

/** Place of a problem that is not in one line. */
export const WHOLE_FILE: Line = { number: 0, text: '' };

/** Collects the problems of one file. */
export interface Complaints {
  readonly list: readonly Problem[];
  error(line: Line, message: string, remedy: string): void;
  warning(line: Line, message: string, remedy: string): void;
}

/** Starts an empty collection for `file`. */
export function complaintsAbout(file: string): Complaints {
  const list: Problem[] = [];
  const add =
    (severity: Problem['severity']) =>
    (line: Line, message: string, remedy: string): void => {
      list.push({ severity, file, line: line.number, text: line.text, message, remedy });
    };
  return { list, error: add('error'), warning: add('warning') };
}

/**
 * Cuts a text into lines. Accepts the line ends of Unix and DOS and a byte order mark, so that a
 * file edited on Windows reads the same.
 */
export function linesOf(text: string): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }));
}

/** Blank lines and lines that begin with `#`. */
export const isComment = (line: Line): boolean => line.text === '' || line.text.startsWith('#');

/** `Object.freeze` for a value and everything below it. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

/** The value and the problems in the order of the lines, none of them changeable. */
export const parsed = <T>(value: T, complaints: Complaints): Parsed<T> =>
  frozen({ value, problems: [...complaints.list].sort((a, b) => a.line - b.line) });

/** One problem as three lines: place and message, the offending line, what to do. */
export function formatProblem(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}` : problem.file;
  const text = problem.text === '' ? '' : `\n    ${problem.text}`;
  return `${place}: ${problem.severity}: ${problem.message}${text}\n  ${problem.remedy}`;
}

/** The configuration cannot be used; carries every problem found, warnings included. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const errors = errorsAmong(problems).length;
    const count = errors === 1 ? '1 error' : `${errors} errors`;
    super([`${count} in the configuration:`, ...problems.map(formatProblem)].join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}
