// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps tools off cartridges that a drive has.
import fs from 'node:fs';
import { readCartridgeMemory } from '../../medium/cartridge-files.js';
import { Failure } from './tool.js';

/** The files a process has open; none where it may not be looked at. */
function openFiles(pid: string): string[] {
  try {
    const links = `/proc/${pid}/fd`;
    return fs.readdirSync(links).flatMap((fd) => {
      try {
        return [fs.readlinkSync(`${links}/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** What a process calls itself. */
function nameOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** Refuses a cartridge whose files a process of this machine has open. */
export function assertNotOpen(directory: string): void {
  const place = `${fs.realpathSync(directory)}/`;
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const holder = pids.find(
    (pid) => pid !== String(process.pid) && openFiles(pid).some((path) => path.startsWith(place)),
  );
  if (holder === undefined) return;
  throw new Failure(
    `${directory} is in use by process ${holder} (${nameOf(holder)}): unload the cartridge first`,
  );
}

/**
 * @throws Failure when a drive holds the cartridge, or never gave it back
 * @throws MediumError when there is none
 */
export function assertNotLoaded(directory: string): void {
  assertNotOpen(directory);
  const { privateData } = readCartridgeMemory(directory);
  if (privateData.get('recordDirty') === 0) return;
  throw new Failure(
    `${directory} is in a drive of another machine, or a drive that stopped never gave it back: then \`mhvtl-fsck --repair\` clears the mark`,
  );
}
