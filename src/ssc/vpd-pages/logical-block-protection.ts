// SPDX-License-Identifier: GPL-2.0-or-later
// Logical Block Protection VPD page (SSC-5 8.6.7): the methods of the product.
import { bit, bits, concat, layout, u8 } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import { guardLength, protectionMethods } from '../block-protection.js';
import type { TapeDrive } from '../tape-drive.js';

const reserved = new Uint8Array(4);
const descriptor = layout(8, {
  descriptorLength: u8(0),
  method: u8(1),
  informationLength: bits(2, 5, 6),
  LBP_W_C: bit(3, 7),
  LBP_R_C: bit(3, 6),
  RBDP_C: bit(3, 5),
});
const descriptorLength = descriptor.size - 1;

export const logicalBlockProtection: VpdPage<TapeDrive> = {
  code: 0xb5,
  name: 'Logical Block Protection',
  ref: 'SSC-5 8.6.7',
  content: ({ product }) =>
    concat(
      reserved,
      descriptor.encode({ descriptorLength, method: protectionMethods.none }),
      ...product.protectionMethods.map((name) =>
        descriptor.encode({
          descriptorLength,
          method: protectionMethods[name],
          informationLength: guardLength,
          LBP_W_C: true,
          LBP_R_C: true,
        }),
      ),
    ),
};
