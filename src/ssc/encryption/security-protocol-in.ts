// SPDX-License-Identifier: GPL-2.0-or-later
// SECURITY PROTOCOL IN (SPC-5 6.50): the protocols there are, and the Tape Data Encryption protocol's pages.
import { bit, concat, layout, u8, u16, u32 } from '../../bytes/layout.js';
import { command } from '../../sam/command.js';
import { good, invalidFieldInCdb } from '../../sam/reply.js';
import type { Nexus } from '../../sam/task.js';
import type { EncryptionCapability } from '../encryption-capability.js';
import type { TapeDrive } from '../tape-drive.js';
import { tapeDataEncryptionPage } from './pages.js';

/** SECURITY PROTOCOL field values (SPC-5 table 353). */
export const securityProtocols = { information: 0x00, 'tape data encryption': 0x20 } as const;

const protocolList = layout(8, { supportedSecurityProtocolListLength: u16(6) });
const noCertificate = new Uint8Array(4);
/** SECURITY COMPLIANCE INFORMATION LENGTH: nothing certifies it. */
const noCompliance = new Uint8Array(4);
const sector = 512;

/** Security protocol information (SPC-5 7.7.1), by SECURITY PROTOCOL SPECIFIC. */
function information(
  specific: number,
  { tellsPublicKey }: EncryptionCapability,
): Uint8Array | undefined {
  const protocols = Uint8Array.from(Object.values(securityProtocols));
  if (specific === 0)
    return concat(
      protocolList.encode({ supportedSecurityProtocolListLength: protocols.length }),
      protocols,
    );
  if (specific === 2) return tellsPublicKey ? noCompliance : undefined;
  return specific === 1 ? noCertificate : undefined;
}

async function page(
  drive: TapeDrive,
  nexus: Nexus,
  protocol: number,
  specific: number,
): Promise<Uint8Array> {
  const encryption = drive.encryption!;
  if (
    protocol !== securityProtocols.information &&
    protocol !== securityProtocols['tape data encryption']
  )
    throw invalidFieldInCdb(1);
  const data =
    protocol === securityProtocols.information
      ? information(specific, encryption.capability)
      : await tapeDataEncryptionPage(drive, encryption, nexus, specific);
  if (!data) throw invalidFieldInCdb(2);
  return data;
}

/** With INC_512 lengths count in sectors, and what is sent is filled up to one. */
function cut(data: Uint8Array, length: number, INC_512: boolean): Uint8Array {
  if (!INC_512) return data.subarray(0, length);
  const filled = new Uint8Array(Math.ceil(data.length / sector) * sector);
  filled.set(data);
  return filled.subarray(0, length * sector);
}

export const securityProtocolIn = command<TapeDrive>()({
  name: 'SECURITY PROTOCOL IN',
  ref: 'SPC-5 6.50',
  opcode: 0xa2,
  allowedUnder: 'write exclusive',
  cdb: {
    securityProtocol: u8(1),
    securityProtocolSpecific: u16(2),
    INC_512: bit(4, 7),
    length: u32(6),
  },
  async execute(drive, { securityProtocol, securityProtocolSpecific, INC_512, length }, { nexus }) {
    const data = await page(drive, nexus, securityProtocol, securityProtocolSpecific);
    return good(cut(data, length, INC_512));
  },
});
