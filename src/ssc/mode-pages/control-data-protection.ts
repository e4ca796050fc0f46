// SPDX-License-Identifier: GPL-2.0-or-later
// Control Data Protection mode page (SSC-5 8.3.9).
import { bit, bits, u8 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import { type BlockProtection, guardLength, protectionMethods } from '../block-protection.js';
import type { ProtectionMethod } from '../drive-product.js';
import type { TapeDrive } from '../tape-drive.js';

const methodOf = (value: number): ProtectionMethod | 'none' | undefined =>
  (Object.keys(protectionMethods) as (ProtectionMethod | 'none')[]).find(
    (name) => protectionMethods[name] === value,
  );

function offers(drive: TapeDrive, value: number): boolean {
  const method = methodOf(value);
  return (
    method === 'none' || (method !== undefined && drive.product.protectionMethods.includes(method))
  );
}

export const controlDataProtectionPage = modePage<TapeDrive>()({
  code: 0x0a,
  subpage: 0xf0,
  name: 'Control Data Protection',
  ref: 'SSC-5 8.3.9',
  size: 32,
  fields: {
    logicalBlockProtectionMethod: u8(4),
    logicalBlockProtectionInformationLength: bits(5, 5, 6),
    LBP_W: bit(6, 7),
    LBP_R: bit(6, 6),
    RBDP: bit(6, 5),
  },
  defaults: { logicalBlockProtectionInformationLength: guardLength },
  changeable: [
    'logicalBlockProtectionMethod',
    'logicalBlockProtectionInformationLength',
    'LBP_W',
    'LBP_R',
  ],
  refuses(drive, values) {
    if (!offers(drive, values.logicalBlockProtectionMethod)) return 'logicalBlockProtectionMethod';
    return values.logicalBlockProtectionMethod !== protectionMethods.none &&
      values.logicalBlockProtectionInformationLength !== guardLength
      ? 'logicalBlockProtectionInformationLength'
      : undefined;
  },
});

/** How blocks of a direction are protected now; undefined when they are not. */
export function currentProtection(
  drive: TapeDrive,
  direction: 'LBP_W' | 'LBP_R',
): BlockProtection | undefined {
  const page = drive.modes.current(controlDataProtectionPage);
  const method = page && methodOf(page.logicalBlockProtectionMethod);
  if (!method || method === 'none' || !page[direction]) return undefined;
  return { method, bigEndian: drive.bigEndianProtection };
}
