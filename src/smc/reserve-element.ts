// SPDX-License-Identifier: GPL-2.0-or-later
// RESERVE(6) and RELEASE(6) of a library that reserves single elements (SCSI-2 17.2.8; StorageTek SL500 Interface Reference
// Manual). Their ten-byte forms have the whole unit only.
import { layout, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, refuse, reservationConflict } from '../sam/reply.js';
import {
  assertOwn,
  release,
  reservationScope,
  reserve,
  ruledByRegistrations,
} from '../spc/reserve-release.js';
import type { MediaChanger } from './changer.js';
import { holdsCartridges } from './element.js';
import type { Range } from './element-reservations.js';

const elementListDescriptor = layout(6, { numberOfElements: u16(2), elementAddress: u16(4) });
const mostDescriptors = 16;

/** The ranges of an element list; 0 as number of elements is all from the address on. */
function rangesIn({ elements }: MediaChanger, list: Uint8Array): Range[] {
  const { size, fields } = elementListDescriptor;
  if (list.length % size !== 0 || list.length > mostDescriptors * size)
    throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
  return Array.from({ length: list.length / size }, (_, i) => {
    const { numberOfElements, elementAddress: first } = elementListDescriptor.decode(
      list,
      i * size,
    );
    const lastThere = elements.all.at(-1)?.address ?? 0;
    const last = numberOfElements === 0 ? lastThere : first + numberOfElements - 1;
    const ends = [elements.at(first), elements.at(last)];
    if (!ends.every((element) => element && holdsCartridges(element.type)))
      throw refuse('ILLEGAL REQUEST', 'INVALID ELEMENT ADDRESS', {
        fieldPointer: { in: 'data', byte: i * size + fields.elementAddress.at },
      });
    return { first, last };
  });
}

export const reserveElement6 = command<MediaChanger>()({
  name: 'RESERVE(6)',
  ref: 'SCSI-2 17.2.8',
  opcode: 0x16,
  allowedUnder: 'every reservation',
  /* Without ELEMENT the length means nothing: no parameter list goes with it. */
  cdb: { ...reservationScope, elementListLength: u16(3) },
  execute(changer, args, task) {
    if (!args.element) return reserve(changer, args, task);
    assertOwn(args);
    const ruled = ruledByRegistrations(changer, task);
    if (ruled) return ruled;
    const { nexus, dataOut } = task;
    const { identification, elementListLength } = args;
    if (dataOut.length < elementListLength)
      throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
    const ranges = rangesIn(changer, dataOut.subarray(0, elementListLength));
    const obstacle = changer.elementReservations.reserve({ nexus, identification, ranges });
    if (obstacle === 'conflict') return reservationConflict;
    if (obstacle) throw refuse('ILLEGAL REQUEST', 'INSUFFICIENT RESERVATION RESOURCES');
    return good();
  },
});

export const releaseElement6 = command<MediaChanger>()({
  name: 'RELEASE(6)',
  ref: 'SCSI-2 17.2.8',
  opcode: 0x17,
  allowedUnder: 'every reservation',
  passesReserve: true,
  cdb: reservationScope,
  execute(changer, args, task) {
    if (!args.element) return release(changer, args, task);
    assertOwn(args);
    const ruled = ruledByRegistrations(changer, task);
    if (ruled) return ruled;
    changer.elementReservations.release(task.nexus, args.identification);
    return good();
  },
});
