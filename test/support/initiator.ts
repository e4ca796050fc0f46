// SPDX-License-Identifier: GPL-2.0-or-later
// An initiator for tests: CDB bytes in hex go in, status, sense and data come out.
import { unhex } from '../../src/bytes/hex.js';
import type { Completion, TaskRouter } from '../../src/sam/task.js';

export interface Sent {
  readonly dataOut?: Uint8Array;
  readonly dataInRoom?: number;
  readonly nexus?: number;
}

let lastId = 0n;

/** Runs one command on a unit. `cdb` is hex, e.g. `'12 00 00 00 24 00'`. */
export async function send(unit: TaskRouter, cdb: string, sent: Sent = {}): Promise<Completion> {
  const task = {
    id: ++lastId,
    nexus: sent.nexus ?? 0,
    attribute: 'SIMPLE' as const,
    cdb: unhex(cdb),
    dataOut: sent.dataOut ?? new Uint8Array(0),
    dataInRoom: sent.dataInRoom ?? 1 << 24,
  };
  const sentAt = performance.now();
  const completion = await unit.run(task);
  unit.answered?.(task, completion, sentAt, performance.now());
  return completion;
}

/** `key/asc/ascq` of fixed format sense, in hex as the standards print it, e.g. `5/24/00`. */
export function senseOf({ sense }: Completion): string {
  if (sense.length === 0) return 'none';
  const byte = (at: number) => sense[at]!.toString(16).padStart(2, '0');
  return `${(sense[2]! & 0x0f).toString(16)}/${byte(12)}/${byte(13)}`;
}

/** INFORMATION of fixed format sense as a signed number; undefined when not VALID. */
export function informationOf({ sense }: Completion): number | undefined {
  if (!(sense[0]! & 0x80)) return undefined;
  return new DataView(sense.buffer, sense.byteOffset).getInt32(3);
}

/** FILEMARK, EOM and ILI of fixed format sense, those that are set. */
export const flagsOf = ({ sense }: Completion): string[] =>
  [[0x80, 'FILEMARK'] as const, [0x40, 'EOM'] as const, [0x20, 'ILI'] as const].flatMap(
    ([mask, name]) => (sense[2]! & mask ? [name] : []),
  );

/** Field pointer of fixed format sense as `cdb 4.7` or `data 2`; undefined without SKSV. */
export function fieldPointerOf({ sense }: Completion): string | undefined {
  const specific = sense[15]!;
  if (!(specific & 0x80)) return undefined;
  const where = specific & 0x40 ? 'cdb' : 'data';
  const bit = specific & 0x08 ? `.${specific & 0x07}` : '';
  return `${where} ${sense[16]! * 256 + sense[17]!}${bit}`;
}
