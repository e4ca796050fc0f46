// SPDX-License-Identifier: GPL-2.0-or-later
// The media changer: its elements, the door of its import/export elements, its pages.
import type { Command } from '../sam/command.js';
import { CommandSet } from '../sam/command-set.js';
import type { Environment } from '../spc/environment.js';
import { deviceTypes, type InquiryTraits } from '../spc/inquiry-data.js';
import { type LogPage, LogPages } from '../spc/log-page.js';
import type { ModePage } from '../spc/mode-page.js';
import { ModeParameters } from '../spc/mode-parameters.js';
import { type Identity, PrimaryDevice } from '../spc/primary.js';
import { type VpdPage, VpdPages } from '../spc/vpd-page.js';
import type { Holder } from './addressing.js';
import type { DataTransferElement, ElementMap, FirstAddresses, MediumType } from './element.js';
import { changerModeFrame } from './mode-frame.js';
import { transportGeometryPage } from './mode-pages/transport-geometry.js';
import { assertReachable, carry, type FailedTransfer, settle, type Transfer } from './moves.js';

/** What tells one product from another. */
export interface ChangerTraits {
  /** The INQUIRY data of a unit with this identity. */
  inquiry(identity: Identity): InquiryTraits;
  readonly firstAddress: FirstAddresses;
  /** Device identifiers (DVCID) hold the serial number of a drive, padded with blanks to this length. */
  readonly driveSerialLength: number;
  /** What it answers: the commands of the device type, perhaps `without` some. */
  readonly commands: readonly Command<MediaChanger>[];
  readonly vpdPages: readonly VpdPage<PrimaryDevice>[];
  readonly modePages: readonly ModePage<MediaChanger>[];
  readonly logPages: readonly LogPage<MediaChanger>[];
}

/** What the changer knows of the world outside. */
export interface ChangerSurroundings extends Environment {
  /** What kind of medium a cartridge holds; asked again at each inventory. */
  mediumTypeOf(barcode: string): MediumType;
  /** Told when a drive did not do its part of a move. */
  moveFailed(failed: FailedTransfer): void;
}

export class MediaChanger extends PrimaryDevice {
  readonly traits: ChangerTraits;
  readonly elements: ElementMap;
  readonly commands: CommandSet<MediaChanger>;
  readonly vpd: VpdPages;
  readonly modes: ModeParameters;
  readonly logs: LogPages;
  /** The operator can reach the import/export elements, and the picker cannot. */
  importExportOpen = false;
  /** TapeAlert flags: bit n-1 is flag n. Cleared by reading the log page. */
  tapeAlerts = 0n;
  readonly #surroundings: ChangerSurroundings;

  /** @param elements at the addresses of `traits.firstAddress` */
  constructor(
    identity: Identity,
    traits: ChangerTraits,
    elements: ElementMap,
    surroundings: ChangerSurroundings,
  ) {
    const inquiry = traits.inquiry(identity);
    super(identity, inquiry, surroundings);
    this.traits = traits;
    this.commands = new CommandSet<MediaChanger>(traits.commands);
    this.elements = elements;
    this.#surroundings = surroundings;
    this.vpd = VpdPages.of<PrimaryDevice>(this, deviceTypes[inquiry.deviceType], traits.vpdPages);
    this.modes = ModeParameters.of<MediaChanger>(this, changerModeFrame, [
      ...traits.modePages,
      transportGeometryPage(elements.of('medium transport').length),
    ]);
    this.logs = LogPages.of<MediaChanger>(this, traits.logPages);
    this.inventory();
  }

  /** A library is ready as long as it runs: its inventory is known from the start. */
  assertReady(): void {}

  /** Looks at every cartridge anew. */
  inventory(): void {
    for (const { cartridge } of this.elements.all)
      if (cartridge) cartridge.mediumType = this.#surroundings.mediumTypeOf(cartridge.barcode);
  }

  /** A drive has let its cartridge go by itself (LOAD UNLOAD): the picker can reach it now. */
  driveEjected(element: DataTransferElement): void {
    if (element.cartridge) element.ejected = true;
  }

  /** A drive has held a cartridge since before the library started: it is there, wherever it was expected. */
  found(barcode: string, to: DataTransferElement): void {
    const from = this.elements.all.find(({ cartridge }) => cartridge?.barcode === barcode);
    if (from === to) return;
    if (from?.cartridge && from.type !== 'medium transport')
      settle([{ cartridge: from.cartridge, from, to }]);
    else
      to.cartridge = {
        barcode,
        mediumType: this.#surroundings.mediumTypeOf(barcode),
        sourceStorageElement: undefined,
      };
  }

  /**
   * A drive was started anew, and is empty: it gets the cartridge back that the library counts there. If it does not
   * take it, the cartridge stays in its mouth, within reach of the picker.
   * @throws TransferFailure in that case
   */
  async driveStarted(element: DataTransferElement): Promise<void> {
    const { cartridge, drive, ejected } = element;
    if (!cartridge || !drive || ejected) return;
    try {
      await drive.load(cartridge.barcode);
    } catch (error) {
      element.ejected = true;
      throw error;
    }
  }

  /** Refuses moves that the door or PREVENT ALLOW MEDIUM REMOVAL forbids. */
  assertMovable(elements: readonly Holder[], destinations: readonly Holder[]): void {
    assertReachable(elements, destinations, {
      importExportOpen: this.importExportOpen,
      exportPrevented: this.removalPreventedBy.size > 0,
    });
  }

  /**
   * Carries cartridges to their new places, all or none. Everything about them has been checked.
   * @throws Refusal when a drive did not do its part; every cartridge is then where it was
   */
  carry(transfers: readonly Transfer[]): Promise<void> {
    return carry(transfers, (failed) => this.#surroundings.moveFailed(failed));
  }
}
