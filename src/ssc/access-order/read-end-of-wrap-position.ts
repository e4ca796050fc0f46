// SPDX-License-Identifier: GPL-2.0-or-later
// READ END OF WRAP POSITION of LTO drives: the object at the end of each wrap that is written.
import { bit, concat, layout, u8, u16, u32, u48 } from '../../bytes/layout.js';
import type { Volume } from '../../medium/volume.js';
import { command } from '../../sam/command.js';
import { good, invalidFieldInCdb } from '../../sam/reply.js';
import type { DriveTiming } from '../drive-timing.js';
import type { TapeDrive } from '../tape-drive.js';
import { bytesOfWrap, wrapsOf } from '../wraps.js';

/** SERVICE ACTION QUALIFIER that tells it from other commands of the service action. */
const qualifier = 0x45;

interface EndOfWrap {
  readonly wrapNumber: number;
  readonly partition: number;
  readonly logicalObjectIdentifier: number;
}

const short = layout(10, { responseDataLength: u16(0), logicalObjectIdentifier: u48(4) });
const longHeader = layout(4, { responseDataLength: u16(0) });
const wrapDescriptor = layout(12, {
  wrapNumber: u16(0),
  partition: u16(2),
  logicalObjectIdentifier: u48(6),
});

/** The last object that begins before `bytes` of a partition. */
function objectAt(volume: Volume, partition: number, bytes: number): number {
  let [low, high] = [0, volume.endOfData(partition)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (volume.used(partition, middle) < bytes) low = middle;
    else high = middle;
  }
  return low;
}

/** Of each wrap up to the one in which the data of its partition end; that one ends with them. */
export function endsOfWraps(volume: Volume, timing: DriveTiming): EndOfWrap[] {
  return wrapsOf(volume, timing).flatMap(({ first, count }, partition) => {
    const end = volume.endOfData(partition);
    const size = bytesOfWrap(volume, partition, { first, count });
    const written = Math.min(Math.ceil(volume.used(partition, end) / size), count);
    return Array.from({ length: written }, (_, i) => ({
      wrapNumber: first + i,
      partition,
      logicalObjectIdentifier: i + 1 < written ? objectAt(volume, partition, size * (i + 1)) : end,
    }));
  });
}

export const readEndOfWrapPosition = command<TapeDrive>()({
  name: 'READ END OF WRAP POSITION',
  ref: 'IBM LTO SCSI reference',
  opcode: 0xa3,
  serviceAction: 0x1f,
  allowedUnder: 'write exclusive',
  cdb: {
    serviceActionQualifier: u8(2),
    RA: bit(3, 1),
    WNV: bit(3, 0),
    wrapNumber: u16(4),
    allocationLength: u32(6),
  },
  execute(drive, { serviceActionQualifier, RA, WNV, wrapNumber }) {
    if (serviceActionQualifier !== qualifier) throw invalidFieldInCdb(2);
    if (RA && WNV) throw invalidFieldInCdb(3, 0);
    const { volume } = drive.assertMounted();
    const ends = endsOfWraps(volume, drive.mechanics.timing);
    if (RA) {
      const list = concat(...ends.map((each) => wrapDescriptor.encode(each)));
      return good(concat(longHeader.encode({ responseDataLength: list.length + 2 }), list));
    }
    const wanted = ends.find((each) => each.wrapNumber === (WNV ? wrapNumber : 0));
    if (!wanted) throw invalidFieldInCdb(4);
    const { logicalObjectIdentifier } = wanted;
    return good(short.encode({ responseDataLength: short.size - 2, logicalObjectIdentifier }));
  },
});
