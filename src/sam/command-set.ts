// SPDX-License-Identifier: GPL-2.0-or-later
// The commands a logical unit has, found by operation code and service action.
import type { Command } from './command.js';

interface Slot<Unit> {
  readonly plain: Command<Unit> | undefined;
  readonly byServiceAction: ReadonlyMap<number, Command<Unit>>;
}

/** SERVICE ACTION is the lower five bits of byte 1 in every CDB that has one and is no longer than 16 bytes. */
export const serviceActionOf = (cdb: Uint8Array): number => cdb[1]! & 0x1f;

export class CommandSet<Unit> {
  readonly #slots = new Map<number, Slot<Unit>>();
  readonly all: readonly Command<Unit>[];

  /** @throws RangeError when two commands share an operation code and service action */
  constructor(...families: readonly (readonly Command<Unit>[])[]) {
    this.all = families
      .flat()
      .sort((a, b) => a.opcode - b.opcode || (a.serviceAction ?? -1) - (b.serviceAction ?? -1));
    for (const each of this.all) this.#add(each);
  }

  #add(added: Command<Unit>): void {
    const slot = this.#slots.get(added.opcode) ?? { plain: undefined, byServiceAction: new Map() };
    if (slot.plain || (added.serviceAction === undefined && slot.byServiceAction.size > 0))
      throw new RangeError(`${added.name}: operation code taken`);
    if (added.serviceAction === undefined) {
      this.#slots.set(added.opcode, { ...slot, plain: added });
      return;
    }
    if (slot.byServiceAction.has(added.serviceAction))
      throw new RangeError(`${added.name}: service action taken`);
    this.#slots.set(added.opcode, {
      plain: undefined,
      byServiceAction: new Map(slot.byServiceAction).set(added.serviceAction, added),
    });
  }

  /** Whether the operation code exists, with any service action. */
  knowsOpcode(opcode: number): boolean {
    return this.#slots.has(opcode);
  }

  /** Whether the operation code is one of those that need a service action. */
  hasServiceActions(opcode: number): boolean {
    return (this.#slots.get(opcode)?.byServiceAction.size ?? 0) > 0;
  }

  find(opcode: number, serviceAction: number | undefined): Command<Unit> | undefined {
    const slot = this.#slots.get(opcode);
    return (
      slot?.plain ??
      (serviceAction === undefined ? undefined : slot?.byServiceAction.get(serviceAction))
    );
  }

  /** The command of a CDB. */
  of(cdb: Uint8Array): Command<Unit> | undefined {
    return this.find(cdb[0]!, serviceActionOf(cdb));
  }
}

/**
 * A list of commands with some left out: what a product lacks of its device type.
 * @throws RangeError when one to leave out is not in the list
 */
export function without<Unit>(
  commands: readonly Command<Unit>[],
  ...left: readonly Command<never>[]
): readonly Command<Unit>[] {
  const leftOut = new Set<unknown>(left);
  const rest = commands.filter((each) => !leftOut.has(each));
  if (rest.length !== commands.length - leftOut.size)
    throw new RangeError(
      `not among the commands: one of ${left.map(({ name }) => name).join(', ')}`,
    );
  return rest;
}
