// SPDX-License-Identifier: GPL-2.0-or-later
// The life both daemons share: configuration, port, signals, an orderly end.
import { hex } from '../bytes/hex.js';
import { type Configuration, DEFAULT_CONFIG_PATH, loadConfiguration } from '../config/load.js';
import { ConfigurationError, formatProblem } from '../config/problem.js';
import { KernelPort } from '../port/kernel-port.js';
import type { Task, TaskRouter } from '../sam/task.js';
import { type DeviceKind, waitForNodes } from './device-nodes.js';
import type { Log } from './log.js';
import { type ServiceManager, serviceManager } from './notify.js';
import { tidyWhenStarted } from './tidy.js';

/** Exit statuses, as the journal shows them (sysexits(3) where it has a word for it). */
export const exitStatus = { configuration: 78, unavailable: 69 } as const;

/** Commands of one unit in flight at once: what a real drive or library accepts. */
const queueDepth = 32;
/** How long initiators keep their device nodes while a daemon that died is started again. */
const graceMs = 60_000;
/**
 * How long a command that has just been answered lets the next one come without a trip through the event loop.
 * Measured: a third less time a command; longer gains nothing (ARCHITECTURE.md).
 */
const waitMicroseconds = 50;

/** The configuration as it is now. @throws ConfigurationError */
export const loadAgain = (unit: number): Configuration =>
  loadConfiguration(process.env['MHVTL_CONFIG_PATH'] ?? DEFAULT_CONFIG_PATH, { unit });

/** The configuration, or the end of the process with every problem named. */
export function readConfiguration(unit: number, log: Log): Configuration {
  try {
    const configuration = loadAgain(unit);
    for (const problem of configuration.warnings) log.warning(formatProblem(problem));
    return configuration;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const problem of error.problems) log.error(formatProblem(problem));
    return process.exit(exitStatus.configuration);
  }
}

/** The record of a unit among those of its kind, or the end of the process. */
export function recordOf<T extends { readonly unit: number }>(
  records: readonly T[],
  unit: number,
  kind: string,
  configuration: Configuration,
  log: Log,
): T {
  const record = records.find((each) => each.unit === unit);
  if (record) return record;
  const known = records.map((each) => each.unit).join(', ') || 'none';
  log.error(`${configuration.directory}/device.conf has no ${kind}: ${unit}; there are: ${known}`);
  return process.exit(exitStatus.configuration);
}

/** What the device server calls when a command fails with anything but a refusal. */
export const bugReporter =
  (log: Log) =>
  ({ cdb }: Task, error: unknown): void =>
    log.error(
      `bug in command ${hex(cdb)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );

export interface DaemonParts {
  readonly unit: number;
  readonly kind: DeviceKind;
  readonly address: { readonly channel: number; readonly target: number; readonly lun: number };
  readonly router: TaskRouter;
  readonly log: Log;
  /** Runs once the initiators have their devices. */
  onAttached(): void;
  /** Reads the configuration again, on SIGHUP; tells itself what is wrong with it. */
  onReload?(): Promise<void>;
  /** Runs before the devices are taken away, and must end soon. */
  onStop(): Promise<void>;
}

/** Where the initiators have the unit. */
interface Attached {
  /** SCSI addresses, `host:channel:target:lun`. */
  readonly addresses: readonly string[];
  /** The devices there are not older, milliseconds since 1970; 0 when they were taken over. */
  readonly since: number;
}

/** Tells the service manager that the unit can be used, once programs can open its device nodes. */
async function announce(
  manager: ServiceManager,
  { addresses, since }: Attached,
  kind: DeviceKind,
  log: Log,
): Promise<void> {
  if (!manager.listens) return;
  const { present, missing, absentDrivers } = await waitForNodes(addresses, kind, { since });
  for (const driver of absentDrivers)
    log.warning(
      `the kernel has no driver ${driver}: modprobe ${driver}; some distributions keep it in a package of extra modules`,
    );
  if (missing.length > 0) log.warning(`still missing: ${missing.join(', ')}`);
  manager.ready(`${addresses.join(' ')}: ${present.join(' ') || 'no device nodes'}`);
}

/** Gives the initiators the unit, or ends the process. */
async function attach(port: KernelPort, { router, log }: DaemonParts): Promise<Attached> {
  const before = Date.now();
  const giveUp = (reason: unknown): never => {
    log.error(reason instanceof Error ? reason.message : String(reason));
    return process.exit(exitStatus.unavailable);
  };
  const { takeover, paths } = await port.start(router, giveUp).catch(giveUp);
  const addresses: string[] = [];
  for (const { host, channel, target, lun, error } of paths)
    if (error === undefined) addresses.push(`${host}:${channel}:${target}:${lun}`);
    else log.error(`host ${host} made no device: ${error}`);
  for (const address of addresses)
    log.notice(`${takeover ? 'took over' : 'attached as'} ${address}`);
  return { addresses, since: takeover ? 0 : before };
}

/**
 * Offers the unit to the kernel and serves it until a signal or `stop` ends the process.
 * @returns the function that ends it in order; the promise it returns never settles
 */
export async function serve(parts: DaemonParts): Promise<() => Promise<never>> {
  const { unit, log } = parts;
  const manager = serviceManager(log);
  const port = new KernelPort({
    unit,
    ...parts.address,
    queueDepth,
    graceMs,
    waitMicroseconds,
    log: (message) => log.warning(message),
  });
  let stopping: Promise<never> | undefined;
  const stop = (): Promise<never> => {
    stopping ??= (async () => {
      log.notice('stopping');
      manager.stopping();
      await parts.onStop().catch((error: unknown) => log.error(`while stopping: ${String(error)}`));
      await port.detach().catch((error: unknown) => log.error(`while stopping: ${String(error)}`));
      return process.exit(0);
    })();
    return stopping;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  let attached: Attached = { addresses: [], since: 0 };
  const tell = (error: unknown): void => log.error(`bug: ${String(error)}`);
  const ready = (): Promise<void> => announce(manager, attached, parts.kind, log);
  const reload = async (): Promise<void> => {
    if (attached.addresses.length === 0) return;
    manager.reloading();
    await parts.onReload?.();
    await ready();
  };
  process.on('SIGHUP', () => void reload().catch(tell));
  attached = await attach(port, parts);
  parts.onAttached();
  tidyWhenStarted();
  void ready().catch(tell);
  return stop;
}
