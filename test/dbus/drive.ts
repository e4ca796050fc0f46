// SPDX-License-Identifier: GPL-2.0-or-later
// Drive 11 with everything an administrator can reach, in the test's own process.
import { Administration } from '../../src/daemon/administration.js';
import { type DriveParts, driveHandlers } from '../../src/daemon/drive-administration.js';
import { DriveLoading } from '../../src/daemon/drive-loading.js';
import { Latency } from '../../src/daemon/latency.js';
import type { Log } from '../../src/daemon/log.js';
import { paceOf } from '../../src/daemon/pace.js';
import { Trace } from '../../src/daemon/trace.js';
import { Faults } from '../../src/faults/faults.js';
import { cartridgeTypes } from '../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../src/medium/memory-volume.js';
import { rig } from '../support/drive.js';

const type = cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!;

/** Finds every cartridge whose barcode begins with E. */
const find = (barcode: string) =>
  barcode.startsWith('E')
    ? { barcode, open: () => new MemoryVolume({ barcode, type, capacity: 1 << 30 }) }
    : undefined;

/** @param changed told after every command that may have changed something */
export async function drive11(changed: () => void) {
  const made = await rig();
  const logged: string[] = [];
  const note = (line: string): void => void logged.push(line);
  const log: Log = { error: note, warning: note, notice: note, info: note, debug: () => {} };
  let stopped = false;
  const parts: DriveParts = {
    ...made,
    number: 11,
    place: { library: 10, slot: 1 },
    loading: new DriveLoading(made.drive, find, log),
    pace: paceOf(0),
    verbosity: { level: 1 },
    faults: new Faults('drive'),
    trace: new Trace(made.drive),
    latency: new Latency(),
    stop: () => {
      stopped = true;
    },
    log,
  };
  const administration = new Administration('drive', driveHandlers(parts), log, changed);
  return { ...made, parts, administration, logged, isStopped: () => stopped };
}
