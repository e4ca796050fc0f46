// SPDX-License-Identifier: GPL-2.0-or-later
// One library as a process: the media changer, its drives, what it remembers, who may speak to it.
import { setTimeout } from 'node:timers/promises';
import type { LibraryConf } from '../config/device-conf.js';
import { type Configuration, contentsFiles, homesOf } from '../config/load.js';
import type { Mailbox } from '../ipc/mailbox.js';
import { cartridgeDirectory } from '../medium/homes.js';
import { libraryProduct } from '../personality/libraries.js';
import type { LibraryProduct } from '../personality/library.js';
import { LogicalUnit } from '../sam/logical-unit.js';
import { MediaChanger } from '../smc/changer.js';
import { driveEjected } from '../smc/drive-contents.js';
import { type DataTransferElement, type Element, ElementMap } from '../smc/element.js';
import type { Transfer } from '../smc/moves.js';
import { Operator } from '../smc/operator.js';
import type { ChangerSurroundings } from '../smc/surroundings.js';
import type { DeviceState } from '../spc/environment.js';
import { deviceState, systemClock } from './device-state.js';
import { identityOf } from './identity.js';
import { attributesOf, MediumTypes } from './library-cartridges.js';
import { RemoteDrive } from './library-drives.js';
import { elementPlans, wordFor } from './library-elements.js';
import { failureLine } from './library-failures.js';
import { LibraryMemory, takenOutIn } from './library-memory.js';
import { askDrives, drivesIn, giveBack, keepDrives } from './library-start.js';
import { initialising, linesFor } from './library-states.js';
import type { Log } from './log.js';
import { runMoveCommand } from './move-command.js';
import { type ChangeablePace, paceOf } from './pace.js';
import { bugReporter } from './run-daemon.js';
import { StateFifo } from './state-fifo.js';

export interface LibraryOptions {
  readonly configuration: Configuration;
  readonly record: LibraryConf;
  readonly mail: Pick<Mailbox, 'send' | 'request'>;
  readonly log: Log;
  /** Path of the named pipe that is told every change of state. */
  readonly fifo: string | undefined;
  /** Reads the configuration anew. @throws ConfigurationError */
  readonly readAgain: () => Configuration;
}

export class Library {
  readonly changer: MediaChanger;
  readonly operator: Operator;
  readonly unit: LogicalUnit<MediaChanger>;
  readonly pace: ChangeablePace;
  readonly #options: LibraryOptions;
  readonly #product: LibraryProduct;
  readonly #memory: LibraryMemory | undefined;
  readonly #takenOut: string[];
  readonly #state: DeviceState;
  /** Directories in which cartridges are looked for. */
  readonly #homes: readonly string[];
  readonly #mediumTypes: MediumTypes;
  #fifo: StateFifo | undefined;

  /** @throws Error when a barcode is none for the product */
  constructor(options: LibraryOptions) {
    const { configuration, record, log } = options;
    this.#options = options;
    this.pace = paceOf(record.timing);
    this.#product = libraryProduct(record.vendor, record.product);
    this.#state = deviceState(record.unit, log);
    this.#homes = homesOf(configuration, record.unit);
    this.#mediumTypes = new MediumTypes(this.#homes, this.#state);
    const elements = this.#elements(configuration);
    this.#takenOut = takenOutIn(configuration.notes.get(record.unit) ?? []);
    if (record.persist)
      this.#memory = new LibraryMemory(contentsFiles(configuration.directory, record.unit), log);
    this.changer = new MediaChanger(
      identityOf(record),
      this.#product,
      elements,
      this.#surroundings(),
    );
    this.operator = new Operator(this.changer, {
      exists: (barcode) => cartridgeDirectory(this.#homes, barcode) !== undefined,
      takenOut: this.#takenOut,
    });
    this.unit = new LogicalUnit(this.changer, bugReporter(log));
  }

  /** The library ends in order. */
  close(): void {
    this.#fifo?.close();
  }

  /** The initiators have the library: it finds out what its drives hold. */
  attached(): void {
    this.#fifo = StateFifo.open(this.#options.fifo, this.#options.record.unit, this.#options.log);
    this.#fifo?.tell(initialising);
    this.#inOrder(async () => {
      await askDrives(this.changer, this.#options.log);
      this.#remember();
      this.#mediumTypes.save();
      this.#fifo?.tell('Idle');
    });
  }

  /**
   * Reads library_contents again, between two SCSI commands. What is in drives stays there; a cartridge that the
   * file has elsewhere is in its drive all the same.
   * @throws ConfigurationError, or Error when a barcode is none for the product; nothing has changed then
   */
  reload(): Promise<void> {
    return this.unit.inOrder(async () => {
      const configuration = this.#options.readAgain();
      const elements = this.#elements(configuration);
      keepDrives(this.changer.elements, elements);
      this.#memory?.read();
      this.changer.replaceElements(elements);
      this.#mediumTypes.save();
      this.#options.log.notice('library_contents was read again');
      for (const { drive } of drivesIn(this.changer)) drive.register();
    });
  }

  /** A drive says that an initiator unloaded its cartridge. False for one that is not here. */
  driveEjected(sender: number): boolean {
    return this.#withDrive(sender, ({ element }) => driveEjected(this.changer, element));
  }

  /** A drive says that it was started anew. False for one that is not here. */
  driveStarted(sender: number): boolean {
    return this.#withDrive(sender, ({ element, drive }) => {
      drive.register();
      this.#inOrder(() => giveBack(this.changer, element, sender, this.#options.log));
    });
  }

  /** Runs among the SCSI commands, which must not see it half done. */
  #inOrder(work: () => Promise<void>): void {
    this.unit
      .inOrder(work)
      .catch((error: unknown) => this.#options.log.error(`bug: ${String(error)}`));
  }

  #surroundings(): ChangerSurroundings {
    const { record, log } = this.#options;
    const unitOf = (element: Element): number | undefined =>
      drivesIn(this.changer).find((each) => each.element === element)?.drive.unit;
    return {
      clock: systemClock,
      state: this.#state,
      mediumTypeOf: (barcode) => this.#mediumTypes.of(barcode),
      attributesOf: (barcode) => attributesOf(this.#homes, barcode),
      moveFailed: (failed) =>
        log.error(failureLine(failed, record.homeDirectory, unitOf), {
          barcode: failed.cartridge.barcode,
        }),
      positionsChanged: () => this.#remember(),
      beforeMove: (transfers) => this.#beforeMove(transfers),
      happened: (event) => {
        for (const line of linesFor(event)) this.#fifo?.tell(line);
      },
    };
  }

  /** The movecommand may forbid the move; then the robot takes its time, if it is to. */
  async #beforeMove(transfers: readonly Transfer[]): Promise<void> {
    const { record, log } = this.#options;
    if (record.moveCommand !== undefined)
      try {
        await runMoveCommand(record.moveCommand, record.commandTimeout, transfers);
      } catch (error) {
        log.error((error as Error).message);
        throw error;
      }
    const seconds = this.#product.moveSeconds * transfers.length * this.pace.scale;
    if (seconds > 0) await setTimeout(seconds * 1000);
  }

  #remember(): void {
    this.#memory?.write(this.changer, this.#takenOut);
  }

  /** The elements a configuration gives the library; says which of them the product has no room for. */
  #elements(configuration: Configuration): ElementMap {
    const { record, log } = this.#options;
    const { firstAddress, description, barcodeLength } = this.#product;
    const contents = configuration.contents.get(record.unit)!;
    const notes = configuration.notes.get(record.unit) ?? [];
    const drives = this.#drives(configuration);
    const plans = elementPlans(contents, drives, notes, firstAddress);
    const elements = new ElementMap(firstAddress, plans);
    const file = contentsFiles(configuration.directory, record.unit).base;
    for (const { type, number } of elements.unplaced)
      log.warning(
        `${wordFor[type]} ${number} is left out: ${description} has no element address for it. Delete it from ${file}.`,
      );
    const long = elements.all.find(
      ({ cartridge }) => cartridge && cartridge.barcode.length > barcodeLength,
    );
    if (long)
      throw new Error(
        `${file}: the barcode of ${wordFor[long.type]} ${long.number} is too long: ${description} reads at most ${barcodeLength} characters. Shorten it.`,
      );
    return elements;
  }

  /** The drives of the library by drive slot. */
  #drives(configuration: Configuration): Map<number, RemoteDrive> {
    const { record, mail, log } = this.#options;
    return new Map(
      configuration.drives.flatMap(({ unit, place, vendor, product, serial }) => {
        if (place?.library !== record.unit) return [];
        const identity = { vendor, product, serial };
        return [[place.slot, new RemoteDrive({ unit, identity, mail, log: log.info })]];
      }),
    );
  }

  #withDrive(
    sender: number,
    act: (found: { readonly element: DataTransferElement; readonly drive: RemoteDrive }) => void,
  ): boolean {
    const found = drivesIn(this.changer).find(({ drive }) => drive.unit === sender);
    if (found) act(found);
    return found !== undefined;
  }
}
