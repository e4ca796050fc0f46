// SPDX-License-Identifier: GPL-2.0-or-later
// Designation descriptors (SPC-5 7.7.6.1): names of logical units and target ports.
import { bit, bits, concat, layout, u8 } from '../bytes/layout.js';
import { SAS } from './mode-pages/protocol-specific.js';

const codeSets = { binary: 1, ASCII: 2 } as const;
const associations = { 'logical unit': 0, 'target port': 1 } as const;
const designatorTypes = { 'vendor specific': 0, 'T10 vendor ID based': 1, NAA: 3 } as const;

const header = layout(4, {
  protocolIdentifier: bits(0, 7, 4),
  codeSet: bits(0, 3, 4),
  PIV: bit(1, 7),
  association: bits(1, 5, 2),
  designatorType: bits(1, 3, 4),
  designatorLength: u8(3),
});

/** A descriptor. A target port is one of SAS. */
export function designator(
  codeSet: keyof typeof codeSets,
  type: keyof typeof designatorTypes,
  value: Uint8Array,
  association: keyof typeof associations = 'logical unit',
): Uint8Array {
  const protocol = association === 'target port' ? { protocolIdentifier: SAS, PIV: true } : {};
  return concat(
    header.encode({
      ...protocol,
      codeSet: codeSets[codeSet],
      association: associations[association],
      designatorType: designatorTypes[type],
      designatorLength: value.length,
    }),
    value,
  );
}
