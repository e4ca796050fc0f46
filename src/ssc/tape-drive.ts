// SPDX-License-Identifier: GPL-2.0-or-later
// A tape drive: a primary device with a mounted volume and a position on it (SSC-5).
import type { Volume } from '../medium/volume.js';
import { CommandSet } from '../sam/command-set.js';
import { refuse } from '../sam/reply.js';
import type { Environment } from '../spc/environment.js';
import { deviceTypes } from '../spc/inquiry-data.js';
import { LogPages } from '../spc/log-page.js';
import { ModeParameters } from '../spc/mode-parameters.js';
import { type Identity, PrimaryDevice } from '../spc/primary.js';
import { VpdPages } from '../spc/vpd-page.js';
import { type CartridgeSource, LoadError } from './cartridge-source.js';
import { type Acceptance, acceptance, type DriveProduct } from './drive-product.js';
import { MediumBytes } from './medium-bytes.js';
import { tapeModeFrame } from './mode-frame.js';
import { Statistics } from './statistics.js';
import { TapeAlerts } from './tape-alerts.js';

/** A threaded volume and where the drive stands on it. */
export interface Mounted {
  readonly volume: Volume;
  readonly access: Exclude<Acceptance, 'refused'>;
  partition: number;
  /** Logical object identifier: the number of the next object. */
  position: number;
}

/** What a drive starts with beside its product. */
export interface DriveOptions extends Environment {
  readonly identity: Identity;
  /** DCE of the Data Compression mode page after power on. */
  readonly compression: boolean;
  /** Told when an initiator unloads the volume: the library may fetch it now. */
  onEjected?(): void;
}

export class TapeDrive extends PrimaryDevice {
  readonly product: DriveProduct;
  readonly commands: CommandSet<TapeDrive>;
  readonly vpd: VpdPages;
  readonly modes: ModeParameters;
  readonly logs: LogPages;
  readonly alerts: TapeAlerts;
  readonly #statistics: Statistics;
  readonly mediumBytes: MediumBytes;
  /** DCE of the Data Compression mode page. */
  compression: boolean;
  readonly #compressionAtPowerOn: boolean;
  /** BLOCK LENGTH of the mode block descriptor; 0: variable blocks only. */
  blockLength = 0;
  /** BUFFERED MODE of the mode parameter header. */
  bufferedMode = 1;
  mounted: Mounted | undefined;
  readonly #onEjected: () => void;
  /** The cartridge in the mouth, threaded or not. */
  #cartridge: CartridgeSource | undefined;
  /** Two buffers in turn: the data of one reply stay intact while the next command runs. */
  readonly #readBuffers = [new Uint8Array(0), new Uint8Array(0)];
  #readBuffer = 0;

  constructor(product: DriveProduct, options: DriveOptions) {
    super(options.identity, product.inquiry, options);
    this.product = product;
    this.commands = new CommandSet<TapeDrive>(product.commands);
    this.compression = options.compression;
    this.#compressionAtPowerOn = options.compression;
    this.#onEjected = options.onEjected ?? (() => {});
    this.#statistics = new Statistics(options.state);
    this.mediumBytes = new MediumBytes(this.#statistics);
    this.alerts = new TapeAlerts(() => this.#statistics.count('alertsRaised'));
    const deviceType = deviceTypes[product.inquiry.deviceType];
    this.vpd = VpdPages.of<TapeDrive>(this, deviceType, product.vpdPages);
    this.modes = ModeParameters.of<TapeDrive>(this, tapeModeFrame(this), product.modePages);
    this.logs = LogPages.of<TapeDrive>(this, product.logPages);
  }

  /** What was counted, brought up to date. */
  get statistics(): Statistics {
    this.mediumBytes.settle();
    return this.#statistics;
  }

  /** The barcode in the mouth, threaded or not. */
  get barcode(): string | undefined {
    return this.#cartridge?.barcode;
  }

  assertReady(): void {
    const mounted = this.mounted;
    if (!mounted) throw refuse('NOT READY', 'MEDIUM NOT PRESENT');
    if (mounted.volume.use === 'cleaning')
      throw refuse('NOT READY', 'CLEANING CARTRIDGE INSTALLED');
  }

  override reset(): void {
    this.blockLength = 0;
    this.bufferedMode = 1;
    this.compression = this.#compressionAtPowerOn;
    super.reset();
  }

  /** The mounted volume. Throws the refusal of {@link assertReady}. */
  assertMounted(): Mounted {
    this.assertReady();
    return this.mounted!;
  }

  /**
   * Takes a cartridge and threads it: what a library, or a person, does.
   * @throws LoadError with the reason; the drive stays empty
   */
  async insert(cartridge: CartridgeSource): Promise<void> {
    if (this.#cartridge)
      throw new LoadError('occupied', `drive holds cartridge ${this.#cartridge.barcode}`);
    await this.#thread(cartridge);
    this.#cartridge = cartridge;
    this.attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED');
  }

  /** Gives the cartridge back, unthreading it if need be. Does nothing to an empty drive. */
  async remove(): Promise<void> {
    await this.#unthread();
    this.#cartridge = undefined;
  }

  /** LOAD UNLOAD with LOAD one: threads the cartridge in the mouth again, or rewinds. */
  async load(): Promise<void> {
    if (this.mounted) {
      await this.rewind();
      return;
    }
    if (!this.#cartridge) throw refuse('NOT READY', 'MEDIUM NOT PRESENT');
    try {
      await this.#thread(this.#cartridge);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      throw refuse('MEDIUM ERROR', 'MEDIA LOAD OR EJECT FAILED');
    }
    this.attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED');
  }

  /** LOAD UNLOAD with LOAD zero: unthreads; the cartridge stays in the mouth for the library to fetch. */
  async unload(): Promise<void> {
    if (this.removalPreventedBy.size > 0)
      throw refuse('ILLEGAL REQUEST', 'MEDIUM REMOVAL PREVENTED');
    if (!this.#cartridge) throw refuse('NOT READY', 'MEDIUM NOT PRESENT');
    await this.#unthread();
    this.#onEjected();
  }

  /** To the beginning of partition 0 (SSC-5 7.12: REWIND keeps the partition; loading does not). */
  async rewind(): Promise<void> {
    const mounted = this.assertMounted();
    await mounted.volume.flush();
    mounted.position = 0;
    this.#statistics.count('rewinds');
  }

  /** A buffer for the data of one READ, valid until the one after the next. */
  readBuffer(length: number): Uint8Array {
    this.#readBuffer ^= 1;
    let buffer = this.#readBuffers[this.#readBuffer]!;
    if (buffer.length < length) {
      buffer = new Uint8Array(length);
      this.#readBuffers[this.#readBuffer] = buffer;
    }
    return buffer.subarray(0, length);
  }

  async #thread(cartridge: CartridgeSource): Promise<void> {
    let volume: Volume;
    try {
      volume = await cartridge.open();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new LoadError('unreadable', message, { cause });
    }
    const access = acceptance(this.product, volume);
    if (access === 'refused') {
      await volume.close();
      this.#statistics.count('refusedCartridges');
      this.alerts.set('unsupported format');
      throw new LoadError(
        'incompatible medium',
        `${this.identity.product} does not take a ${volume.type.mktapeName} ${volume.use} cartridge`,
      );
    }
    const { dirty } = await volume.mount(this.identity);
    if (dirty) this.alerts.set('lost statistics');
    if (volume.use === 'cleaning') this.alerts.set('cleaning media');
    this.#statistics.mounted();
    this.mounted = { volume, access, partition: 0, position: 0 };
  }

  async #unthread(): Promise<void> {
    const mounted = this.mounted;
    if (!mounted) return;
    this.mounted = undefined;
    this.removalPreventedBy.clear();
    this.mediumBytes.end();
    this.#statistics.count('dismounts');
    this.#statistics.save();
    const { bytesFromHost, bytesToHost } = this.#statistics.sinceMount;
    await mounted.volume.dismount({ bytesWritten: bytesFromHost, bytesRead: bytesToHost });
  }
}
