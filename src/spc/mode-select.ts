// SPDX-License-Identifier: GPL-2.0-or-later
// MODE SELECT(6) and (10) (SPC-5 6.11, 6.12). All of a list is taken, or nothing.
import { bit, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import {
  good,
  invalidFieldInCdb,
  invalidFieldInParameterList,
  type Reply,
  refuse,
} from '../sam/reply.js';
import type { Task } from '../sam/task.js';
import { header6, header10 } from './mode-sense.js';
import type { PrimaryDevice } from './primary.js';

const blockDescriptorSize = 8;

function select(
  unit: PrimaryDevice,
  task: Task,
  header: typeof header6 | typeof header10,
  { SP, parameterListLength }: { readonly SP: boolean; readonly parameterListLength: number },
): Reply {
  if (SP && !unit.modes.saveable) throw invalidFieldInCdb(1, 0);
  if (parameterListLength === 0) return good();
  const list = task.dataOut.subarray(0, parameterListLength);
  if (list.length < header.size) throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
  const { deviceSpecificParameter, blockDescriptorLength } = header.decode(list);
  /* Long block descriptors belong to direct access devices. */
  if (header === header10 && header10.decode(list).LONGLBA) throw invalidFieldInParameterList(4, 0);
  if (blockDescriptorLength !== 0 && blockDescriptorLength !== blockDescriptorSize)
    throw invalidFieldInParameterList(header.fields.blockDescriptorLength.at);
  const pagesAt = header.size + blockDescriptorLength;
  if (list.length < pagesAt) throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
  const changes = [
    unit.modes.frame.accept(
      { deviceSpecificParameter, at: header.fields.deviceSpecificParameter.at },
      blockDescriptorLength === 0
        ? undefined
        : { bytes: list.subarray(header.size, pagesAt), at: header.size },
    ),
    ...unit.modes.accept(list, pagesAt),
  ];
  for (const change of changes) change();
  if (SP) unit.modes.save();
  unit.attentions.raise('MODE PARAMETERS CHANGED', task.nexus);
  return good();
}

export const modeSelect6 = command<PrimaryDevice>()({
  name: 'MODE SELECT(6)',
  ref: 'SPC-5 6.11',
  opcode: 0x15,
  cdb: { PF: bit(1, 4), SP: bit(1, 0), parameterListLength: u8(4) },
  execute(unit, { SP, parameterListLength }, task) {
    return select(unit, task, header6, { SP, parameterListLength });
  },
});

export const modeSelect10 = command<PrimaryDevice>()({
  name: 'MODE SELECT(10)',
  ref: 'SPC-5 6.12',
  opcode: 0x55,
  cdb: { PF: bit(1, 4), SP: bit(1, 0), parameterListLength: u16(7) },
  execute(unit, { SP, parameterListLength }, task) {
    return select(unit, task, header10, { SP, parameterListLength });
  },
});
