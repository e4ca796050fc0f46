// SPDX-License-Identifier: GPL-2.0-or-later
// Moving cartridges: everything is checked first, drives do their part next, the inventory changes last.
import { refuse } from '../sam/reply.js';
import type { Holder } from './addressing.js';
import { type DataTransferDevice, refusalFor, TransferFailure } from './data-transfer-device.js';
import type { Cartridge, Element, MediumTransportElement } from './element.js';

/** One cartridge on its way. A source that is a picker is one a cartridge was left in. */
export interface Transfer {
  readonly cartridge: Cartridge;
  readonly from: Element;
  readonly to: Holder;
}

/** A move that did not take place, for the log. */
export interface FailedTransfer extends Transfer {
  readonly failure: TransferFailure;
  /** The drive that failed. */
  readonly at: Element;
}

/** What of the library's state decides whether a move may be made. */
export interface MoveConditions {
  readonly doorOpen: boolean;
  readonly importExportOpen: boolean;
  readonly exportPrevented: boolean;
}

/** The cartridge in `element`, or the refusal for an empty one. */
export function cartridgeIn(element: Element): Cartridge {
  if (!element.cartridge) throw refuse('ILLEGAL REQUEST', 'MEDIUM SOURCE ELEMENT EMPTY');
  return element.cartridge;
}

/** Refuses what the picker cannot do as it is. `from`: where it is to take a cartridge. */
function assertTransport(transport: MediumTransportElement, from: readonly Element[]): void {
  if (transport.jammed) throw refuse('HARDWARE ERROR', 'MECHANICAL POSITIONING ERROR');
  if (transport.cartridge && !from.includes(transport))
    throw refuse('ILLEGAL REQUEST', 'MEDIUM DESTINATION ELEMENT FULL');
}

/** Refuses what the state of the machine does not allow. */
export function assertReachable(
  transport: MediumTransportElement,
  transfers: readonly Transfer[],
  { doorOpen, importExportOpen, exportPrevented }: MoveConditions,
): void {
  const sources = transfers.map(({ from }) => from);
  const destinations = transfers.map(({ to }) => to);
  const isImportExport = ({ type }: Element): boolean => type === 'import/export';
  if (doorOpen) throw refuse('NOT READY', 'LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED');
  assertTransport(transport, sources);
  if (importExportOpen && [...sources, ...destinations].some(isImportExport))
    throw refuse('NOT READY', 'MEDIUM NOT PRESENT - TRAY OPEN');
  if (exportPrevented && destinations.some(isImportExport))
    throw refuse('ILLEGAL REQUEST', 'MEDIUM REMOVAL PREVENTED');
}

/** A drive's part in a move, and how to take it back. */
interface Step {
  readonly transfer: Transfer;
  readonly at: Element;
  run(): Promise<void>;
  undo(): Promise<void>;
}

const driveOf = (element: Element): DataTransferDevice | undefined =>
  element.type === 'data transfer' ? element.drive : undefined;

/** All drives give their cartridges up before any gets a new one: an exchange needs them empty. */
function stepsOf(transfers: readonly Transfer[]): Step[] {
  const steps: Step[] = [];
  const add = (transfer: Transfer, at: Element, first: 'load' | 'unload'): void => {
    const drive = driveOf(at);
    const { barcode } = transfer.cartridge;
    const load = (): Promise<void> | undefined => drive?.load(barcode);
    const unload = (): Promise<void> | undefined => drive?.unload(barcode);
    const [run, undo] = first === 'load' ? [load, unload] : [unload, load];
    if (drive) steps.push({ transfer, at, run: async () => run(), undo: async () => undo() });
  };
  for (const transfer of transfers) add(transfer, transfer.from, 'unload');
  for (const transfer of transfers) add(transfer, transfer.to, 'load');
  return steps;
}

/** Puts cartridges back into the drives that gave them up. One that cannot be threaded again stays let go. */
async function takeBack(done: readonly Step[]): Promise<void> {
  for (const step of [...done].reverse()) {
    try {
      await step.undo();
    } catch (error) {
      if (!(error instanceof TransferFailure)) throw error;
      if (step.at.type === 'data transfer') notThreaded(step.at);
    }
  }
}

/** The drive has the cartridge in its mouth and did not take it: within reach of the picker. */
export function notThreaded(element: Extract<Element, { type: 'data transfer' }>): void {
  element.ejected = true;
  element.exception = 'MEDIA LOAD OR EJECT FAILED';
}

/** Notes in the inventory that cartridges are in their new places. */
export function settle(transfers: readonly Transfer[]): void {
  for (const { from } of transfers) {
    from.cartridge = undefined;
    from.exception = undefined;
  }
  for (const { cartridge, from, to } of transfers) {
    if (from.type === 'storage') cartridge.sourceStorageElement = from.address;
    to.cartridge = cartridge;
    to.exception = undefined;
    if (to.type === 'data transfer') to.ejected = false;
    if (to.type === 'import/export') to.placedByOperator = false;
  }
}

/**
 * Carries cartridges to their new places, all or none.
 * @param report told when a drive failed, before the refusal is thrown
 * @throws Refusal when a drive did not do its part; every cartridge is then where it was
 */
export async function carry(
  transfers: readonly Transfer[],
  report: (failed: FailedTransfer) => void,
): Promise<void> {
  const done: Step[] = [];
  for (const step of stepsOf(transfers)) {
    try {
      await step.run();
      done.push(step);
    } catch (failure) {
      if (!(failure instanceof TransferFailure)) throw failure;
      report({ ...step.transfer, failure, at: step.at });
      await takeBack(done);
      throw refusalFor(failure);
    }
  }
  settle(transfers);
}
