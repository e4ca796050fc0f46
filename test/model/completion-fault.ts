// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a completion is one an initiator can make sense of, whatever the command was.
import { hex } from '../../src/bytes/hex.js';
import { additionalSenseCodes } from '../../src/sam/asc.js';
import { status } from '../../src/sam/reply.js';
import type { Completion } from '../../src/sam/task.js';

const statuses = new Set<number>(Object.values(status));
const codes = new Set<number>(Object.values(additionalSenseCodes));

/** What is wrong with a completion; undefined when it is well formed. */
export function fault(
  { status: code, sense, dataIn, dataOutUsed }: Completion,
  sent: Uint8Array,
  room: number,
) {
  if (!statuses.has(code)) return `status ${code}`;
  if (dataIn.length > room) return `${dataIn.length} bytes for a room of ${room}`;
  if (dataOutUsed > sent.length) return `used ${dataOutUsed} of ${sent.length} bytes`;
  if ((code === status['CHECK CONDITION']) !== sense.length > 0) return `sense ${hex(sense)}`;
  if (sense.length === 0) return undefined;
  const fixed = (sense[0]! & 0x7e) === 0x70;
  const additional = fixed ? sense[12]! * 256 + sense[13]! : sense[2]! * 256 + sense[3]!;
  if (!fixed && (sense[0]! & 0x7e) !== 0x72) return `response code of ${hex(sense)}`;
  return codes.has(additional) ? undefined : `additional sense ${additional.toString(16)}`;
}
