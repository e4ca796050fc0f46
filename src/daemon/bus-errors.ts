// SPDX-License-Identifier: GPL-2.0-or-later
// Administration as the bus sees it: refusals become errors with names, `org.mhvtl.Error.NotFound`.
import { BusError } from '../dbus/exports.js';
import type { UnitKind } from '../ipc/words.js';
import { type Administration, Refused } from './administration.js';

const asBusError = (error: unknown): never => {
  if (error instanceof Refused) throw new BusError(`org.mhvtl.Error.${error.kind}`, error.message);
  throw error;
};

/** Ways to administer a unit that throw {@link BusError}. */
export function administered<K extends UnitKind>(administration: Administration<K>) {
  const say = (text: string, mayChange: boolean): Promise<string> =>
    administration.obey(text, mayChange).catch(asBusError);
  const ask = async (...words: readonly string[]): Promise<string> => {
    const bad = words.slice(1).find((word) => /\s/.test(word) || word === '');
    if (bad !== undefined)
      throw new BusError('org.mhvtl.Error.InvalidArgument', `"${bad}" is not one word`);
    return say(words.join(' '), true);
  };
  return {
    /** A command in parts, none of which can hold a blank. */
    obey: async (...words: readonly string[]): Promise<void> => {
      await ask(...words);
    },
    /** The same, with what is printed. */
    ask,
    command: (text: string): Promise<string> => say(text, true),
    query: (text: string): Promise<string> => say(text, false),
  };
}
