// SPDX-License-Identifier: GPL-2.0-or-later
// Takes messages of any address out of the queue, as whoever lives there would.
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

/**
 * Takes one message back that its receiver has not read; the others that wait for it go back in their order.
 * @param putBack sends one of those again
 * @returns whether it was there
 */
export function takeBack(
  queue: Pick<MessageQueue, 'take'>,
  receiver: number,
  message: Uint8Array,
  putBack: (bytes: Uint8Array) => void,
): boolean {
  const waiting = takeAll(queue, receiver);
  const ours = waiting.findIndex((bytes) => Buffer.compare(bytes, message) === 0);
  waiting.forEach((bytes, i) => {
    if (i !== ours) putBack(bytes);
  });
  return ours >= 0;
}
