// SPDX-License-Identifier: GPL-2.0-or-later
// READ(6) (SSC-5 7.9).
import { bit, u24 } from '../bytes/layout.js';
import type { ReadOutcome } from '../medium/volume.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { Sense } from '../sam/sense.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { endOfData, filemarkDetected, incorrectLength, mediumFault } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

interface Options {
  readonly FIXED: boolean;
  readonly SILI: boolean;
  /** BLOCK LENGTH of the mode block descriptor is zero. */
  readonly variableOnly: boolean;
}

/** Where a READ stopped before it was satisfied: with a condition, and perhaps part of a block. */
interface Stop {
  readonly condition: Sense | undefined;
  readonly partialBytes: number;
}

/** SILI silences a shorter block, and a longer one while no block length is set (SSC-5 table 44). */
function lengthMismatch(
  transfer: BlockTransfer,
  actual: number,
  done: number,
  { FIXED, SILI, variableOnly }: Options,
): Stop {
  if (FIXED) return { condition: incorrectLength(transfer.residual(done)), partialBytes: 0 };
  const silenced = SILI && (actual < transfer.length || variableOnly);
  return {
    condition: silenced ? undefined : incorrectLength(transfer.length - actual),
    partialBytes: Math.min(actual, transfer.length),
  };
}

/** Steps over what was read and says whether the READ ends here. */
function step(
  drive: TapeDrive,
  mounted: Mounted,
  outcome: ReadOutcome,
  transfer: BlockTransfer,
  done: number,
  options: Options,
): Stop | undefined {
  if (outcome.kind === 'end of data')
    return { condition: endOfData(drive, mounted, transfer.residual(done)), partialBytes: 0 };
  const { volume, partition, position } = mounted;
  mounted.position++;
  if (outcome.kind === 'filemark') {
    drive.statistics.count('filemarksRead');
    return { condition: filemarkDetected(transfer.residual(done)), partialBytes: 0 };
  }
  drive.statistics.count('blocksRead');
  drive.statistics.count(
    'bytesFromMedium',
    volume.used(partition, position + 1) - volume.used(partition, position),
  );
  return outcome.length === transfer.length
    ? undefined
    : lengthMismatch(transfer, outcome.length, done, options);
}

/** Reads until `transfer` is satisfied or something stops it. */
async function read(
  drive: TapeDrive,
  mounted: Mounted,
  transfer: BlockTransfer,
  options: Options,
): Promise<Reply> {
  const buffer = drive.readBuffer(transfer.count * transfer.length);
  let bytes = 0;
  let stop: Stop | undefined;
  for (let done = 0; done < transfer.count && !stop; done++) {
    try {
      const into = buffer.subarray(bytes, bytes + transfer.length);
      const outcome = await mounted.volume.read(mounted.partition, mounted.position, into);
      stop = step(drive, mounted, outcome, transfer, done, options);
    } catch (error) {
      stop = { condition: mediumFault(drive, error, transfer.residual(done)), partialBytes: 0 };
    }
    bytes += stop ? stop.partialBytes : transfer.length;
  }
  drive.statistics.count('bytesToHost', bytes);
  const dataIn = buffer.subarray(0, bytes);
  return stop?.condition ? check(stop.condition, { dataIn }) : good(dataIn);
}

export const read6 = command<TapeDrive>()({
  name: 'READ(6)',
  ref: 'SSC-5 7.9',
  opcode: 0x08,
  allowedUnder: 'write exclusive',
  cdb: { SILI: bit(1, 1), FIXED: bit(1, 0), transferLength: u24(2) },
  execute(drive, { SILI, FIXED, transferLength }) {
    const mounted = drive.assertMounted();
    if (SILI && FIXED) throw invalidFieldInCdb(1, 1);
    const transfer = blockTransfer(drive, FIXED, transferLength);
    return read(drive, mounted, transfer, { FIXED, SILI, variableOnly: drive.blockLength === 0 });
  },
});
