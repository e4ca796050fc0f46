// SPDX-License-Identifier: GPL-2.0-or-later
// The way to the daemons, whichever it is.
import { Client, NoDaemon, NoQueue, type Outcome } from '../../ipc/client.js';
import { fullQueue } from '../../ipc/message.js';
import { exitStatus, Failure } from './failure.js';

/** Says things to units. */
export interface Daemons {
  /** @throws Failure when no daemon answers */
  ask(unit: number, text: string): Promise<Outcome>;
  close(): void;
}

const remedy = (unit: number): string =>
  `See: systemctl status 'vtl*@${unit}.service', or start it: systemctl start mhvtl.target`;

const DENIED = 'You may not use it: do it as root, or as a member of the group mhvtl.';
const queueHints: Readonly<Record<string, string>> = {
  ENOENT: 'No daemon runs: systemctl start mhvtl.target',
  EACCES: DENIED,
  EPERM: DENIED,
  EAGAIN: `It is full: ${fullQueue}`,
};

/** A failure in words that say what to do. */
export function failureOf(unit: number, error: unknown): unknown {
  if (error instanceof NoDaemon)
    return new Failure(`${error.message}\n${remedy(unit)}`, exitStatus.unreachable);
  if (!(error instanceof NoQueue)) return error;
  const hint = queueHints[error.code] ?? queueHints['ENOENT'];
  return new Failure(
    `OpenExistingQueue: ${error.message}\nMessageQueue not available\n${hint}`,
    exitStatus.unreachable,
  );
}

/** The daemons over the message queue, which is opened at the first question. */
export function daemonsByQueue(key?: number): Daemons {
  let client: Client | undefined;
  return {
    async ask(unit, text) {
      try {
        client ??= new Client(key === undefined ? {} : { key });
        return await client.ask(unit, text);
      } catch (error) {
        throw failureOf(unit, error);
      }
    },
    close: () => client?.close(),
  };
}

/**
 * What a unit says in JSON.
 * @throws Failure when it refuses, or does not know the words: a daemon of mhvtl 1.8
 */
export async function told<T>(daemons: Daemons, unit: number, word: string): Promise<T> {
  const text = await obeyed(daemons, unit, `${word} `);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Failure(`Unit ${unit} does not tell its ${word}: is its daemon of mhvtl 1.8?`);
  }
}

/**
 * What a unit says.
 * @throws Failure with its reason when it refuses
 */
export async function obeyed(daemons: Daemons, unit: number, text: string): Promise<string> {
  const outcome = await daemons.ask(unit, text);
  if (outcome.kind === 'refused') throw new Failure(outcome.text, exitStatus.refused);
  return outcome.kind === 'done' ? outcome.text : '';
}
