// SPDX-License-Identifier: GPL-2.0-or-later
// How a block comes from the medium to the initiator: read, deciphered, protected; and what ends a transfer.
import type { ReadOutcome, Volume, ReadOptions as VolumeReadOptions } from '../medium/volume.js';
import type { Sense } from '../sam/sense.js';
import type { Nexus } from '../sam/task.js';
import { type BlockProtection, guardLength, protect } from './block-protection.js';
import type { BlockTransfer } from './block-transfer.js';
import { RawBlock } from './encryption/sealed-block.js';
import { endOfData, filemarkDetected, incorrectLength } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

export interface ReadOptions {
  readonly FIXED: boolean;
  readonly SILI: boolean;
  /** BLOCK LENGTH of the mode block descriptor is zero. */
  readonly variableOnly: boolean;
}

/** Where a transfer stopped before it was satisfied: with a condition, and perhaps part of a block. */
export interface Stop {
  readonly condition: Sense | undefined;
  readonly partialBytes: number;
}

/** SILI silences a shorter block, and a longer one while no block length is set (SSC-5 table 44). */
function lengthMismatch(
  transfer: BlockTransfer,
  actual: number,
  done: number,
  { FIXED, SILI, variableOnly }: ReadOptions,
): Stop {
  if (FIXED) return { condition: incorrectLength(transfer.residual(done)), partialBytes: 0 };
  const silenced = SILI && (actual < transfer.length || variableOnly);
  return {
    condition: silenced ? undefined : incorrectLength(transfer.length - actual),
    partialBytes: Math.min(actual, transfer.length),
  };
}

/** Reads an object; one that is read raw counts as it lies on the medium. */
async function readRaw(
  volume: Volume,
  partition: number,
  position: number,
  into: Uint8Array,
  how: VolumeReadOptions | undefined,
): Promise<ReadOutcome> {
  try {
    return await volume.read(partition, position, into, how);
  } catch (error) {
    if (!(error instanceof RawBlock)) throw error;
    into.set(error.bytes.subarray(0, into.length));
    return { kind: 'block', length: error.bytes.length };
  }
}

/** Reads the object at the position. With protection a block is longer by its guard. */
export async function readObject(
  drive: TapeDrive,
  { volume, partition, position }: Mounted,
  into: Uint8Array,
  protection: BlockProtection | undefined,
  nexus: Nexus,
): Promise<ReadOutcome> {
  const how = await drive.encryption?.readFor(nexus, volume, { partition, position });
  const outcome = await readRaw(volume, partition, position, into, how);
  if (outcome.kind !== 'block') return outcome;
  const stored = volume.used(partition, position + 1) - volume.used(partition, position);
  drive.count('blocksRead');
  drive.count('bytesFromMedium', stored);
  if (!protection) return outcome;
  const { length } = outcome;
  if (length <= into.length) protect(protection, into, length);
  return { kind: 'block', length: length + guardLength };
}

/** Steps over what was read and says whether the transfer ends here. */
export function step(
  drive: TapeDrive,
  mounted: Mounted,
  outcome: ReadOutcome,
  transfer: BlockTransfer,
  done: number,
  options: ReadOptions,
): Stop | undefined {
  if (outcome.kind === 'end of data')
    return { condition: endOfData(drive, mounted, transfer.residual(done)), partialBytes: 0 };
  mounted.position++;
  if (outcome.kind === 'filemark') {
    drive.count('filemarksRead');
    return { condition: filemarkDetected(transfer.residual(done)), partialBytes: 0 };
  }
  return outcome.length === transfer.length
    ? undefined
    : lengthMismatch(transfer, outcome.length, done, options);
}
