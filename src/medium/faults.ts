// SPDX-License-Identifier: GPL-2.0-or-later
// What the operating system says about the store, in the words of a medium.
import { MediumError, type MediumFault } from './volume.js';

/** Errors that mean there is no room, here or in the quota or under the file size limit. */
const NO_SPACE: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const code = (error: unknown): string | undefined =>
  error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;

/** Whether `error` says that there is no such file. */
export const isMissing = (error: unknown): boolean => code(error) === 'ENOENT';

/** What `error`, met at `path`, is to a medium: `fault`, or `'no space'` for a write that found none. */
function faultOf(fault: MediumFault, path: string, error: unknown): MediumError {
  if (error instanceof MediumError) return error;
  const full = fault === 'unwritable' && NO_SPACE.includes(code(error));
  return new MediumError(full ? 'no space' : fault, `${path}: ${reason(error)}`, { cause: error });
}

function attempt<T>(fault: MediumFault, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw faultOf(fault, path, error);
  }
}

/** @throws MediumError `'unreadable'` for whatever `act` throws */
export const reading = <T>(path: string, act: () => T): T => attempt('unreadable', path, act);

/** @throws MediumError `'no space'` or `'unwritable'` for whatever `act` throws */
export const writing = <T>(path: string, act: () => T): T => attempt('unwritable', path, act);

/** The same for what takes its time. */
export const readingLater = <T>(path: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw faultOf('unreadable', path, error);
  });

export const writingLater = <T>(path: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw faultOf('unwritable', path, error);
  });
