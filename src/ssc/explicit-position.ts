// SPDX-License-Identifier: GPL-2.0-or-later
// Explicit address command set (SSC-5 4.2.18): commands of 16 bytes name the partition and object they start with.
import { u8, u64 } from '../bytes/layout.js';
import type { Reply } from '../sam/reply.js';
import { goTo } from './locate.js';
import type { TapeDrive } from './tape-drive.js';

/** PARTITION and LOGICAL OBJECT IDENTIFIER, in the same place in all these CDBs. */
export const positionFields = { partition: u8(3), logicalObjectIdentifier: u64(4) } as const;

interface Named {
  readonly partition: number;
  readonly logicalObjectIdentifier: bigint;
}

/** Goes where the CDB says, if the drive is not there, and runs `action`; else returns why it cannot. */
export async function from(
  drive: TapeDrive,
  { partition, logicalObjectIdentifier }: Named,
  action: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const mounted = drive.assertMounted();
  const position = Number(logicalObjectIdentifier);
  if (mounted.partition === partition && mounted.position === position) return action();
  const reply = await goTo(drive, { partition, at: 3 }, position);
  return reply.status === 'GOOD' ? action() : reply;
}
