// SPDX-License-Identifier: GPL-2.0-or-later
// Registrations and the persistent reservation of one logical unit (SPC-5 5.14): who may do what, and what changes.
import { bit, concat, layout, u8, u16, u64 } from '../bytes/layout.js';
import type { ReservationRule } from '../sam/command.js';
import type { Nexus } from '../sam/task.js';
import type { DeviceState } from './environment.js';

/** TYPE field (SPC-5 table 66): what others may not do, and who is no other. */
export const reservationTypes = {
  'Write Exclusive': 0x1,
  'Exclusive Access': 0x3,
  'Write Exclusive - Registrants Only': 0x5,
  'Exclusive Access - Registrants Only': 0x6,
  'Write Exclusive - All Registrants': 0x7,
  'Exclusive Access - All Registrants': 0x8,
} as const;
export type ReservationType = keyof typeof reservationTypes;

/** The type of a code; undefined for those that are obsolete or reserved. */
export const reservationTypeOf = (code: number): ReservationType | undefined =>
  (Object.keys(reservationTypes) as ReservationType[]).find(
    (type) => reservationTypes[type] === code,
  );

const ofAllRegistrants = (type: ReservationType): boolean => type.endsWith('All Registrants');
/** Types under which every registered nexus does what the holder does. */
export const sharedByRegistrants = (type: ReservationType): boolean => type.includes('Registrants');

export interface Registration {
  readonly nexus: Nexus;
  readonly key: bigint;
  /** ALL_TG_PT: made for every target port of the device. */
  readonly allTargetPorts: boolean;
}

export interface Reservation {
  readonly type: ReservationType;
  /** Who made it; under the All Registrants types every registered nexus holds it. */
  readonly holder: Nexus;
}

const stateName = 'persistent-reservations';
const savedHeader = layout(4, { version: u8(0), type: u8(1), holder: u16(2) });
const savedRegistration = layout(11, { nexus: u16(0), allTargetPorts: bit(2, 0), key: u64(3) });
const savedVersion = 1;

export class PersistentReservations {
  readonly #state: DeviceState;
  readonly #registrations = new Map<Nexus, Registration>();
  #reservation: Reservation | undefined;
  /** PRgeneration: counts the changes of registrations since power on (SPC-5 5.14.5). */
  generation = 0;
  #activatedThroughPowerLoss = false;

  /** Takes back what was kept through a loss of power. */
  constructor(state: DeviceState) {
    this.#state = state;
    this.#restore(state.load(stateName));
  }

  /** In the order they were made. */
  get registrations(): readonly Registration[] {
    return [...this.#registrations.values()];
  }

  get reservation(): Reservation | undefined {
    return this.#reservation;
  }

  /** APTPL of the last registration: all of this survives a loss of power (SPC-5 5.14.3). */
  get activatedThroughPowerLoss(): boolean {
    return this.#activatedThroughPowerLoss;
  }

  keyOf(nexus: Nexus): bigint | undefined {
    return this.#registrations.get(nexus)?.key;
  }

  isHolder(nexus: Nexus): boolean {
    if (!this.#reservation) return false;
    return ofAllRegistrants(this.#reservation.type)
      ? this.#registrations.has(nexus)
      : this.#reservation.holder === nexus;
  }

  /** Whether the reservation is one that every registered nexus holds. */
  get heldByAllRegistrants(): boolean {
    return this.#reservation !== undefined && ofAllRegistrants(this.#reservation.type);
  }

  /** A holder, or registered where that is enough. */
  hasAccess(nexus: Nexus): boolean {
    if (!this.#reservation || this.isHolder(nexus)) return true;
    return sharedByRegistrants(this.#reservation.type) && this.#registrations.has(nexus);
  }

  /** Whether a nexus may run a command of this rule now. */
  allows(nexus: Nexus, rule: ReservationRule): boolean {
    if (!this.#reservation || rule === 'every reservation' || this.hasAccess(nexus)) return true;
    return rule === 'write exclusive' && this.#reservation.type.startsWith('Write Exclusive');
  }

  register(registration: Registration): void {
    this.#registrations.set(registration.nexus, registration);
  }

  /**
   * Removes registrations. A reservation whose last holder goes is released.
   * @returns the type of the reservation that was released, if one was
   */
  unregister(nexuses: readonly Nexus[]): ReservationType | undefined {
    const reservation = this.#reservation;
    for (const nexus of nexuses) this.#registrations.delete(nexus);
    if (!reservation) return undefined;
    const held = ofAllRegistrants(reservation.type)
      ? this.#registrations.size > 0
      : this.#registrations.has(reservation.holder);
    if (held) return undefined;
    this.#reservation = undefined;
    return reservation.type;
  }

  /** Makes or replaces the reservation. */
  reserve(reservation: Reservation): void {
    this.#reservation = reservation;
  }

  release(): void {
    this.#reservation = undefined;
  }

  /** Keeps all this through a loss of power from now on, or forgets what was kept. */
  activateThroughPowerLoss(active: boolean): void {
    this.#activatedThroughPowerLoss = active;
  }

  /** Brings what is kept up to date; called once after each command that changed something. */
  save(): void {
    const kept = this.#activatedThroughPowerLoss ? this.#encode() : new Uint8Array(0);
    if (kept.length > 0 || (this.#state.load(stateName)?.length ?? 0) > 0)
      this.#state.save(stateName, kept);
  }

  #encode(): Uint8Array {
    const reservation = this.#reservation;
    const header = savedHeader.encode({
      version: savedVersion,
      type: reservation ? reservationTypes[reservation.type] : 0,
      holder: reservation?.holder ?? 0,
    });
    return concat(header, ...this.registrations.map((each) => savedRegistration.encode(each)));
  }

  /** What cannot be read is as if nothing had been kept. */
  #restore(kept: Uint8Array | undefined): void {
    if (!kept || kept.length < savedHeader.size) return;
    const { version, type, holder } = savedHeader.decode(kept);
    if (version !== savedVersion) return;
    const { size } = savedRegistration;
    for (let at = savedHeader.size; at + size <= kept.length; at += size)
      this.register(savedRegistration.decode(kept, at));
    const name = reservationTypeOf(type);
    if (name && this.#registrations.has(holder)) this.reserve({ type: name, holder });
    this.#activatedThroughPowerLoss = true;
  }
}
