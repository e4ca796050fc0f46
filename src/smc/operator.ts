// SPDX-License-Identifier: GPL-2.0-or-later
// The operator at a library: its doors, its import/export elements (the media access port, MAP), its panel.
import type { AdditionalSense } from '../sam/asc.js';
import { Refusal } from '../sam/reply.js';
import { freeTransport, isHolder } from './addressing.js';
import type { MediaChanger } from './changer.js';
import type { Element, ElementType, ImportExportElement } from './element.js';

/** Why something was not done. */
export type OperatorRefusalReason =
  | 'MAP is closed'
  | 'MAP is locked'
  | 'MAP is full'
  | 'no such cartridge'
  | 'already in the library'
  | 'barcode too long'
  | 'no address left'
  | 'no such element'
  | 'move refused';

/** Thrown by an {@link Operator}: nothing has changed. The message is a sentence for a person. */
export class OperatorRefusal extends Error {
  readonly reason: OperatorRefusalReason;
  constructor(reason: OperatorRefusalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OperatorRefusal';
    this.reason = reason;
  }
}

/** An element in the words of library_contents. */
export interface Location {
  readonly type: ElementType;
  /** Counted from 1. */
  readonly number: number;
}

/** The cartridges that are not in the library. */
export interface Shelf {
  /** Whether there is such a cartridge. */
  exists(barcode: string): boolean;
  /** Barcodes taken out of the MAP and not put in again, in the order they came. */
  readonly takenOut: string[];
}

/** All methods are to run in order with the SCSI commands (LogicalUnit.inOrder). */
export class Operator {
  readonly #changer: MediaChanger;
  readonly #shelf: Shelf;

  constructor(changer: MediaChanger, shelf: Shelf) {
    this.#changer = changer;
    this.#shelf = shelf;
  }

  /** Whether the operator can reach the MAP. */
  get mapIsOpen(): boolean {
    return this.#changer.importExportOpen;
  }

  /** Opens the MAP to the operator; the picker cannot reach it then. Does nothing to an open one. */
  openMap(): void {
    try {
      this.#changer.openImportExport(true);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      const message =
        'An initiator prevents medium removal. End its program, or let it allow removal.';
      throw new OperatorRefusal('MAP is locked', message, { cause });
    }
  }

  /** Closes the MAP: initiators are told that it was accessed. */
  closeMap(): void {
    this.#changer.openImportExport(false);
  }

  /** Barcodes in the MAP, by ascending address. */
  listMap(): string[] {
    return this.#map.flatMap(({ cartridge }) => (cartridge ? [cartridge.barcode] : []));
  }

  /** Takes every cartridge out of the open MAP and puts it on the shelf. Returns their barcodes. */
  emptyMap(): string[] {
    this.#assertMapOpen();
    const taken = this.listMap();
    for (const element of this.#map) {
      element.cartridge = undefined;
      element.exception = undefined;
      element.placedByOperator = true;
    }
    this.#shelf.takenOut.push(...taken);
    if (taken.length > 0) this.#changer.positionsChanged();
    return taken;
  }

  /**
   * Puts a cartridge into the first empty element of the open MAP; without a barcode those from the shelf that
   * were taken out of it before, as many as have room.
   * @returns the barcodes put in
   */
  loadMap(barcode?: string): string[] {
    this.#assertMapOpen();
    if (barcode !== undefined) {
      this.#put(barcode);
      return [barcode];
    }
    const returning = this.#shelf.takenOut.slice(0, this.#map.filter((e) => !e.cartridge).length);
    for (const each of returning) this.#put(each);
    return returning;
  }

  /** Adds an empty storage element behind the last. Returns its number, which is how many there are. */
  addSlot(): number {
    const added = this.#changer.elements.addStorage();
    if (!added)
      throw new OperatorRefusal(
        'no address left',
        'There is no element address for another slot: those that follow belong to other elements.',
      );
    this.#changer.attentions.raise('MODE PARAMETERS CHANGED');
    this.#changer.positionsChanged();
    return added.number;
  }

  /** Moves a cartridge as MOVE MEDIUM does, with the same checks. */
  async move(from: Location, to: Location): Promise<void> {
    const source = this.#element(from);
    const destination = this.#element(to);
    const transport = freeTransport(this.#changer.elements);
    if (!transport || !isHolder(destination))
      throw new OperatorRefusal('no such element', 'No cartridge can be put there.');
    try {
      await this.#changer.move(transport, source, destination);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      const { key, additional } = cause.sense;
      throw new OperatorRefusal('move refused', `The library refuses: ${key}, ${additional}.`, {
        cause,
      });
    }
  }

  goOnline(): void {
    this.#changer.setOnline(true);
  }

  /** Initiators are told that the library is not ready, until it is online again. */
  goOffline(): void {
    this.#changer.setOnline(false);
  }

  /** The door of the whole library: while it is open, nothing moves. */
  setDoor(open: boolean): void {
    this.#changer.setDoor(open);
  }

  /** A picker that is stuck moves nothing; one that is freed works as before. @param number counted from 1 */
  jamPicker(number: number, jammed: boolean): void {
    const picker = this.#element({ type: 'medium transport', number });
    if (picker.type === 'medium transport') picker.jammed = jammed;
    if (jammed) this.#changer.alert('library hardware B');
  }

  /** Reports an element as out of order (EXCEPT with this code), or in order again. */
  setException(location: Location, exception: AdditionalSense | undefined): void {
    this.#element(location).exception = exception;
  }

  /** Replaces the TapeAlert flags: bit n-1 is flag n. */
  setTapeAlerts(flags: bigint): void {
    this.#changer.tapeAlerts = BigInt.asUintN(64, flags);
  }

  /** Initiators are told that INQUIRY has other data than before. */
  inquiryDataChanged(): void {
    this.#changer.attentions.raise('INQUIRY DATA HAS CHANGED');
  }

  get #map(): readonly ImportExportElement[] {
    return this.#changer.elements.of('import/export');
  }

  #put(barcode: string): void {
    const { elements, traits } = this.#changer;
    if (barcode.length > traits.barcodeLength)
      throw new OperatorRefusal(
        'barcode too long',
        `This library reads barcodes of at most ${traits.barcodeLength} characters.`,
      );
    if (elements.holderOf(barcode))
      throw new OperatorRefusal('already in the library', `${barcode} is in the library already.`);
    if (!this.#shelf.exists(barcode))
      throw new OperatorRefusal(
        'no such cartridge',
        `There is no cartridge ${barcode}: mktape makes one.`,
      );
    const place = this.#map.find(({ cartridge }) => !cartridge);
    if (!place)
      throw new OperatorRefusal('MAP is full', 'Every element of the MAP holds a cartridge.');
    place.cartridge = this.#changer.admit(barcode);
    place.placedByOperator = true;
    const waiting = this.#shelf.takenOut.indexOf(barcode);
    if (waiting >= 0) this.#shelf.takenOut.splice(waiting, 1);
    this.#changer.positionsChanged();
  }

  #assertMapOpen(): void {
    if (!this.mapIsOpen)
      throw new OperatorRefusal('MAP is closed', 'The MAP is closed: open it first.');
  }

  #element({ type, number }: Location): Element {
    const element = this.#changer.elements.numbered(type, number);
    if (element) return element;
    const message = `There is no ${type} element ${number} in this library.`;
    throw new OperatorRefusal('no such element', message);
  }
}
