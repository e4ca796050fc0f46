// SPDX-License-Identifier: GPL-2.0-or-later
// How blocks come from the medium to the initiator: read, deciphered, protected; and what ends a transfer.
import type { ReadOutcome, Volume, ReadOptions as VolumeReadOptions } from '../medium/volume.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { Sense } from '../sam/sense.js';
import type { Nexus, Task } from '../sam/task.js';
import { type BlockProtection, guardLength, protect } from './block-protection.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { RawBlock } from './encryption/sealed-block.js';
import { endOfData, filemarkDetected, incorrectLength, mediumFault } from './medium-conditions.js';
import { currentProtection } from './mode-pages/control-data-protection.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** The fields READ, READ REVERSE and VERIFY share. */
interface Arguments {
  readonly FIXED: boolean;
  readonly SILI: boolean;
  readonly transferLength: number;
}

/** Blocks on their way in: everything a command said of them, and the drive's settings as they were then. */
export interface BlockInput {
  readonly drive: TapeDrive;
  readonly mounted: Mounted;
  readonly transfer: BlockTransfer;
  readonly FIXED: boolean;
  readonly SILI: boolean;
  /** BLOCK LENGTH of the mode block descriptor is zero. */
  readonly variableOnly: boolean;
  readonly protection: BlockProtection | undefined;
  readonly nexus: Nexus;
  /** Most bytes of data-in the initiator takes. */
  readonly dataInRoom: number;
}

/**
 * @param lengthAt byte of the CDB in which TRANSFER LENGTH begins
 * @throws the refusal of a drive without a volume, or of fields that do not go together
 */
export function blockInput(
  drive: TapeDrive,
  { FIXED, SILI, transferLength }: Arguments,
  lengthAt: number,
  { nexus, dataInRoom }: Pick<Task, 'nexus' | 'dataInRoom'>,
): BlockInput {
  const mounted = drive.assertMounted();
  if (SILI && FIXED) throw invalidFieldInCdb(1, 1);
  const transfer = blockTransfer(drive, FIXED, transferLength, lengthAt);
  const protection = currentProtection(drive, 'LBP_R');
  const variableOnly = drive.blockLength === 0;
  return { drive, mounted, transfer, FIXED, SILI, variableOnly, protection, nexus, dataInRoom };
}

/** Where a transfer stopped before it was satisfied: with a condition, and perhaps part of a block. */
export interface Stop {
  readonly condition: Sense | undefined;
  readonly partialBytes: number;
}

/** SILI silences a shorter block, and a longer one while no block length is set (SSC-5 table 44). */
function lengthMismatch(
  { transfer, FIXED, SILI, variableOnly }: BlockInput,
  actual: number,
  done: number,
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
function step(input: BlockInput, outcome: ReadOutcome, done: number): Stop | undefined {
  const { drive, mounted, transfer } = input;
  if (outcome.kind === 'end of data')
    return { condition: endOfData(drive, mounted, transfer.residual(done)), partialBytes: 0 };
  mounted.position++;
  if (outcome.kind === 'filemark') {
    drive.count('filemarksRead');
    return { condition: filemarkDetected(transfer.residual(done)), partialBytes: 0 };
  }
  return outcome.length === transfer.length
    ? undefined
    : lengthMismatch(input, outcome.length, done);
}

/**
 * Reads the object at the position into `into` and steps over it.
 * @param done blocks dealt with before it
 * @returns why the transfer ends here, if it does
 */
export async function readNext(
  input: BlockInput,
  into: Uint8Array,
  done: number,
): Promise<Stop | undefined> {
  const { drive, mounted, transfer, protection, nexus } = input;
  try {
    return step(input, await readObject(drive, mounted, into, protection, nexus), done);
  } catch (error) {
    return { condition: mediumFault(drive, error, transfer.residual(done)), partialBytes: 0 };
  }
}

/**
 * Reads with `next` until the transfer is satisfied or something stops it, and sends what came. A CDB may ask for more
 * than any memory holds: what the initiator has no room for is read over the last block.
 */
export async function transferIn(
  { drive, transfer, dataInRoom }: BlockInput,
  next: (into: Uint8Array, done: number) => Promise<Stop | undefined>,
): Promise<Reply> {
  const { count, length } = transfer;
  const taken = Math.min(count, Math.ceil(dataInRoom / Math.max(length, 1)));
  const buffer = drive.readBuffers.of(Math.min(count, taken + 1) * length);
  let bytes = 0;
  let stop: Stop | undefined;
  for (let done = 0; done < count && !stop; done++) {
    const at = Math.min(done, taken) * length;
    stop = await next(buffer.subarray(at, at + length), done);
    bytes += stop ? stop.partialBytes : length;
  }
  drive.count('bytesToHost', bytes);
  await drive.mechanics.transfer('read', bytes);
  const dataIn = buffer.subarray(0, Math.min(bytes, taken * length));
  return stop?.condition ? check(stop.condition, { dataIn }) : good(dataIn);
}
