// SPDX-License-Identifier: GPL-2.0-or-later
// FORMAT MEDIUM and SET CAPACITY (SSC-5 7.5, 7.23): the medium is divided anew, and empty.
import { bit, bits, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { AcceptedTask } from '../sam/task-set.js';
import { mediumFault } from './medium-conditions.js';
import { divide } from './partitioning.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { settleSeconds } from './wraps.js';
import { assertFormattable } from './write-permission.js';

/** FORMAT field values (SSC-5 table 33). */
const formats = { default: 0, partition: 1, 'default, then partition': 2 } as const;
/** A partition has at least so many wraps: data, and as many beside it to keep others apart. */
const fewestWraps = 2;

/** Bytes of the whole medium, whatever SET CAPACITY left of it. */
const wholeMedium = ({ volume }: Mounted): number => Number(volume.mam.get('maximumCapacity'));

/** The partitions the Medium Partition mode page asks for. */
function asSelected(drive: TapeDrive, mounted: Mounted): number[] {
  const total = wholeMedium(mounted);
  const selection = drive.partitioning;
  if (!selection) return presentSizes(mounted);
  const smallest = Math.ceil((total * fewestWraps) / drive.product.timing.wraps);
  return divide(selection, total, smallest);
}

const presentSizes = ({ volume }: Mounted): number[] =>
  Array.from({ length: volume.partitionCount }, (_, each) => volume.capacity(each));

async function format(
  drive: TapeDrive,
  mounted: Mounted,
  sizes: readonly number[],
  IMMED: boolean,
  { nexus }: AcceptedTask,
): Promise<Reply> {
  try {
    await mounted.volume.noteModification();
    drive.mediumBytes.end();
    await mounted.volume.format(sizes);
  } catch (error) {
    return check(mediumFault(drive, error));
  }
  drive.partitioning = undefined;
  drive.count('formats');
  drive.attentions.raise('MODE PARAMETERS CHANGED', nexus);
  const { loadSeconds } = drive.mechanics.timing;
  await drive.mechanics.move('format', loadSeconds + sizes.length * settleSeconds, IMMED);
  return good();
}

export const formatMedium = command<TapeDrive>()({
  name: 'FORMAT MEDIUM',
  ref: 'SSC-5 7.5',
  opcode: 0x04,
  /* VERIFY: an empty medium has been verified when it has been made. */
  cdb: { VERIFY: bit(1, 1), IMMED: bit(1, 0), FORMAT: bits(2, 3, 4), transferLength: u16(3) },
  execute(drive, { IMMED, FORMAT, transferLength }, task) {
    if (FORMAT > formats['default, then partition']) throw invalidFieldInCdb(2, 3);
    /* No format of ours takes parameters. */
    if (transferLength > 0) throw invalidFieldInCdb(3);
    const mounted = assertFormattable(drive);
    const sizes = FORMAT === formats.default ? [wholeMedium(mounted)] : asSelected(drive, mounted);
    return format(drive, mounted, sizes, IMMED, task);
  },
});

/** MEDIUM FOR USE PROPORTION VALUE that stands for the whole medium. */
const wholeProportion = 0xffff;

export const setCapacity = command<TapeDrive>()({
  name: 'SET CAPACITY',
  ref: 'SSC-5 7.23',
  opcode: 0x0b,
  cdb: { IMMED: bit(1, 0), mediumForUseProportionValue: u16(3) },
  execute(drive, { IMMED, mediumForUseProportionValue }, task) {
    const mounted = assertFormattable(drive);
    /* A medium without room would be none: zero is as little as can be named. */
    const part = Math.max(mediumForUseProportionValue, 1) / wholeProportion;
    return format(drive, mounted, [Math.floor(wholeMedium(mounted) * part)], IMMED, task);
  },
});
