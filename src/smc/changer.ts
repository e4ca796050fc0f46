// SPDX-License-Identifier: GPL-2.0-or-later
// The media changer: its elements, the door of its import/export elements, its pages.
import type { Command } from '../sam/command.js';
import { CommandSet } from '../sam/command-set.js';
import { Refusal, refuse } from '../sam/reply.js';
import type { Sense } from '../sam/sense.js';
import type { Nexus } from '../sam/task.js';
import type { AttributeValue } from '../spc/attribute-data.js';
import { deviceTypes } from '../spc/inquiry-data.js';
import { LogPages } from '../spc/log-page.js';
import { ModeParameters } from '../spc/mode-parameters.js';
import { type CommandTimeouts, type Identity, PrimaryDevice } from '../spc/primary.js';
import { VpdPages } from '../spc/vpd-page.js';
import type { Holder } from './addressing.js';
import type { ChangerTraits } from './changer-traits.js';
import { timeoutsOf } from './command-timeouts.js';
import {
  type Element,
  type ElementMap,
  type MediumTransportElement,
  newCartridge,
} from './element.js';
import { volumeTagOf } from './element-descriptor.js';
import { ElementReservations } from './element-reservations.js';
import { changerModeFrame } from './mode-frame.js';
import { transportGeometryPage } from './mode-pages/transport-geometry.js';
import {
  assertReachable,
  carry,
  cartridgeIn,
  type FailedTransfer,
  type Transfer,
} from './moves.js';
import { ChangerStatistics } from './statistics.js';
import { StatusImages } from './status-image.js';
import { type ChangerSurroundings, MoveForbidden } from './surroundings.js';
import { alertMask, type ChangerAlert } from './tape-alerts.js';
import type { VolumeSearch } from './volume-tags.js';

export class MediaChanger extends PrimaryDevice {
  readonly traits: ChangerTraits;
  readonly commands: CommandSet<MediaChanger>;
  readonly vpd: VpdPages;
  readonly logs: LogPages;
  readonly statistics = new ChangerStatistics();
  readonly elementReservations = new ElementReservations();
  readonly images = new StatusImages();
  /** What each initiator asked for last with SEND VOLUME TAG. */
  readonly volumeSearches = new Map<Nexus, VolumeSearch>();
  /** Offline: the operator has taken the library from its initiators. */
  online = true;
  /** The operator can reach everything, and the robot stands still. */
  doorOpen = false;
  /** The operator can reach the import/export elements, and the picker cannot. */
  importExportOpen = false;
  /** TapeAlert flags: bit n-1 is flag n. Cleared by reading the log page. */
  tapeAlerts = 0n;
  readonly #surroundings: ChangerSurroundings;
  #elements: ElementMap;
  #modes: ModeParameters;

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
    this.#elements = elements;
    this.#surroundings = surroundings;
    this.vpd = VpdPages.of<PrimaryDevice>(this, deviceTypes[inquiry.deviceType], traits.vpdPages);
    this.#modes = this.#modePages();
    this.logs = LogPages.of<MediaChanger>(this, traits.logPages);
    this.inventory();
  }

  get elements(): ElementMap {
    return this.#elements;
  }

  get modes(): ModeParameters {
    return this.#modes;
  }

  /** Throws the refusal of a library that the operator has taken offline. Its inventory is always known. */
  assertReady(): void {
    if (!this.online) throw refuse('NOT READY', 'LOGICAL UNIT NOT READY, OFFLINE');
  }

  override timeoutsOf(command: Command<never>): CommandTimeouts {
    return timeoutsOf(this, command);
  }

  override partlyReservedAgainst(nexus: Nexus): boolean {
    return this.elementReservations.anyAgainst(nexus);
  }

  override releaseParts(nexus: Nexus): void {
    this.elementReservations.release(nexus);
  }

  override nexusLost(nexus: Nexus): void {
    this.elementReservations.release(nexus);
    this.volumeSearches.delete(nexus);
    super.nexusLost(nexus);
  }

  override reset(): void {
    this.elementReservations.clear();
    this.volumeSearches.clear();
    super.reset();
  }

  /** Sets a TapeAlert flag, which is news if it was not set. */
  alert(flag: ChangerAlert): void {
    if (this.tapeAlerts & alertMask(flag)) return;
    this.tapeAlerts |= alertMask(flag);
    this.exceptions.occur('FAILURE PREDICTION THRESHOLD EXCEEDED');
  }

  /** Looks at every cartridge anew. */
  inventory(): void {
    for (const element of this.elements.all) {
      const { cartridge } = element;
      if (!cartridge) continue;
      cartridge.mediumType = this.#surroundings.mediumTypeOf(cartridge.barcode);
      this.statistics.countLabel(element);
      if (element.type === 'medium transport') this.alert('library stray tape');
      if (volumeTagOf(cartridge) === undefined) this.alert('library unreadable bar code labels');
    }
  }

  /** The medium auxiliary memory of a cartridge, if it can be read. */
  attributesOf(barcode: string): readonly AttributeValue[] | undefined {
    return this.#surroundings.attributesOf?.(barcode);
  }

  /** A cartridge that comes into the library: what it is, is looked up. */
  admit(barcode: string): NonNullable<Element['cartridge']> {
    return { ...newCartridge(barcode), mediumType: this.#surroundings.mediumTypeOf(barcode) };
  }

  /**
   * Moves a cartridge: MOVE MEDIUM, and an operator at the panel.
   * @throws Refusal; nothing has changed then
   */
  async move(transport: MediumTransportElement, from: Element, to: Holder): Promise<void> {
    const cartridge = cartridgeIn(from);
    if (to.cartridge) throw refuse('ILLEGAL REQUEST', 'MEDIUM DESTINATION ELEMENT FULL');
    await this.carry(transport, [{ cartridge, from, to }]);
  }

  /**
   * Carries cartridges to their new places, all or none. Source and destination have been checked; what the state
   * of the machine forbids is refused here.
   * @throws Refusal also when a drive did not do its part; every cartridge is then where it was
   */
  async carry(transport: MediumTransportElement, transfers: readonly Transfer[]): Promise<void> {
    this.#assertReachable(transport, transfers);
    this.#surroundings.happened?.({ what: 'moving', transfers });
    try {
      await this.#surroundings.beforeMove?.(transfers);
      await carry(transfers, (failed) => this.#failed(failed));
      for (const transfer of transfers) this.statistics.count(transfer);
    } catch (error) {
      const refusal =
        error instanceof MoveForbidden
          ? refuse('HARDWARE ERROR', 'LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED')
          : error;
      if (refusal instanceof Refusal) this.#noteFailure(refusal.sense, transport, transfers);
      throw refusal;
    } finally {
      this.positionsChanged();
      this.#surroundings.happened?.({ what: 'idle' });
    }
  }

  /** What a person has done to the machine is no failure of it, a jam is. */
  #assertReachable(transport: MediumTransportElement, transfers: readonly Transfer[]): void {
    try {
      assertReachable(transport, transfers, {
        doorOpen: this.doorOpen,
        importExportOpen: this.importExportOpen,
        exportPrevented: this.removalPreventedBy.size > 0,
      });
    } catch (error) {
      if (error instanceof Refusal && error.sense.key === 'HARDWARE ERROR')
        this.#noteFailure(error.sense, transport, transfers);
      throw error;
    }
  }

  #noteFailure(
    sense: Sense,
    { address: transport }: MediumTransportElement,
    transfers: readonly Transfer[],
  ): void {
    const { moves, total: counters } = this.statistics;
    const { origin, value: time } = this.timestamp;
    /* The last one is what the initiator asked for; before it, an exchange makes room. */
    const transfer = transfers.at(-1);
    if (transfer)
      this.statistics.countFailure({
        sense,
        transfer,
        transport,
        moves,
        counters,
        origin,
        time,
        exchange: transfers.length > 1,
      });
  }

  #failed(failed: FailedTransfer): void {
    const { failure, at } = failed;
    this.statistics.failures++;
    if (failure.reason === 'no answer') {
      at.exception = 'LOGICAL UNIT COMMUNICATION TIME-OUT';
      this.alert('library hardware A');
      this.alert('library drive offline');
    }
    this.#surroundings.moveFailed(failed);
  }

  /**
   * Opens or closes the door of the import/export elements.
   * @param by the initiator that asked; undefined for an operator
   * @throws Refusal when an initiator prevents it
   */
  openImportExport(open: boolean, by?: Nexus): void {
    if (open && this.removalPreventedBy.size > 0)
      throw refuse('ILLEGAL REQUEST', 'MEDIUM REMOVAL PREVENTED');
    if (open === this.importExportOpen) return;
    this.#surroundings.happened?.({ what: open ? 'opening MAP' : 'closing MAP' });
    this.importExportOpen = open;
    if (open) this.statistics.importExportOpens++;
    else this.attentions.raise('IMPORT OR EXPORT ELEMENT ACCESSED', by);
    this.#surroundings.happened?.({ what: 'idle' });
  }

  /** Offline, the library answers that it is not ready; back online, it may hold other cartridges. */
  setOnline(online: boolean): void {
    if (online === this.online) return;
    this.online = online;
    if (online) this.attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED');
    else this.alert('library offline');
    this.#surroundings.happened?.({ what: online ? 'online' : 'offline' });
  }

  /** While the door is open nothing moves; when it closes, the robot looks at every cartridge. */
  setDoor(open: boolean): void {
    if (open === this.doorOpen) return;
    this.doorOpen = open;
    if (open) {
      this.statistics.doorOpens++;
      this.alert('library door');
      return;
    }
    this.initialize();
    this.attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED');
  }

  /** INITIALIZE ELEMENT STATUS: the robot looks at every cartridge anew. */
  initialize(): void {
    this.#surroundings.happened?.({ what: 'initialising elements' });
    this.inventory();
    this.statistics.inventories++;
    this.#surroundings.happened?.({ what: 'idle' });
  }

  /** Other elements, as after a change of library_contents. Mode parameters with a number of elements change. */
  replaceElements(elements: ElementMap): void {
    this.#elements = elements;
    this.#modes = this.#modePages();
    this.inventory();
    this.attentions.raise('MODE PARAMETERS CHANGED');
    this.attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED');
    this.positionsChanged();
  }

  positionsChanged(): void {
    this.#surroundings.positionsChanged?.();
  }

  #modePages(): ModeParameters {
    return ModeParameters.of<MediaChanger>(this, changerModeFrame, [
      ...this.traits.modePages,
      transportGeometryPage(this.elements.of('medium transport').length),
    ]);
  }
}
