// SPDX-License-Identifier: GPL-2.0-or-later
// The device nodes initiators have of a unit, and waiting until they can be opened.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Where the kernel and udev show what they did; tests have their own. */
export interface SystemPaths {
  readonly sys: string;
  readonly dev: string;
  /** udev's: absent where no udev runs. */
  readonly udev: string;
}

const systemPaths: SystemPaths = { sys: '/sys', dev: '/dev', udev: '/run/udev' };

/** The driver a kind of device needs beside sg, and the class its nodes are in. */
const upperDriver = {
  drive: { driver: 'st', class: 'scsi_tape' },
  library: { driver: 'ch', class: 'scsi_changer' },
} as const;
export type DeviceKind = keyof typeof upperDriver;

/** How to look. */
interface Lookup {
  /** The devices are not older: milliseconds since 1970; 0 for any age. */
  readonly since: number;
  readonly paths: SystemPaths;
}

/** What there is of a device, and what is still to come. */
export interface Nodes {
  /** `/dev/sg3`, `/dev/nst1`: those that can be opened. */
  readonly present: readonly string[];
  /** In words, what is missing. */
  readonly missing: readonly string[];
  /** Drivers this kernel has not loaded; nobody waits for their nodes. */
  readonly absentDrivers: readonly string[];
}

/** Names of the nodes of one class, `[]` as long as the driver has not come to the device. */
function nodeNames(device: string, className: string): string[] {
  try {
    return readdirSync(`${device}/${className}`);
  } catch {
    return [];
  }
}

/** Times of files are as old as the kernel's last tick. */
const tickMs = 20;

/**
 * udev writes its record of a device when it has made the links and given group and mode. The record names the
 * device by its number: one from before `since` is that of a device that is gone, whose end udev has not met yet.
 */
function udevIsDone(sysNode: string, { since, paths }: Lookup): boolean {
  if (!existsSync(`${paths.udev}/control`)) return true;
  const number = readFileSync(`${sysNode}/dev`, 'utf8').trim();
  const record = statSync(`${paths.udev}/data/c${number}`, { throwIfNoEntry: false });
  return record !== undefined && record.mtimeMs + tickMs >= since;
}

/**
 * Looks for the nodes of one device.
 * @param address `host:channel:target:lun`
 */
export function nodesOf(
  address: string,
  kind: DeviceKind,
  { since = 0, paths = systemPaths }: Partial<Lookup> = {},
): Nodes {
  const device = `${paths.sys}/bus/scsi/devices/${address}`;
  const upper = upperDriver[kind];
  const present: string[] = [];
  const missing: string[] = [];
  const absentDrivers: string[] = [];
  const expect = (className: string, driver: string, loaded: boolean): void => {
    if (!loaded) {
      absentDrivers.push(driver);
      return;
    }
    const names = nodeNames(device, className);
    if (names.length === 0) missing.push(`the ${driver} device of ${address}`);
    for (const name of names) {
      const node = `${paths.dev}/${name}`;
      /* Not existsSync: access(2) of a device asks the unit's DevicePolicy, which answers for nodes of ours only. */
      if (!statSync(node, { throwIfNoEntry: false })) missing.push(node);
      else if (!udevIsDone(`${device}/${className}/${name}`, { since, paths }))
        missing.push(`udev for ${node}`);
      else present.push(node);
    }
  };
  expect('scsi_generic', 'sg', existsSync(`${paths.sys}/class/scsi_generic`));
  expect(upper.class, upper.driver, existsSync(`${paths.sys}/bus/scsi/drivers/${upper.driver}`));
  return { present, missing, absentDrivers };
}

/** How often to look, and how long: udev may be busy with hundreds of devices at boot. */
const lookEveryMs = 20;
const giveUpMs = 60_000;

/**
 * Waits until every address has its nodes, udev's links included, or the time is over.
 * @returns what there is then; `missing` is empty in time
 */
export async function waitForNodes(
  addresses: readonly string[],
  kind: DeviceKind,
  { limitMs = giveUpMs, ...lookup }: Partial<Lookup> & { readonly limitMs?: number } = {},
): Promise<Nodes> {
  const end = performance.now() + limitMs;
  for (;;) {
    const all = addresses.map((address) => nodesOf(address, kind, lookup));
    const found: Nodes = {
      present: all.flatMap(({ present }) => present),
      missing: all.flatMap(({ missing }) => missing),
      absentDrivers: [...new Set(all.flatMap(({ absentDrivers }) => absentDrivers))],
    };
    if (found.missing.length === 0 || performance.now() > end) return found;
    await pause(lookEveryMs);
  }
}
