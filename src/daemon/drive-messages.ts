// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive does when its library or an administrator speaks to it over the message queue.
import {
  type DriveCommand,
  ejected,
  loadedReply,
  loadFailedReply,
  mountStateReply,
  parseDriveCommand,
  unloadedReply,
  unloadFailedReply,
} from '../ipc/drive-protocol.js';
import type { Incoming } from '../ipc/mailbox.js';
import { VTLCMD_ADDRESS } from '../ipc/message.js';
import type { LogicalUnit } from '../sam/logical-unit.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import type { Administration } from './administration.js';
import type { DriveLoading } from './drive-loading.js';
import type { Log } from './log.js';

export interface DriveMessagesOptions {
  readonly drive: TapeDrive;
  readonly unit: LogicalUnit<TapeDrive>;
  readonly loading: DriveLoading;
  readonly administration: Administration<'drive'>;
  /** Unit number of the library, undefined for a drive that stands alone. */
  readonly library: number | undefined;
  readonly send: (receiver: number, text: string) => void;
  readonly log: Log;
  /** Told after every message that may have changed something. */
  readonly changed?: () => void;
}

export class DriveMessages {
  readonly #options: DriveMessagesOptions;
  /** Whether a library has registered: only then it hears of ejects. */
  #registered = false;

  constructor(options: DriveMessagesOptions) {
    this.#options = options;
  }

  /** Deals with one message: a library's in order with the SCSI commands; a reply goes out when it is done. */
  receive(message: Incoming): void {
    const command = message.sender < VTLCMD_ADDRESS ? parseDriveCommand(message.text) : undefined;
    if (!command) {
      this.#options.administration.receive(message);
      return;
    }
    this.#options.unit
      .inOrder(() => this.#handle(command, message))
      .finally(() => this.#options.changed?.())
      .catch((error: unknown) => this.#options.log.error(`"${message.text}": ${String(error)}`));
  }

  /** An initiator unloaded the cartridge. */
  ejected(): void {
    const { library, send, log } = this.#options;
    if (library === undefined || !this.#registered) return;
    try {
      send(library, ejected);
    } catch (error) {
      log.warning(`the library was not told of the eject: ${String(error)}`);
    }
  }

  async #handle(command: DriveCommand, { text, sender, reply }: Incoming): Promise<void> {
    const { drive, log } = this.#options;
    log.debug(`message of ${sender}: ${text}`);
    switch (command.verb) {
      case 'register':
        this.#registered = true;
        break;
      case 'mountState':
        reply(mountStateReply(drive.barcode, drive.mounted !== undefined));
        break;
      case 'load':
        reply(await this.#load(command.barcode));
        break;
      case 'unload':
        reply(await this.#unload(command.barcode));
        break;
      case 'setEmpty':
        await drive.remove();
        reply(unloadedReply);
        break;
    }
  }

  async #load(barcode: string): Promise<string> {
    const refusal = await this.#options.loading.load(barcode);
    return refusal ? loadFailedReply(barcode, refusal.reason) : loadedReply(barcode);
  }

  async #unload(barcode: string): Promise<string> {
    const refusal = await this.#options.loading.unload();
    return refusal ? unloadFailedReply(barcode, refusal.reason) : unloadedReply;
  }
}
