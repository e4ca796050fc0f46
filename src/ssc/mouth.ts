// SPDX-License-Identifier: GPL-2.0-or-later
// The mouth of a drive: cartridges come in, are threaded, unthreaded, and put out.
import { type Refusal, refuse } from '../sam/reply.js';
import { type CartridgeSource, LoadError } from './cartridge-source.js';
import { useCleaningCartridge } from './cleaning.js';
import { mount, threadingTime } from './mount.js';
import { timeToBeginning } from './moving.js';
import type { TapeDrive } from './tape-drive.js';

/** Seconds a drive takes to load new firmware from a cartridge and start it. */
const firmwareUpdateTime = 180;

const notPresent = (): Refusal => refuse('NOT READY', 'MEDIUM NOT PRESENT');

export class Mouth {
  readonly #drive: TapeDrive;
  readonly #onEjected: () => void;
  #cartridge: CartridgeSource | undefined;
  /** It is in the drive, and not threaded because an initiator said HOLD. */
  #held = false;

  /** @param onEjected told when the cartridge is put out: the library may fetch it */
  constructor(drive: TapeDrive, onEjected: () => void) {
    this.#drive = drive;
    this.#onEjected = onEjected;
  }

  /** The cartridge in the mouth, threaded or not. */
  get cartridge(): CartridgeSource | undefined {
    return this.#cartridge;
  }

  /** A cartridge is in the drive, and not threaded because an initiator said HOLD. */
  get held(): boolean {
    return this.#held;
  }

  /** What commands that need a tape are told while none is threaded. */
  get whyNotReady(): Refusal {
    return this.#held
      ? refuse('NOT READY', 'LOGICAL UNIT NOT READY, INITIALIZING COMMAND REQUIRED')
      : notPresent();
  }

  /**
   * Takes a cartridge and threads it: what a library, or a person, does. The threading takes its time after this.
   * @throws LoadError with the reason; the drive stays empty
   */
  async insert(cartridge: CartridgeSource): Promise<void> {
    if (this.#cartridge)
      throw new LoadError('occupied', `drive holds cartridge ${this.#cartridge.barcode}`);
    await this.#thread(cartridge);
    this.#cartridge = cartridge;
    await this.#becomeReady('load', true);
  }

  /** Gives the cartridge back, unthreading it if need be. Does nothing to an empty drive. */
  async remove(): Promise<void> {
    this.#drive.mechanics.halt();
    await this.#unthread();
    this.#cartridge = undefined;
    this.#held = false;
  }

  /** LOAD UNLOAD with LOAD one: threads the cartridge in the mouth again, or rewinds to partition 0. */
  async load(IMMED: boolean): Promise<void> {
    const { mechanics, mounted, alerts } = this.#drive;
    mechanics.assertStill();
    if (mounted) {
      await this.#drive.rewind(IMMED, 0);
      return;
    }
    if (!this.#cartridge) throw notPresent();
    try {
      await this.#thread(this.#cartridge);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      if (error.reason === 'in use')
        throw refuse('NOT READY', 'LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED');
      alerts.set('load failure');
      throw refuse('MEDIUM ERROR', 'MEDIA LOAD OR EJECT FAILED');
    }
    await this.#becomeReady('thread', IMMED);
  }

  /** LOAD UNLOAD with LOAD and HOLD one: the cartridge is in the drive, its tape not threaded. */
  async hold(): Promise<void> {
    this.#drive.mechanics.assertStill();
    if (!this.#cartridge) throw notPresent();
    await this.#unthread();
    this.#held = true;
  }

  /** LOAD UNLOAD with LOAD zero: unthreads; without HOLD the cartridge is for the library to fetch. */
  async unload(IMMED: boolean, HOLD: boolean): Promise<void> {
    const { mechanics, mounted, removalPreventedBy } = this.#drive;
    mechanics.assertStill();
    if (!HOLD && removalPreventedBy.size > 0)
      throw refuse('ILLEGAL REQUEST', 'MEDIUM REMOVAL PREVENTED');
    if (!this.#cartridge) throw notPresent();
    const seconds =
      mechanics.timing.unloadSeconds + (mounted ? timeToBeginning(mounted, mechanics) : 0);
    await this.#unthread();
    this.#held = HOLD;
    await mechanics.move('unload', seconds, IMMED, () => {
      if (!HOLD) this.#onEjected();
    });
  }

  async #thread(cartridge: CartridgeSource): Promise<void> {
    const mounted = await mount(this.#drive, cartridge);
    this.#drive.statistics.mounted();
    this.#drive.mounted = mounted;
    this.#held = false;
  }

  /** Tells the initiators when the tape is threaded; a cartridge that is no medium does its work and leaves instead. */
  async #becomeReady(movement: 'load' | 'thread', IMMED: boolean): Promise<void> {
    const { mechanics, attentions } = this.#drive;
    const { volume } = this.#drive.mounted!;
    switch (volume.use) {
      case 'cleaning':
        await mechanics.move('clean', useCleaningCartridge(this.#drive, volume), true, () =>
          this.#putOut(),
        );
        return;
      case 'firmware':
        await mechanics.move('update', firmwareUpdateTime, true, () => {
          this.#putOut();
          attentions.raise('MICROCODE HAS BEEN CHANGED');
        });
        return;
      default:
        await mechanics.move(movement, threadingTime(this.#drive, volume), IMMED, () =>
          attentions.raise('NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED'),
        );
    }
  }

  /** The drive has no more use for the cartridge. */
  #putOut(): void {
    const { alerts } = this.#drive;
    this.#unthread().then(this.#onEjected, () => alerts.set('eject failure'));
  }

  async #unthread(): Promise<void> {
    const { mounted, encryption } = this.#drive;
    if (!mounted) return;
    this.#drive.demounting();
    const { bytesFromHost, bytesToHost } = this.#drive.statistics.sinceMount;
    const dismount = () =>
      mounted.volume.dismount({ bytesWritten: bytesFromHost, bytesRead: bytesToHost });
    await (encryption ? encryption.demount(dismount) : dismount());
  }
}
