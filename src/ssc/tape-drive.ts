// SPDX-License-Identifier: GPL-2.0-or-later
// A tape drive: a primary device with a mounted volume and a position on it (SSC-5).
import type { Compression, Volume } from '../medium/volume.js';
import type { Command } from '../sam/command.js';
import { CommandSet } from '../sam/command-set.js';
import { type Reply, refuse } from '../sam/reply.js';
import type { Sense } from '../sam/sense.js';
import type { Nexus, Task } from '../sam/task.js';
import { deviceTypes } from '../spc/inquiry-data.js';
import { LogPages } from '../spc/log-page.js';
import { ModeParameters } from '../spc/mode-parameters.js';
import { type CommandTimeouts, PrimaryDevice } from '../spc/primary.js';
import { VpdPages } from '../spc/vpd-page.js';
import type { AccessOrder } from './access-order/user-data-segment.js';
import type { CartridgeSource } from './cartridge-source.js';
import { timeoutsOf } from './command-timeouts.js';
import type { Automation, DriveOptions } from './drive-options.js';
import type { Acceptance, DriveProduct } from './drive-product.js';
import { BlockEncryption } from './encryption/block-encryption.js';
import { circumstances } from './error-circumstances.js';
import { ErrorHistory } from './error-history.js';
import { commandsOf, modePagesOf, vpdPagesOf } from './features.js';
import { Mechanics, noPace } from './mechanics.js';
import { MediumBytes } from './medium-bytes.js';
import { mediumFault } from './medium-conditions.js';
import { tapeModeFrame } from './mode-frame.js';
import { readWriteErrorRecoveryPage } from './mode-pages/read-write-error-recovery.js';
import { Mouth } from './mouth.js';
import { timeToBeginning } from './moving.js';
import type { Division } from './partitioning.js';
import { ReadBuffers } from './read-buffers.js';
import { type CounterName, Statistics } from './statistics.js';
import { knowsTestFlag, TapeAlerts, testFlag } from './tape-alerts.js';
import type { OverwritePermission } from './write-permission.js';

/** A threaded volume and where the drive stands on it. */
export interface Mounted {
  readonly volume: Volume;
  readonly access: Exclude<Acceptance, 'refused'>;
  partition: number;
  /** Logical object identifier: the number of the next object. */
  position: number;
}

/** What fails after its status was a WRITE, of one form or another: its CDB is gone by then. */
const deferredCommand = Uint8Array.of(0x0a, 0, 0, 0, 0, 0);

export class TapeDrive extends PrimaryDevice {
  readonly product: DriveProduct;
  readonly commands: CommandSet<TapeDrive>;
  readonly vpd: VpdPages;
  readonly modes: ModeParameters;
  readonly logs: LogPages;
  readonly alerts: TapeAlerts;
  readonly #statistics: Statistics;
  readonly history: ErrorHistory;
  /** {@link Clock.elapsed} when it was made. */
  readonly #poweredOnAt: number;
  readonly mediumBytes: MediumBytes;
  /** DCE of the Data Compression mode page. */
  compression: boolean;
  /** How blocks are compressed while DCE is one. */
  compressor: Compression | undefined;
  readonly #compressionAtPowerOn: boolean;
  /** BLOCK LENGTH of the mode block descriptor; 0: variable blocks only. */
  blockLength = 0;
  /** BUFFERED MODE of the mode parameter header. */
  bufferedMode = 1;
  mounted: Mounted | undefined;
  /** Who wrote last: it is told of blocks that were accepted and could not be written; if it is gone, anyone. */
  writer: Nexus | undefined;
  readonly mechanics: Mechanics;
  readonly bigEndianProtection: boolean;
  readonly automation: Automation | undefined;
  /** Undefined when the product does not encrypt. */
  readonly encryption: BlockEncryption | undefined;
  /** WRITE MODE of the Device Configuration Extension mode page: nothing is overwritten. Ends with the mount. */
  appendOnly = false;
  /** What MODE SELECT asked of the next FORMAT MEDIUM. */
  partitioning: Division | undefined;
  /** Orders of access recommended to initiators, until the volume goes. */
  readonly accessOrders = new Map<Nexus, AccessOrder>();
  /** What the front panel shows. */
  display: readonly string[] = [];
  /** What ALLOW OVERWRITE let happen in append-only mode. */
  overwriteAllowed: OverwritePermission = 'none';
  readonly mouth: Mouth;
  readonly readBuffers = new ReadBuffers();

  constructor(product: DriveProduct, options: DriveOptions) {
    super(options.identity, product.inquiry, options);
    this.product = product;
    this.encryption =
      product.encryption &&
      options.cipher &&
      new BlockEncryption(product.encryption, options.cipher, this.attentions);
    this.commands = new CommandSet<TapeDrive>(commandsOf(product, this.encryption !== undefined));
    this.compression = options.compression;
    this.compressor = options.compressor;
    this.#compressionAtPowerOn = options.compression;
    this.mouth = new Mouth(this, options.onEjected ?? (() => {}));
    this.mechanics = new Mechanics(product.timing, options.pace ?? noPace, options.clock);
    this.bigEndianProtection = options.bigEndianProtection ?? true;
    this.automation = options.automation;
    this.#statistics = new Statistics(options.state);
    this.history = new ErrorHistory(options.state);
    this.#poweredOnAt = options.clock.elapsed();
    this.mediumBytes = new MediumBytes(this.#statistics);
    this.alerts = new TapeAlerts({
      raised: () => {
        this.count('alertsRaised');
        this.exceptions.occur('FAILURE PREDICTION THRESHOLD EXCEEDED');
      },
      allGone: () => this.exceptions.clear(),
    });
    const deviceType = deviceTypes[product.inquiry.deviceType];
    this.vpd = VpdPages.of<TapeDrive>(this, deviceType, vpdPagesOf(product));
    this.modes = ModeParameters.of<TapeDrive>(this, tapeModeFrame(this), modePagesOf(product));
    this.logs = LogPages.of<TapeDrive>(this, product.logPages);
  }

  /** What was counted, brought up to date. */
  get statistics(): Statistics {
    this.mediumBytes.settle();
    const on = Math.floor((this.clock.elapsed() - this.#poweredOnAt) / 1000);
    this.count('powerOnSeconds', on - this.#statistics.sincePowerOn.powerOnSeconds);
    return this.#statistics;
  }

  count(name: CounterName, amount = 1): void {
    this.#statistics.count(name, amount);
  }

  /** The barcode in the mouth, threaded or not. */
  get barcode(): string | undefined {
    return this.mouth.cartridge?.barcode;
  }

  assertReady(): void {
    this.mechanics.assertStill();
    if (!this.mounted) throw this.mouth.whyNotReady;
    if (this.mounted.volume.use === 'cleaning')
      throw refuse('NOT READY', 'CLEANING CARTRIDGE INSTALLED');
  }

  override interrupt(): () => void {
    return this.mechanics.hurry();
  }

  override reset(): void {
    this.blockLength = 0;
    this.bufferedMode = 1;
    this.compression = this.#compressionAtPowerOn;
    this.encryption?.parameters.reset();
    this.encryption?.wipeKeys(this.mounted?.volume);
    this.accessOrders.clear();
    super.reset();
  }

  override nexusLost(nexus: Nexus): void {
    if (this.writer === nexus) this.writer = undefined;
    this.encryption?.parameters.nexusLost(nexus);
    this.encryption?.wipeKeys(this.mounted?.volume);
    this.accessOrders.delete(nexus);
    super.nexusLost(nexus);
  }

  /** The reservation of a nexus is gone: another one took it, or it ended otherwise. */
  override reservationLost(nexus: Nexus, preempted: boolean): void {
    this.encryption?.parameters.reservationLost(nexus, preempted);
    this.encryption?.wipeKeys(this.mounted?.volume);
  }

  override get reportsRecoveredErrors(): boolean {
    return this.modes.current(readWriteErrorRecoveryPage)?.PER ?? false;
  }

  override timeoutsOf(command: Command<never>): CommandTimeouts {
    return timeoutsOf(this.product, command);
  }

  override knowsTestFlag(number: number): boolean {
    return knowsTestFlag(number);
  }

  override testFlag(number: number): void {
    testFlag(this.alerts, number);
  }

  /** Errors of the medium and of the drive go into the history. */
  override told(task: Task, reply: Reply): Reply {
    if (reply.sense && ErrorHistory.isRecorded(reply.sense.key))
      this.history.record(circumstances(this, task.cdb, reply.sense));
    return super.told(task, reply);
  }

  /** Blocks that were acknowledged and could not be written (SPC-5 4.4.7). */
  override takeDeferredError(nexus: Nexus): Sense | undefined {
    if (this.writer !== undefined && this.writer !== nexus) return undefined;
    const error = this.mounted?.volume.takeDeferredError();
    const condition = error && mediumFault(this, error);
    if (condition && ErrorHistory.isRecorded(condition.key))
      this.history.record(circumstances(this, deferredCommand, condition));
    return condition;
  }

  /** The mounted volume. Throws the refusal of {@link assertReady}. */
  assertMounted(): Mounted {
    this.assertReady();
    return this.mounted!;
  }

  /** The same for commands about the memory of the cartridge, which is read while the tape is threaded. */
  assertMemory(): Mounted {
    if (this.mouth.held)
      throw refuse('NOT READY', 'LOGICAL UNIT NOT READY, AUXILIARY MEMORY NOT ACCESSIBLE');
    return this.assertMounted();
  }

  /** What a library does, or a person: see {@link Mouth}. */
  insert(cartridge: CartridgeSource): Promise<void> {
    return this.mouth.insert(cartridge);
  }

  remove(): Promise<void> {
    return this.mouth.remove();
  }

  /** To the beginning of the partition (SSC-5 7.22), or of another one. */
  async rewind(IMMED = false, partition?: number): Promise<void> {
    const mounted = this.assertMounted();
    await mounted.volume.flush();
    const seconds = timeToBeginning(mounted, this.mechanics);
    mounted.partition = partition ?? mounted.partition;
    mounted.position = 0;
    this.count('rewinds');
    await this.mechanics.move('rewind', seconds, IMMED);
  }

  /** The volume is going: what belonged to it is forgotten, what was counted is kept. */
  demounting(): void {
    this.mounted = undefined;
    this.writer = undefined;
    this.removalPreventedBy.clear();
    this.appendOnly = false;
    this.overwriteAllowed = 'none';
    this.partitioning = undefined;
    this.accessOrders.clear();
    this.mediumBytes.end();
    this.count('dismounts');
    this.statistics.save();
  }
}
