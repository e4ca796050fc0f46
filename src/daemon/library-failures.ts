// SPDX-License-Identifier: GPL-2.0-or-later
// A move that failed, in one line for the person who reads the log, with what to do about it.
import type { TransferFailureReason } from '../smc/data-transfer-device.js';
import type { Element } from '../smc/element.js';
import type { FailedTransfer } from '../smc/moves.js';
import { wordFor } from './library-elements.js';

interface Words {
  /** Unit number of the drive that failed. */
  readonly drive: string;
  readonly barcode: string;
  /** Where the cartridges of the library are. */
  readonly homeDirectory: string;
}

const remedies: Readonly<Record<TransferFailureReason, (words: Words) => string>> = {
  'no such cartridge': ({ barcode, homeDirectory }) =>
    `there is no cartridge ${homeDirectory}/${barcode}. Make it with mktape, or take ${barcode} out of library_contents.`,
  'incompatible medium': ({ drive }) =>
    `drive ${drive} does not take cartridges of its type. Use a drive or a cartridge of another generation.`,
  'in use': ({ drive, barcode, homeDirectory }) =>
    `${homeDirectory}/${barcode} is open elsewhere. The log of vtltape@${drive} says who has it: unload it there.`,
  unreadable: ({ drive, barcode, homeDirectory }) =>
    `${homeDirectory}/${barcode} is damaged. See the log of vtltape@${drive} for the file, and restore it.`,
  occupied: ({ drive }) =>
    `drive ${drive} holds a cartridge the library did not put there. Take it out: vtlcmd ${drive} unload.`,
  'removal prevented': ({ drive }) =>
    `a program has locked the cartridge in drive ${drive}. End the program, or unlock the drive with "mt unlock".`,
  'no answer': ({ drive }) =>
    `drive ${drive} does not answer. Does it run? See: systemctl status vtltape@${drive}.`,
  'load failed': ({ drive }) => `drive ${drive} did not load it. See the log of vtltape@${drive}.`,
  'unload failed': ({ drive }) =>
    `drive ${drive} did not unload it. See the log of vtltape@${drive}.`,
};

const nameOf = ({ type, number }: Element): string => `${wordFor[type]} ${number}`;

/**
 * The line.
 * @param unitOf unit number of the drive in a data transfer element
 */
export function failureLine(
  { cartridge, from, to, at, failure }: FailedTransfer,
  homeDirectory: string,
  unitOf: (element: Element) => number | undefined,
): string {
  const { barcode } = cartridge;
  const drive = String(unitOf(at) ?? '?');
  const why = remedies[failure.reason]({ drive, barcode, homeDirectory });
  return `${barcode} was not moved from ${nameOf(from)} to ${nameOf(to)}: ${why}`;
}
