// SPDX-License-Identifier: GPL-2.0-or-later
// Puts a cartridge into the drive and takes it out, for whoever may: the library, an administrator.
import type { DriveRefusal } from '../ipc/drive-protocol.js';
import { type CartridgeSource, LoadError } from '../ssc/cartridge-source.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import type { DriveStates } from './drive-states.js';
import type { Log } from './log.js';

/** Why it did not work: a word for programs, a sentence for people. */
export interface NotLoaded {
  readonly reason: DriveRefusal;
  readonly explanation: string;
}

export class DriveLoading {
  readonly #drive: TapeDrive;
  readonly #find: (barcode: string) => CartridgeSource | undefined;
  readonly #log: Log;
  readonly #states: DriveStates | undefined;

  /**
   * @param find the cartridge with a barcode, undefined when there is none
   * @param states told of what happens, when somebody wants to know
   */
  constructor(
    drive: TapeDrive,
    find: (barcode: string) => CartridgeSource | undefined,
    log: Log,
    states?: DriveStates,
  ) {
    this.#drive = drive;
    this.#find = find;
    this.#log = log;
    this.#states = states;
  }

  /** Returns undefined when the cartridge is in the drive. */
  async load(barcode: string): Promise<NotLoaded | undefined> {
    this.#states?.loading();
    const refusal = await this.#tryToLoad(this.#find(barcode));
    if (refusal) {
      this.#log.warning(`cannot load ${barcode}: ${refusal.explanation}`, { barcode });
      this.#states?.loadFailed();
    } else {
      this.#log.notice(`loaded ${barcode}`, { barcode });
      this.#states?.settled();
    }
    return refusal;
  }

  /** Returns undefined when the drive is empty. */
  async unload(): Promise<NotLoaded | undefined> {
    const { barcode } = this.#drive;
    if (this.#drive.removalPreventedBy.size > 0) {
      const explanation = 'an initiator prevents its removal';
      this.#log.warning(`cannot unload ${barcode}: ${explanation}`, { barcode });
      return { reason: 'removal prevented', explanation };
    }
    if (barcode !== undefined) this.#states?.unloading();
    await this.#drive.remove();
    this.#states?.settled();
    if (barcode !== undefined) this.#log.notice(`unloaded ${barcode}`, { barcode });
    return undefined;
  }

  async #tryToLoad(cartridge: CartridgeSource | undefined): Promise<NotLoaded | undefined> {
    if (!cartridge)
      return {
        reason: 'no such cartridge',
        explanation: 'there is no such cartridge; mktape makes one',
      };
    try {
      await this.#drive.insert(cartridge);
      return undefined;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      return { reason: error.reason, explanation: error.message };
    }
  }
}
