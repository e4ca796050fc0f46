// SPDX-License-Identifier: GPL-2.0-or-later
// The commands drives and libraries have in common.
import type { WordOf } from '../ipc/words.js';
import type { UnitAttentions } from '../sam/unit-attention.js';
import type { Handlers } from './administration.js';
import { highestVerbosity, type Verbosity } from './log.js';

/** Level after `verbose` at level 0, as the programs always did. */
const LEVEL_AFTER_NONE = 3;

export interface UnitParts {
  readonly attentions: UnitAttentions;
  readonly verbosity: Verbosity;
  /** Ends the daemon in order. */
  stop(): void;
  /** The state, to be printed as JSON. */
  status(): Readonly<Record<string, unknown>>;
}

type Common = Pick<Handlers<'drive'>, Extract<WordOf<'drive'>, WordOf<'library'>>>;

/** `TapeAlert` differs: a drive adds the flags, a library replaces its own. */
export function unitHandlers(parts: UnitParts): Omit<Common, 'TapeAlert'> {
  const { verbosity } = parts;
  const level = (): string => `log level ${verbosity.level}`;
  let before = verbosity.level;
  return {
    verbose() {
      verbosity.level = verbosity.level > 0 ? verbosity.level - 1 : LEVEL_AFTER_NONE;
      return level();
    },
    debug() {
      if (verbosity.level === highestVerbosity) verbosity.level = before;
      else {
        before = verbosity.level;
        verbosity.level = highestVerbosity;
      }
      return level();
    },
    log(to) {
      if (to !== undefined) verbosity.level = Number(to);
      return level();
    },
    exit() {
      // The answer goes out first.
      setImmediate(parts.stop);
      return 'OK';
    },
    InquiryDataChange() {
      parts.attentions.raise('INQUIRY DATA HAS CHANGED');
      return 'OK';
    },
    status: () => JSON.stringify(parts.status()),
  };
}

/** Flags as given to `TapeAlert`. */
export const alertFlags = (hex: string): bigint => BigInt(`0x${hex}`);
