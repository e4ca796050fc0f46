// SPDX-License-Identifier: GPL-2.0-or-later
// A message between the library, its drives and vtlcmd, as it lies in the System V queue.
import { endianness } from 'node:os';
import { type Field, i64, layout, littleEndian } from '../bytes/layout.js';

/** msgget's key of the one queue all programs of a host share. */
export const QUEUE_KEY = 0x4d61726b;

/** The command that removes the queue; daemons make it anew. */
export const removeQueue = `ipcrm -Q 0x${QUEUE_KEY.toString(16)}`;

/** Why the queue is full, and what to do. */
export const fullQueue = `a program that should read it does not. See: ipcs -q, and, if need be: ${removeQueue}`;

/** The address vtlcmd of mhvtl 1.8 sends from and is answered at; a unit's address is its number. */
export const VTLCMD_ADDRESS = 32768;

/** Linux numbers processes up to 2^22 (proc(5), pid_max). */
const MAX_PID = 1 << 22;

/** The address of a process that is no unit: its own, so that nobody else gets its answers. */
export const addressOfProcess = (pid: number): number => VTLCMD_ADDRESS + pid;

/** Whether an address is that of one process ({@link addressOfProcess}), neither a unit's nor everybody's. */
export const isProcess = (address: number): boolean => address > VTLCMD_ADDRESS;

/** Most bytes a receiver takes. */
export const MESSAGE_LIMIT = 1040;

export interface Message {
  /** Address of the sender; as anybody may write to the queue, it proves nothing. */
  readonly sender: number;
  readonly text: string;
}

const host = (field: Field<bigint>): Field<bigint> =>
  endianness() === 'LE' ? littleEndian(field) : field;

/** What precedes the text. The address of the receiver is the type of the message, not part of it. */
const header = layout(8, { sender: host(i64(0)) });

/** Zeros behind the text: its end, and eight more when a daemon sends, as the programs always did. */
const zerosAfterText = (sender: number): number => (sender >= VTLCMD_ADDRESS ? 1 : 9);

/** Most characters of text that fit, whoever sends. */
export const TEXT_LIMIT = MESSAGE_LIMIT - header.size - zerosAfterText(0);

/**
 * The bytes of a message.
 * @throws RangeError for a text that is too long or not made of printable ASCII characters
 */
export function encodeMessage({ sender, text }: Message): Uint8Array {
  if (text.length > TEXT_LIMIT)
    throw new RangeError(`a message of ${text.length} characters; ${TEXT_LIMIT} can be sent`);
  if (!/^[ -~]*$/.test(text))
    throw new RangeError(`a message can only have ASCII characters: ${JSON.stringify(text)}`);
  const bytes = new Uint8Array(header.size + text.length + zerosAfterText(sender));
  header.patch(bytes, { sender: BigInt(sender) });
  bytes.set(Buffer.from(text, 'latin1'), header.size);
  return bytes;
}

/**
 * Reads what some program wrote. The text ends at the first zero, or with the message; bytes above 7Fh become the
 * characters of that number, which no command has.
 * @returns undefined when not even a sender is there, or one no program can have
 */
export function decodeMessage(bytes: Uint8Array): Message | undefined {
  if (bytes.length < header.size) return undefined;
  const { sender } = header.decode(bytes);
  if (sender < 1n || sender > BigInt(addressOfProcess(MAX_PID))) return undefined;
  const end = bytes.indexOf(0, header.size);
  const text = bytes.subarray(header.size, end < 0 ? bytes.length : end);
  return { sender: Number(sender), text: Buffer.from(text).toString('latin1') };
}
