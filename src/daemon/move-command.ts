// SPDX-License-Identifier: GPL-2.0-or-later
// The movecommand of a library: a program that is run before each move and can forbid it.
import { execFile } from 'node:child_process';
import type { Element, ElementType } from '../smc/element.js';
import type { Transfer } from '../smc/moves.js';
import { MoveForbidden } from '../smc/surroundings.js';

/** Types of elements in the program's arguments. */
const typeWords: Readonly<Record<ElementType, string>> = {
  'medium transport': 'Picker',
  storage: 'Storage',
  'import/export': 'MAP',
  'data transfer': 'Drive',
};

const wordsFor = ({ type, number }: Element): string[] => [typeWords[type], String(number)];

/** Type and number of source and destination, and the barcode. */
export const moveArguments = ({ cartridge, from, to }: Transfer): string[] => [
  ...wordsFor(from),
  ...wordsFor(to),
  cartridge.barcode,
];

/** How it ended, in words; undefined when all is well. */
function run(program: string, words: string[], timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: timeoutMs, killSignal: 'SIGKILL' }, (error, _, stderr) => {
      if (!error) resolve(undefined);
      else if (error.killed) resolve(`did not end in ${timeoutMs / 1000} seconds and was killed`);
      else resolve(`said no: ${stderr.trim() || error.message}`);
    });
  });
}

/**
 * Runs the program once for each cartridge; no shell reads its arguments.
 * @param command the program, and arguments that come before those of the move, separated by blanks
 * @throws MoveForbidden when it ends with another status than 0, or not in time
 */
export async function runMoveCommand(
  command: string,
  timeoutSeconds: number,
  transfers: readonly Transfer[],
): Promise<void> {
  const [program, ...first] = command.split(/\s+/);
  for (const transfer of transfers) {
    const words = [...first, ...moveArguments(transfer)];
    const wrong = await run(program!, words, timeoutSeconds * 1000);
    if (wrong !== undefined)
      throw new MoveForbidden(`${transfer.cartridge.barcode} was not moved: ${command} ${wrong}`);
  }
}
