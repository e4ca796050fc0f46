// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive does when its library or an administrator speaks to it over the message queue.
import {
  type DriveRefusal,
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
import { type CartridgeSource, LoadError } from '../ssc/cartridge-source.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import type { Log } from './log.js';

export interface DriveMessagesOptions {
  readonly drive: TapeDrive;
  readonly unit: LogicalUnit<TapeDrive>;
  readonly find: (barcode: string) => CartridgeSource | undefined;
  /** Unit number of the library, undefined for a drive that stands alone. */
  readonly library: number | undefined;
  readonly send: (receiver: number, text: string) => void;
  readonly stop: () => void;
  readonly log: Log;
}

/** What vtlcmd says to a drive beside the words it shares with libraries. */
function parseAdministration(
  text: string,
): { readonly verb: 'exit' } | { readonly verb: 'load'; readonly barcode: string } | undefined {
  const [verb, barcode, ...rest] = text.trim().split(/\s+/);
  if (verb === 'exit' && barcode === undefined) return { verb };
  if (verb === 'load' && barcode !== undefined && rest.length === 0) return { verb, barcode };
  return undefined;
}

export class DriveMessages {
  readonly #options: DriveMessagesOptions;
  /** Whether a library has registered: only then it hears of ejects. */
  #registered = false;

  constructor(options: DriveMessagesOptions) {
    this.#options = options;
  }

  /** Deals with one message, in order with the SCSI commands; a reply goes out when it is done. */
  receive(message: Incoming): void {
    this.#options.unit
      .inOrder(() => this.#handle(message))
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

  async #handle({ text, sender, reply }: Incoming): Promise<void> {
    const { drive, log, stop } = this.#options;
    log.debug(`message of ${sender}: ${text}`);
    /* vtlcmd never reads the answer to load and unload: it would lie in the queue for the next one. */
    const answer = sender === VTLCMD_ADDRESS ? () => {} : reply;
    const command = parseDriveCommand(text) ?? parseAdministration(text);
    switch (command?.verb) {
      case 'register':
        this.#registered = true;
        break;
      case 'mountState':
        answer(mountStateReply(drive.barcode));
        break;
      case 'load':
        answer(await this.#load(command.barcode));
        break;
      case 'unload':
        answer(await this.#unload(command.barcode));
        break;
      case 'setEmpty':
        await drive.remove();
        answer(unloadedReply);
        break;
      case 'exit':
        stop();
        break;
      default:
        log.warning(`unit ${sender} sent "${text.trimEnd()}", which is no command for a drive`);
    }
  }

  async #load(barcode: string): Promise<string> {
    const { drive, find, log } = this.#options;
    const refusal = await this.#tryToLoad(drive, find(barcode));
    if (refusal === undefined) {
      log.notice(`loaded ${barcode}`);
      return loadedReply(barcode);
    }
    log.warning(`cannot load ${barcode}: ${refusal.explanation}`);
    return loadFailedReply(barcode, refusal.reason);
  }

  async #tryToLoad(
    drive: TapeDrive,
    cartridge: CartridgeSource | undefined,
  ): Promise<{ readonly reason: DriveRefusal; readonly explanation: string } | undefined> {
    if (!cartridge)
      return {
        reason: 'no such cartridge',
        explanation: 'there is no such cartridge; mktape makes one',
      };
    try {
      await drive.insert(cartridge);
      return undefined;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      return { reason: error.reason, explanation: error.message };
    }
  }

  async #unload(barcode: string): Promise<string> {
    const { drive, log } = this.#options;
    if (drive.removalPreventedBy.size > 0) {
      log.warning(`cannot unload ${drive.barcode ?? barcode}: an initiator prevents its removal`);
      return unloadFailedReply(barcode, 'removal prevented');
    }
    const held = drive.barcode;
    await drive.remove();
    if (held !== undefined) log.notice(`unloaded ${held}`);
    return unloadedReply;
  }
}
