// SPDX-License-Identifier: GPL-2.0-or-later
// READ BUFFER and WRITE BUFFER (SPC-5 6.18, 6.52): a data buffer, an echo buffer for each nexus, and microcode that is
// taken and changes nothing.
import { bit, bits, concat, layout, u8, u16, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, type Reply, refuse } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import type { AcceptedTask } from '../sam/task-set.js';
import type { PrimaryDevice } from './primary.js';

/** MODE field (SPC-5 tables 184 and 316). */
const modes = {
  'combined header and data': 0x00,
  data: 0x02,
  descriptor: 0x03,
  'echo buffer': 0x0a,
  'echo buffer descriptor': 0x0b,
} as const;
/** Download microcode: at once, saved, with offsets, deferred; 0Fh activates what was deferred. */
const microcodeModes: readonly number[] = [0x04, 0x05, 0x06, 0x07, 0x0d, 0x0e, 0x0f];

/** Bytes. There is one data buffer, of id 0; others have no bytes. */
const dataCapacity = 0x10000;
const echoCapacity = 252;
const dataBufferId = 0;

/** What initiators wrote; gone when the power is. */
export class Buffers {
  readonly data = new Uint8Array(dataCapacity);
  readonly echo = new Map<Nexus, Uint8Array>();
}

const capacityOf = (bufferId: number): number => (bufferId === dataBufferId ? dataCapacity : 0);

const combinedHeader = layout(4, { bufferCapacity: u24(1) });
const bufferDescriptor = layout(4, { offsetBoundary: u8(0), bufferCapacity: u24(1) });
/** Any byte may be an offset. */
const anyOffset = 0;
const echoDescriptor = layout(4, { EBOS: bit(0, 0), bufferCapacity: u16(2) });

const fields = {
  modeSpecific: bits(1, 7, 3),
  mode: bits(1, 4, 5),
  bufferId: u8(2),
  offset: u24(3),
};

function assertOffset(offset: number, capacity: number): void {
  if (offset > capacity) throw invalidFieldInCdb(fields.offset.at);
}

function echoed({ buffers }: PrimaryDevice, nexus: Nexus): Uint8Array {
  const echo = buffers.echo.get(nexus);
  if (!echo) throw refuse('ILLEGAL REQUEST', 'COMMAND SEQUENCE ERROR');
  return echo;
}

export const readBuffer = command<PrimaryDevice>()({
  name: 'READ BUFFER(10)',
  ref: 'SPC-5 6.18',
  opcode: 0x3c,
  allowedUnder: 'write exclusive',
  cdb: { ...fields, allocationLength: u24(6) },
  execute(unit, { mode, bufferId, offset }, { nexus }) {
    const bufferCapacity = capacityOf(bufferId);
    const data = unit.buffers.data.subarray(0, bufferCapacity);
    switch (mode) {
      case modes['combined header and data']:
        if (offset !== 0) throw invalidFieldInCdb(fields.offset.at);
        return good(concat(combinedHeader.encode({ bufferCapacity }), data));
      case modes.data:
        assertOffset(offset, bufferCapacity);
        return good(data.slice(offset));
      case modes.descriptor:
        return good(bufferDescriptor.encode({ offsetBoundary: anyOffset, bufferCapacity }));
      case modes['echo buffer']:
        return good(echoed(unit, nexus));
      case modes['echo buffer descriptor']:
        return good(echoDescriptor.encode({ bufferCapacity: echoCapacity }));
      default:
        throw invalidFieldInCdb(1, 4);
    }
  },
});

function writeData(
  { buffers }: PrimaryDevice,
  id: number,
  offset: number,
  data: Uint8Array,
): Reply {
  if (id !== dataBufferId) throw invalidFieldInCdb(fields.bufferId.at);
  assertOffset(offset, dataCapacity);
  if (offset + data.length > dataCapacity) throw invalidFieldInCdb(6);
  buffers.data.set(data, offset);
  return good();
}

function writeEcho({ buffers }: PrimaryDevice, { nexus }: AcceptedTask, data: Uint8Array): Reply {
  if (data.length > echoCapacity) throw invalidFieldInCdb(6);
  buffers.echo.set(nexus, data.slice());
  return good();
}

export const writeBuffer = command<PrimaryDevice>()({
  name: 'WRITE BUFFER',
  ref: 'SPC-5 6.52',
  opcode: 0x3b,
  cdb: { ...fields, parameterListLength: u24(6) },
  execute(unit, { mode, bufferId, offset, parameterListLength }, task) {
    const data = task.dataOut.subarray(0, parameterListLength);
    if (mode === modes.data) return writeData(unit, bufferId, offset, data);
    if (mode === modes['echo buffer']) return writeEcho(unit, task, data);
    if (mode === modes['combined header and data'])
      return writeData(unit, bufferId, 0, data.subarray(combinedHeader.size));
    if (!microcodeModes.includes(mode)) throw invalidFieldInCdb(1, 4);
    unit.attentions.raise('MICROCODE HAS BEEN CHANGED', task.nexus);
    return good();
  },
});
