// SPDX-License-Identifier: GPL-2.0-or-later
// Library 10 with everything an administrator can reach, in the test's own process.
import { Administration } from '../../src/daemon/administration.js';
import { Latency } from '../../src/daemon/latency.js';
import { type LibraryParts, libraryHandlers } from '../../src/daemon/library-administration.js';
import type { Log } from '../../src/daemon/log.js';
import { paceOf } from '../../src/daemon/pace.js';
import { Trace } from '../../src/daemon/trace.js';
import { Faults } from '../../src/faults/faults.js';
import { LogicalUnit } from '../../src/sam/logical-unit.js';
import { Operator } from '../../src/smc/operator.js';
import { library as shelves } from '../unit/smc/library.js';

const ignore = (): void => {};
export const noLog: Log = {
  error: ignore,
  warning: ignore,
  notice: ignore,
  info: ignore,
  debug: ignore,
};

/** @param changed told after every command that may have changed something */
export async function library10(changed: () => void) {
  const { changer } = await shelves();
  const operator = new Operator(changer, { exists: () => true, takenOut: [] });
  const unit = new LogicalUnit(changer, ignore);
  const parts: LibraryParts = {
    number: 10,
    library: { changer, operator, unit, reload: async () => {} },
    pace: paceOf(0),
    verbosity: { level: 0 },
    faults: new Faults('library'),
    trace: new Trace(changer),
    latency: new Latency(),
    stop: ignore,
  };
  const administration = new Administration('library', libraryHandlers(parts), noLog, changed);
  return { changer, parts, administration };
}
