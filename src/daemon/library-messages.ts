// SPDX-License-Identifier: GPL-2.0-or-later
// What reaches a library over the message queue beside the answers of its drives.
import { ejected, parseDriveReply, started } from '../ipc/drive-protocol.js';
import type { Incoming } from '../ipc/mailbox.js';
import type { Administration } from './administration.js';
import type { Log } from './log.js';

/** What messages can bring about. A unit that is no drive of the library is refused with `false`. */
export interface LibraryActions {
  driveEjected(unit: number): boolean;
  driveStarted(unit: number): boolean;
}

/** Acts on a message, or says in the log why not. */
export function handleLibraryMessage(
  message: Incoming,
  actions: LibraryActions,
  administration: Administration<'library'>,
  log: Log,
): void {
  const { sender, text } = message;
  const command = text.trimEnd();
  const refused = (): void =>
    log.warning(`nothing was done about "${command}" of ${sender}, which is no drive here`);
  if (command === ejected) {
    if (!actions.driveEjected(sender)) refused();
  } else if (command === started) {
    if (!actions.driveStarted(sender)) refused();
  } else if (parseDriveReply(command)) log.debug(`late answer of drive ${sender}: "${command}"`);
  else administration.receive(message);
}
