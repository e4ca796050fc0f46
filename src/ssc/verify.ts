// SPDX-License-Identifier: GPL-2.0-or-later
// VERIFY(6) and VERIFY(16) (SSC-5 7.24, 7.25): objects are read and checked, and stay in the drive.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import { type Sense, sense } from '../sam/sense.js';
import type { Nexus } from '../sam/task.js';
import type { AcceptedTask } from '../sam/task-set.js';
import { type BlockInput, blockInput, readNext, readObject } from './block-input.js';
import { guardLength } from './block-protection.js';
import { from, positionFields } from './explicit-position.js';
import { endOfData, mediumFault } from './medium-conditions.js';
import { currentProtection } from './mode-pages/control-data-protection.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

interface Arguments {
  readonly VTE: boolean;
  readonly VLBPM: boolean;
  readonly VBF: boolean;
  readonly BYTCMP: boolean;
  readonly FIXED: boolean;
  readonly verificationLength: number;
}

const miscompare = (information: number): Sense =>
  sense('MISCOMPARE', 'MISCOMPARE DURING VERIFY OPERATION', { information });

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Verifies blocks of a known length, with BYTCMP against the data-out. */
async function verifyBlocks(
  input: BlockInput,
  BYTCMP: boolean,
  { dataOut }: AcceptedTask,
): Promise<Reply> {
  const { drive, transfer } = input;
  const buffer = drive.readBuffers.of(transfer.length);
  for (let done = 0; done < transfer.count; done++) {
    const stop = await readNext(input, buffer, done);
    if (stop?.condition) return check(stop.condition);
    const at = done * transfer.length;
    if (BYTCMP && !isSame(buffer, dataOut.subarray(at, at + transfer.length)))
      return check(miscompare(transfer.residual(done)));
  }
  return good();
}

/** Verifies objects of any length until `filemarks` marks have been passed, or to the end of data. */
async function verifyUntil(
  drive: TapeDrive,
  mounted: Mounted,
  filemarks: number,
  nexus: Nexus,
): Promise<Reply> {
  const buffer = drive.readBuffers.of(drive.product.maximumBlockLength + guardLength);
  for (let left = filemarks; left > 0; ) {
    try {
      const { kind } = await readObject(drive, mounted, buffer, undefined, nexus);
      if (kind === 'end of data')
        return Number.isFinite(left)
          ? check(endOfData(drive, mounted, left))
          : toEnd(drive, mounted);
      mounted.position++;
      if (kind === 'filemark') left--;
    } catch (error) {
      return check(mediumFault(drive, error, Number.isFinite(left) ? left : undefined));
    }
  }
  return good();
}

/** Verifying to the end of data ends well there, unless objects are missing. */
function toEnd(drive: TapeDrive, mounted: Mounted): Reply {
  const found = endOfData(drive, mounted);
  return found.key === 'BLANK CHECK' ? good() : check(found);
}

/** @param lengthAt byte of the CDB in which VERIFICATION LENGTH begins */
function verify(
  drive: TapeDrive,
  args: Arguments,
  lengthAt: number,
  task: AcceptedTask,
): Promise<Reply> | Reply {
  const { VTE, VLBPM, VBF, BYTCMP, FIXED, verificationLength } = args;
  const mounted = drive.assertMounted();
  if (VLBPM && !currentProtection(drive, 'LBP_R')) throw invalidFieldInCdb(1, 4);
  if (BYTCMP && (VTE || VBF)) throw invalidFieldInCdb(1, 1);
  if (VTE && VBF) throw invalidFieldInCdb(1, 5);
  if (VTE) return verifyUntil(drive, mounted, Number.POSITIVE_INFINITY, task.nexus);
  if (VBF) return verifyUntil(drive, mounted, verificationLength, task.nexus);
  const asked = { FIXED, SILI: false, transferLength: verificationLength };
  const input = blockInput(drive, asked, lengthAt, task);
  if (BYTCMP && task.dataOut.length < input.transfer.count * input.transfer.length)
    throw invalidFieldInCdb(lengthAt);
  return verifyBlocks(input, BYTCMP, task);
}

/* IMMED makes no difference: what is verified is in the drive before the command could end early. */
const flags = {
  VTE: bit(1, 5),
  VLBPM: bit(1, 4),
  VBF: bit(1, 3),
  IMMED: bit(1, 2),
  BYTCMP: bit(1, 1),
  FIXED: bit(1, 0),
} as const;

export const verify6 = command<TapeDrive>()({
  name: 'VERIFY(6)',
  ref: 'SSC-5 7.24',
  opcode: 0x13,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, verificationLength: u24(2) },
  execute: (drive, args, task) => verify(drive, args, 2, task),
});

export const verify16 = command<TapeDrive>()({
  name: 'VERIFY(16)',
  ref: 'SSC-5 7.25',
  opcode: 0x8f,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, ...positionFields, verificationLength: u24(12) },
  execute: (drive, args, task) => from(drive, args, () => verify(drive, args, 12, task)),
});
