// SPDX-License-Identifier: GPL-2.0-or-later
// What a daemon tells the service manager that started it: sd_notify(3).
import { addon } from '../addon/addon.js';
import type { Log } from './log.js';

/** Does nothing in a process no service manager waits for. */
export interface ServiceManager {
  /** False when nobody listens: what is only found out to be told can be left out. */
  readonly listens: boolean;
  /** The unit can be used; from now on the watchdog is fed. */
  ready(status: string): void;
  /** One line for `systemctl status`. */
  status(text: string): void;
  /** The configuration is read again; `ready` ends it. */
  reloading(): void;
  stopping(): void;
}

/** The variables a service manager sets, as in process.env. */
type Environment = Readonly<Record<string, string | undefined>>;

const silent: ServiceManager = {
  listens: false,
  ready() {},
  status() {},
  reloading() {},
  stopping() {},
};

/** Milliseconds after which the service manager gives this process up, if it watches it (sd_watchdog_enabled(3)). */
export function watchdogMs(environment: Environment, pid: number): number | undefined {
  const microseconds = Number(environment['WATCHDOG_USEC']);
  const watched = environment['WATCHDOG_PID'];
  if (!(microseconds > 0) || (watched !== undefined && Number(watched) !== pid)) return undefined;
  return microseconds / 1000;
}

/**
 * The service manager named by the environment.
 *
 * The watchdog is fed by the event loop, which also serves the commands: a loop that hangs stops feeding. Half of
 * the time allowed is the only thing that wakes an idle daemon.
 * @param environment where NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID are looked for
 * @param send delivers a datagram; throws when it cannot
 */
export function serviceManager(
  log: Log,
  environment: Environment = process.env,
  send: (socket: string, text: string) => void = (socket, text) => addon().notify(socket, text),
): ServiceManager {
  const socket = environment['NOTIFY_SOCKET'];
  if (!socket) return silent;
  const tell = (...assignments: string[]): void => {
    try {
      send(socket, assignments.join('\n'));
    } catch (error) {
      log.warning(`the service manager hears nothing: ${(error as Error).message}`);
    }
  };
  let fed = false;
  const feed = (): void => {
    const allowed = watchdogMs(environment, process.pid);
    if (allowed === undefined || fed) return;
    fed = true;
    setInterval(tell, allowed / 2, 'WATCHDOG=1').unref();
  };
  return {
    listens: true,
    ready(status) {
      tell('READY=1', `STATUS=${status}`);
      feed();
    },
    status: (text) => tell(`STATUS=${text}`),
    reloading: () => tell('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`),
    stopping: () => tell('STOPPING=1', 'STATUS=putting the unit away'),
  };
}
