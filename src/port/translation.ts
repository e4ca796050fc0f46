// SPDX-License-Identifier: GPL-2.0-or-later
// Between the structures of the kernel interface and the words of SAM.
import { addon } from '../addon/addon.js';
import type { Values } from '../bytes/layout.js';
import type {
  Completion,
  Task,
  TaskAttribute,
  TaskManagement,
  TaskManagementResponse,
} from '../sam/task.js';
import type { InitiatorPath } from './port.js';
import * as uapi from './uapi.js';

const { MHVTL } = uapi;

/** A decoded struct mhvtl_request. */
export type Request = Values<typeof uapi.request.fields>;

const attributes: Readonly<Record<number, TaskAttribute>> = {
  [MHVTL.TASK_SIMPLE]: 'SIMPLE',
  [MHVTL.TASK_HEAD_OF_QUEUE]: 'HEAD OF QUEUE',
  [MHVTL.TASK_ORDERED]: 'ORDERED',
  [MHVTL.TASK_ACA]: 'ACA',
};

const responses: Readonly<Record<TaskManagementResponse, number>> = {
  'FUNCTION COMPLETE': MHVTL.RSP_FUNCTION_COMPLETE,
  'FUNCTION REJECTED': MHVTL.RSP_FUNCTION_REJECTED,
};

export const taskOf = (request: Request, dataOut: Uint8Array): Task => ({
  id: request.id,
  nexus: request.port,
  attribute: attributes[request.taskAttribute] ?? 'SIMPLE',
  /* Commands and traces go by its length. */
  cdb: request.cdb.subarray(0, request.cdbLength),
  dataOut,
  dataInRoom: request.dataInRoom,
});

/** The task management function of a request; undefined when it is none we know. */
export function managementOf(request: Request): TaskManagement | undefined {
  const { function: code, port: nexus, subjectId: subject } = request;
  if (code === MHVTL.TMF_ABORT_TASK) return { function: 'ABORT TASK', nexus, subject };
  if (code === MHVTL.TMF_LOGICAL_UNIT_RESET) return { function: 'LOGICAL UNIT RESET', nexus };
  if (code === MHVTL.TMF_TARGET_RESET) return { function: 'TARGET RESET', nexus };
  return undefined;
}

/** The array of struct mhvtl_attached that an ATTACHED event carries. */
export function pathsOf(data: Uint8Array): InitiatorPath[] {
  const paths: InitiatorPath[] = [];
  for (let at = 0; at + uapi.attached.size <= data.length; at += uapi.attached.size) {
    const { error, ...address } = uapi.attached.decode(data, at);
    const path = { nexus: paths.length, ...address };
    paths.push(error === 0 ? path : { ...path, error: addon().errorName(error) });
  }
  return paths;
}

/** Writes a completion into a struct mhvtl_reply; its data-in travels apart. */
export function writeCompletion(reply: Uint8Array, task: Task, completion: Completion): void {
  const { status, sense, dataIn, dataOutUsed } = completion;
  uapi.reply.patch(reply, {
    id: task.id,
    transferred: task.dataOut.length > 0 ? dataOutUsed : dataIn.length,
    status,
    senseLength: sense.length,
    response: 0,
    sense,
  });
}

/** Writes the answer to a task management request into a struct mhvtl_reply. */
export function writeResponse(
  reply: Uint8Array,
  id: bigint,
  response: TaskManagementResponse,
): void {
  reply.set(uapi.reply.encode({ id, response: responses[response] }));
}
