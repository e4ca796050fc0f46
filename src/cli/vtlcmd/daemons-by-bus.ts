// SPDX-License-Identifier: GPL-2.0-or-later
// The way to the daemons over the system bus; those that are not on it are asked another way.
import { CallError, Caller, type Target } from '../../dbus/caller.js';
import { NoDaemon, type Outcome } from '../../ipc/client.js';
import { wordOf } from '../../ipc/words.js';
import { type Daemons, failureOf } from './daemons.js';
import { exitStatus, Failure } from './failure.js';

/** How long things may take, in milliseconds. */
export interface BusPatience {
  /** Until a daemon shows that it lives, before it is told anything. */
  readonly alive: number;
  /** Between two looks whether a daemon that works still lives. */
  readonly look: number;
}

const busPatience: BusPatience = { alive: 4_000, look: 2_000 };

/** The interface for commands in words, which every unit has. */
const UNIT = 'org.mhvtl.Unit1';

const sleep = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());

/** The object of a unit, if one of these names is its. */
function targetIn(names: readonly string[], unit: number): Target | undefined {
  for (const kind of ['Drive', 'Library'])
    if (names.includes(`org.mhvtl.${kind}${unit}`))
      return {
        name: `org.mhvtl.${kind}${unit}`,
        path: `/org/mhvtl/${kind.toLowerCase()}/${unit}`,
        interface: UNIT,
      };
  return undefined;
}

async function isAlive(caller: Caller, target: Target, within: number): Promise<boolean> {
  const peer = { ...target, interface: 'org.freedesktop.DBus.Peer' };
  return (await Promise.race([caller.call(peer, 'Ping'), sleep(within)])) !== undefined;
}

/** What an error means. @throws whatever is no refusal, as a failure */
function refusalOf(unit: number, error: unknown): Outcome {
  if (!(error instanceof CallError)) throw failureOf(unit, error);
  if (error.type.startsWith('org.mhvtl.Error.') || error.type.endsWith('.Failed'))
    return { kind: 'refused', text: error.message };
  if (error.type.endsWith('.AccessDenied'))
    throw new Failure(
      'The system bus does not let you administer: do it as root, or as a member of the group mhvtl.',
      exitStatus.unreachable,
    );
  const text = `unit ${unit} has stopped answering: its daemon died or hangs`;
  throw failureOf(unit, new NoDaemon(unit, text));
}

async function ask(
  caller: Caller,
  target: Target,
  unit: number,
  text: string,
  patience: BusPatience,
): Promise<Outcome> {
  const silent = (what: string): unknown =>
    failureOf(unit, new NoDaemon(unit, `unit ${unit} ${what}`));
  try {
    // A daemon that hangs must not find a command later that was given up long ago.
    if (!(await isAlive(caller, target, patience.alive)))
      throw silent('does not read its messages: is its daemon running?');
    const member = wordOf(text.trim().split(/\s+/))?.reads ? 'Query' : 'Command';
    const answer = caller.call(target, member, 's', [text]);
    for (;;) {
      const done = await Promise.race([answer, sleep(patience.look)]);
      if (done) return { kind: 'done', text: String(done[0]) };
      if (!(await isAlive(caller, target, patience.alive)))
        throw silent('has stopped answering: its daemon died or hangs');
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    return refusalOf(unit, error);
  }
}

/**
 * The daemons over the bus, which is looked for at the first question.
 * @param otherwise asked when there is no bus, or a unit is not on it
 */
export function daemonsByBus(
  otherwise: Daemons,
  { address, patience = busPatience }: { address?: string; patience?: BusPatience } = {},
): Daemons {
  let connecting: Promise<Caller | undefined> | undefined;
  return {
    async ask(unit, text) {
      connecting ??= Caller.connect(address);
      const caller = await connecting;
      const names = (await caller?.names().catch(() => [])) ?? [];
      const target = targetIn(names, unit);
      if (!caller || !target) return otherwise.ask(unit, text);
      return ask(caller, target, unit, text, patience);
    },
    close() {
      void connecting?.then((caller) => caller?.close());
      otherwise.close();
    },
  };
}
