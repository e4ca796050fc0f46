// SPDX-License-Identifier: GPL-2.0-or-later
// How a block comes from the initiator to the medium: its guard is checked, and the end of the partition watched.
import { check, good, type Reply, refuse } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import { type BlockProtection, guardLength, isIntact } from './block-protection.js';
import { earlyWarning, programmableEarlyWarning, remaining } from './medium-conditions.js';
import { deviceConfigurationExtensionPage } from './mode-pages/device-configuration-extension.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { megabyte } from './units.js';

/** Where the writing stands to the zones at the end of a partition (SSC-5 4.2.5). */
export type Zone = 'before' | 'programmable early warning' | 'early warning';

export function zoneOf(drive: TapeDrive, mounted: Mounted): Zone {
  const { earlyWarning: warning } = drive.product;
  const left = remaining(mounted);
  if (warning > 0 && left <= warning) return 'early warning';
  const { PEWS = 0 } = drive.modes.current(deviceConfigurationExtensionPage) ?? {};
  return PEWS > 0 && left <= warning + PEWS * megabyte ? 'programmable early warning' : 'before';
}

/**
 * GOOD, or the news about the end of the partition although everything was written: early warning each time, the
 * programmable one when it is entered.
 * @param before the zone in which the command began
 */
export async function written(drive: TapeDrive, mounted: Mounted, before: Zone): Promise<Reply> {
  if (zoneOf(drive, mounted) === 'before') return good();
  await mounted.volume.settle();
  switch (zoneOf(drive, mounted)) {
    case 'early warning':
      /* SEW: what is buffered is written before the initiator hears of it. */
      await mounted.volume.flush();
      return check(earlyWarning(0));
    case 'programmable early warning':
      return before === 'before' ? check(programmableEarlyWarning(0)) : good();
    default:
      return good();
  }
}

/**
 * What of the bytes sent belongs on the medium: all but the guard, which must be right.
 * @throws the refusal, and nothing of the block is written
 */
export function withoutGuard(
  drive: TapeDrive,
  sent: Uint8Array,
  protection: BlockProtection | undefined,
): Uint8Array {
  if (!protection) return sent;
  if (!isIntact(protection, sent)) {
    drive.count('protectionErrors');
    throw refuse('HARDWARE ERROR', 'LOGICAL BLOCK GUARD CHECK FAILED');
  }
  return sent.subarray(0, sent.length - guardLength);
}

/** Puts one block at the position and goes on behind it. */
export async function writeObject(
  drive: TapeDrive,
  mounted: Mounted,
  block: Uint8Array,
  nexus: Nexus,
): Promise<void> {
  const { volume, partition, position } = mounted;
  const { encryption } = drive;
  const seal = encryption?.sealFor(nexus, volume, { partition, position });
  const write = async (): Promise<void> => {
    await volume.noteModification();
    drive.writer = nexus;
    drive.mediumBytes.writes(volume, partition, position);
    const compress = drive.compression ? drive.compressor : undefined;
    await volume.write(partition, position, block, { compress, seal });
  };
  await (seal ? encryption!.whileSealing(write) : write());
  mounted.position++;
  drive.count('blocksWritten');
}
