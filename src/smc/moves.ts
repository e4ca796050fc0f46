// SPDX-License-Identifier: GPL-2.0-or-later
// Moving cartridges: everything is checked first, drives do their part next, the inventory changes last.
import { refuse } from '../sam/reply.js';
import type { Holder } from './addressing.js';
import { type DataTransferDevice, refusalFor, TransferFailure } from './data-transfer-device.js';
import type { Cartridge } from './element.js';

/** One cartridge on its way. */
export interface Transfer {
  readonly cartridge: Cartridge;
  readonly from: Holder;
  readonly to: Holder;
}

/** A move that did not take place, for the log. */
export interface FailedTransfer extends Transfer {
  readonly failure: TransferFailure;
  /** The drive that failed. */
  readonly at: Holder;
}

/** What of the library's state decides whether a move may be made. */
export interface MoveConditions {
  readonly importExportOpen: boolean;
  readonly exportPrevented: boolean;
}

/** The cartridge in `element`, or the refusal for an empty one. */
export function cartridgeIn(element: Holder): Cartridge {
  if (!element.cartridge) throw refuse('ILLEGAL REQUEST', 'MEDIUM SOURCE ELEMENT EMPTY');
  return element.cartridge;
}

/** Refuses what the state of the import/export elements does not allow. */
export function assertReachable(
  elements: readonly Holder[],
  destinations: readonly Holder[],
  { importExportOpen, exportPrevented }: MoveConditions,
): void {
  const isImportExport = ({ type }: Holder): boolean => type === 'import/export';
  if (importExportOpen && elements.some(isImportExport))
    throw refuse('NOT READY', 'MEDIUM NOT PRESENT - TRAY OPEN');
  if (exportPrevented && destinations.some(isImportExport))
    throw refuse('ILLEGAL REQUEST', 'MEDIUM REMOVAL PREVENTED');
}

/** A drive's part in a move, and how to take it back. */
interface Step {
  readonly transfer: Transfer;
  readonly at: Holder;
  run(): Promise<void>;
  undo(): Promise<void>;
}

const driveOf = (element: Holder): DataTransferDevice | undefined =>
  element.type === 'data transfer' ? element.drive : undefined;

/** All drives give their cartridges up before any gets a new one: an exchange needs them empty. */
function stepsOf(transfers: readonly Transfer[]): Step[] {
  const steps: Step[] = [];
  const add = (transfer: Transfer, at: Holder, first: 'load' | 'unload'): void => {
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
      if (step.at.type === 'data transfer') step.at.ejected = true;
    }
  }
}

/** Notes in the inventory that cartridges are in their new places. */
export function settle(transfers: readonly Transfer[]): void {
  for (const { from } of transfers) from.cartridge = undefined;
  for (const { cartridge, from, to } of transfers) {
    if (from.type === 'storage') cartridge.sourceStorageElement = from.address;
    to.cartridge = cartridge;
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
