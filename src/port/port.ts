// SPDX-License-Identifier: GPL-2.0-or-later
// A target port: what stands between initiators and a logical unit.
import { status as samStatus } from '../sam/reply.js';
import type { Completion, Nexus, Task, TaskRouter } from '../sam/task.js';
import { MHVTL } from './uapi.js';

/** Where one initiator port sees the unit: the device is host:channel:target:lun. */
export interface InitiatorPath {
  readonly nexus: Nexus;
  readonly host: number;
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
  /** The errno's name when this initiator port could not make a device of the unit. */
  readonly error?: string;
}

/** What became of a port that started. */
export interface Attachment {
  /** The unit of an owner that died was taken over; its initiators go on with the devices they have. */
  readonly takeover: boolean;
  /** One for each initiator port. */
  readonly paths: readonly InitiatorPath[];
}

export interface Port {
  /**
   * Offers the unit to the initiators; every task goes to `router` from now on, also before the
   * promise is fulfilled: initiators ask INQUIRY first. At most once in a port's life.
   * @param onLost told once when the unit is taken from the port by other than `detach` or `close`
   * @throws Error saying what to do when the unit cannot be had
   */
  start(router: TaskRouter, onLost: (reason: Error) => void): Promise<Attachment>;
  /** Removes the unit from its initiators. Tasks in flight fail; nothing is routed afterwards. */
  detach(): Promise<void>;
  /** Leaves the unit to a successor, who may take it over for a while; initiators keep their devices. */
  close(): void;
}

/** What is wrong with a completion, a fault of the unit's program; undefined when it can be delivered. */
export function completionFault(task: Task, completion: Completion): string | undefined {
  const { status, sense, dataIn, dataOutUsed } = completion;
  if (!Number.isInteger(status) || status < 0 || status > 0xff) return `status ${status}`;
  if (status === samStatus['CHECK CONDITION'] && sense.length === 0)
    return 'CHECK CONDITION without sense data';
  if (sense.length > MHVTL.SENSE_SIZE)
    return `${sense.length} bytes of sense data, ${MHVTL.SENSE_SIZE} can be delivered`;
  if (dataIn.length > task.dataInRoom)
    return `${dataIn.length} bytes of data-in, the initiator takes ${task.dataInRoom}`;
  if (!Number.isInteger(dataOutUsed) || dataOutUsed < 0 || dataOutUsed > task.dataOut.length)
    return `${dataOutUsed} bytes of data-out used, the initiator sent ${task.dataOut.length}`;
  return undefined;
}
