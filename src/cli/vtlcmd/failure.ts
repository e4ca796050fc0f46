// SPDX-License-Identifier: GPL-2.0-or-later
// How vtlcmd fails: a text on standard error and an exit status.
import { MediumError } from '../../medium/volume.js';
import { Failure } from '../tape/tool.js';

/** Exit statuses. mhvtl 1.8 has 1 for everything it notices; scripts that test for 0 or not go on. */
export const exitStatus = {
  /** The command line or the configuration is wrong. */
  usage: 1,
  /** The daemon understood and refused. */
  refused: 2,
  /** No daemon answers. */
  unreachable: 3,
} as const;

export { Failure };

/** What helps against an error of the operating system; those that are left out speak for themselves. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: 'You may not do that: do it as root.',
  EPERM: 'You may not do that: do it as root.',
  EROFS: 'The file system is mounted read-only.',
  ENOSPC: 'The file system is full: make room there.',
  EDQUOT: 'Your quota is used up: make room there.',
};

/** What people are told of an error; undefined for one that is a mistake of the program. */
export function failureIn(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof MediumError) return new Failure(error.message);
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  const remedy = remedies[(error as NodeJS.ErrnoException).code ?? ''];
  return new Failure(remedy === undefined ? error.message : `${error.message}\n${remedy}`);
}
