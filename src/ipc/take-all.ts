// SPDX-License-Identifier: GPL-2.0-or-later
// Empties an address of the message queue.
import type { MessageQueue } from '../addon/addon.js';
import { MESSAGE_LIMIT } from './message.js';

/** The messages that wait for `address`, the oldest first; they are taken out. */
export function takeAll(queue: Pick<MessageQueue, 'take'>, address: number): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (;;) {
    const bytes = queue.take(address, MESSAGE_LIMIT);
    if (!bytes) return all;
    all.push(bytes);
  }
}
