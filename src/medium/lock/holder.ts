// SPDX-License-Identifier: GPL-2.0-or-later
// Who has a cartridge open: what stands in its file `lock`, in words that a person can read, too.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';

/** A process that has a cartridge open. */
export interface Holder {
  /** What the process is: `vtltape@11`, `edit_tape`. */
  readonly name: string;
  readonly pid: number;
  readonly host: string;
  /** machine-id(5) of the host; empty where there is none. */
  readonly machine: string;
  /** Differs from one start of a kernel to the next. */
  readonly boot: string;
  /** In which process numbers are counted: a container has its own. */
  readonly pids: string;
  /** When it opened the cartridge, ISO 8601. */
  readonly since: string;
  /** Of this opening and no other. */
  readonly token: string;
}

const WORDS = ['name', 'host', 'machine', 'boot', 'pids', 'since', 'token'] as const;

function lineOf(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function pidNamespace(): string {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** This process, about to open a cartridge. */
export const thisProcess = (name: string): Holder => ({
  name,
  pid: process.pid,
  host: hostname(),
  machine: lineOf('/etc/machine-id'),
  boot: lineOf('/proc/sys/kernel/random/boot_id'),
  pids: pidNamespace(),
  since: new Date().toISOString(),
  token: randomUUID(),
});

export const holderBytes = (holder: Holder): Uint8Array =>
  Buffer.from(`${JSON.stringify(holder)}\n`);

/** Reads what {@link holderBytes} made; undefined when it is anything else, or cut off. */
export function parseHolder(bytes: Uint8Array): Holder | undefined {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
    const whole = WORDS.every((word) => typeof value[word] === 'string');
    return whole && typeof value['pid'] === 'number' ? (value as unknown as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it runs, or ran, under the kernel that runs now. */
export const isOfThisBoot = (holder: Holder, self: Holder): boolean =>
  holder.boot !== '' && holder.boot === self.boot;

/** Whether it ran on this machine before the kernel that runs now was started. */
export const isOfEarlierBoot = (holder: Holder, self: Holder): boolean =>
  holder.host === self.host && holder.machine === self.machine && holder.boot !== self.boot;

/** Whether it is known that its process is no more. */
export const isGone = (holder: Holder, self: Holder): boolean =>
  isOfThisBoot(holder, self) && holder.pids === self.pids && !fs.existsSync(`/proc/${holder.pid}`);

/** `vtltape@11 (process 4711)`, and where, when that is not here. */
export function describeHolder(holder: Holder | undefined, self: Holder): string {
  if (!holder) return 'another program';
  const where = isOfThisBoot(holder, self) ? '' : ` on host ${holder.host}`;
  return `${holder.name} (process ${holder.pid})${where}`;
}

/** What the person can do who wants the cartridge. */
export function remedyFor(holder: Holder | undefined): string {
  const unit = holder?.name.match(/^vtltape@(\d+)$/)?.[1];
  if (unit !== undefined) return `unload it there first: vtlcmd ${unit} unload`;
  return 'wait until that is done, or end it';
}
