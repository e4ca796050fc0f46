// SPDX-License-Identifier: GPL-2.0-or-later
// A command on its way from an initiator to a logical unit, and back (SAM-6 5.1).

/** I_T nexus: which initiator port speaks. Small integers given by the port. */
export type Nexus = number;

export type TaskAttribute = 'SIMPLE' | 'HEAD OF QUEUE' | 'ORDERED' | 'ACA';

export interface Task {
  /** Names the task among those in flight. */
  readonly id: bigint;
  readonly nexus: Nexus;
  readonly attribute: TaskAttribute;
  /** As many bytes as the initiator sent, or more, which are zero. They stay as they are. */
  readonly cdb: Uint8Array;
  /** What the initiator sent. Valid until the task completes. */
  readonly dataOut: Uint8Array;
  /** Most bytes of data-in the initiator takes. */
  readonly dataInRoom: number;
}

/** A finished task, in bytes. */
export interface Completion {
  readonly status: number;
  readonly sense: Uint8Array;
  readonly dataIn: Uint8Array;
  /** Bytes of data-out used. */
  readonly dataOutUsed: number;
}

/** Task management functions (SAM-6 7) the ports pass on. */
export type TaskManagement =
  | { readonly function: 'ABORT TASK'; readonly nexus: Nexus; readonly subject: bigint }
  | { readonly function: 'ABORT TASK SET'; readonly nexus: Nexus }
  | { readonly function: 'CLEAR TASK SET'; readonly nexus: Nexus }
  | { readonly function: 'I_T NEXUS RESET'; readonly nexus: Nexus }
  | { readonly function: 'LOGICAL UNIT RESET'; readonly nexus: Nexus }
  | { readonly function: 'TARGET RESET'; readonly nexus: Nexus };

export type TaskManagementResponse = 'FUNCTION COMPLETE' | 'FUNCTION REJECTED';

/** Who answers what a port brings: a logical unit. */
export interface TaskRouter {
  run(task: Task): Completion | Promise<Completion>;
  manage(request: TaskManagement): TaskManagementResponse;
  /**
   * Told when the initiator has been answered. The data that moved are gone by then.
   * @param sentAt when the initiator sent the command, milliseconds by the port's clock
   * @param answeredAt when it got the answer, by the same clock
   */
  answered?(task: Task, completion: Completion, sentAt: number, answeredAt: number): void;
}
