// SPDX-License-Identifier: GPL-2.0-or-later
// What every device has, whatever its type: identity, pages, reservation, unit attentions (SPC-5).
import type { Command, ReservationRule } from '../sam/command.js';
import type { CommandSet } from '../sam/command-set.js';
import type { Served } from '../sam/logical-unit.js';
import type { Reply } from '../sam/reply.js';
import type { Sense } from '../sam/sense.js';
import type { Nexus, Task } from '../sam/task.js';
import { TaskSet } from '../sam/task-set.js';
import { UnitAttentions } from '../sam/unit-attention.js';
import { Buffers } from './buffers.js';
import type { Clock, DeviceState, Environment } from './environment.js';
import { InformationalExceptions, type ReportingRules } from './informational-exceptions.js';
import type { InquiryTraits } from './inquiry-data.js';
import type { LogPages } from './log-page.js';
import { controlPage } from './mode-pages/control.js';
import { informationalExceptionsControlPage } from './mode-pages/informational-exceptions-control.js';
import type { ModeParameters } from './mode-parameters.js';
import { PersistentReservations } from './persistent-reservations.js';
import { Timestamp } from './timestamp.js';
import type { VpdPages } from './vpd-page.js';

/** Who this unit says it is. Set by configuration, never changed while it runs. */
export interface Identity {
  /** T10 vendor identification, at most 8 characters. */
  readonly vendor: string;
  /** Product identification, at most 16 characters. */
  readonly product: string;
  /** Product revision level, at most 4 characters. */
  readonly revision: string;
  /** Unit serial number. */
  readonly serial: string;
  /** NAA designator, 8 bytes; the first nibble is sent as 5 (IEEE Registered). */
  readonly naa: Uint8Array;
}

/** Seconds a command usually takes, and those after which one may give up. */
export interface CommandTimeouts {
  readonly nominal: number;
  readonly recommended: number;
}

/** SCSI-2 and older initiators repeat the LUN in CDB byte 1, bits 7 to 5 (SCSI-2 7.2.2). */
const lunInCdb = 0xe0;

/** The part of a device that SPC describes. A device type adds its own state and binds its pages. */
export abstract class PrimaryDevice implements Served<never> {
  readonly identity: Identity;
  readonly inquiry: InquiryTraits;
  readonly clock: Clock;
  readonly state: DeviceState;
  readonly attentions = new UnitAttentions();
  readonly tasks = new TaskSet();
  readonly persistent: PersistentReservations;
  readonly timestamp: Timestamp;
  readonly buffers = new Buffers();
  readonly exceptions: InformationalExceptions;
  readonly ignoredCdbBits: number;
  /** RESERVE and RELEASE: the holding nexus (SPC-2 5.5.1). */
  reservedBy: Nexus | undefined;
  /** PREVENT ALLOW MEDIUM REMOVAL: every nexus that prevents (SPC-5 6.16). */
  readonly removalPreventedBy = new Set<Nexus>();

  abstract readonly commands: CommandSet<never>;
  abstract readonly vpd: VpdPages;
  abstract readonly modes: ModeParameters;
  abstract readonly logs: LogPages;

  constructor(identity: Identity, inquiry: InquiryTraits, environment: Environment) {
    this.identity = identity;
    this.inquiry = inquiry;
    this.clock = environment.clock;
    this.state = environment.state;
    this.timestamp = new Timestamp(this.clock);
    this.exceptions = new InformationalExceptions(this);
    this.persistent = new PersistentReservations(this.state);
    this.ignoredCdbBits = inquiry.version <= 2 ? lunInCdb : 0;
  }

  /** Throws the refusal that TEST UNIT READY and commands needing a ready unit answer. */
  abstract assertReady(): void;

  get senseFormat(): 'fixed' | 'descriptor' {
    return this.modes.current(controlPage)?.D_SENSE ? 'descriptor' : 'fixed';
  }

  reservedAgainst(nexus: Nexus): boolean {
    return this.reservedBy !== undefined && this.reservedBy !== nexus;
  }

  /** Whether another nexus has reserved a part of the unit. A device that reserves parts overrides this. */
  partlyReservedAgainst(_nexus: Nexus): boolean {
    return false;
  }

  /** The nexus releases what parts it has reserved, or reserves the whole. */
  releaseParts(_nexus: Nexus): void {}

  persistentReservationAllows(nexus: Nexus, rule: ReservationRule): boolean {
    return this.persistent.allows(nexus, rule);
  }

  get reportingRules(): ReportingRules | undefined {
    const page = this.modes.current(informationalExceptionsControlPage);
    return page && { ...page, reportCount: page.TEST ? 0 : page.reportCount };
  }

  /** A device with an error recovery page overrides this: PER. */
  get reportsRecoveredErrors(): boolean {
    return false;
  }

  /** A device that knows how long its commands may take overrides this. */
  timeoutsOf(_command: Command<never>): CommandTimeouts | undefined {
    return undefined;
  }

  /** A device with flags to test overrides this, and {@link testFlag} (SSC-5 8.3.6, TEST FLAG NUMBER). */
  knowsTestFlag(_number: number): boolean {
    return false;
  }

  testFlag(_number: number): void {}

  told(_task: Task, reply: Reply): Reply {
    return this.exceptions.attach(reply);
  }

  /** A device that acknowledges what it has not done yet overrides this. */
  takeDeferredError(_nexus: Nexus): Sense | undefined {
    return undefined;
  }

  /** The persistent reservation of a nexus is gone: another one took it, or it ended otherwise. */
  reservationLost(_nexus: Nexus, _preempted: boolean): void {}

  /** A device whose commands wait for its mechanics overrides this. */
  interrupt(): () => void {
    return () => {};
  }

  nexusLost(nexus: Nexus): void {
    if (this.reservedBy === nexus) this.reservedBy = undefined;
    this.removalPreventedBy.delete(nexus);
    this.buffers.echo.delete(nexus);
    this.attentions.raiseFor(nexus, 'I_T NEXUS LOSS OCCURRED');
  }

  reset(): void {
    this.reservedBy = undefined;
    this.removalPreventedBy.clear();
    this.buffers.echo.clear();
    this.modes.reset();
    this.attentions.raise('BUS DEVICE RESET FUNCTION OCCURRED');
  }
}
