// SPDX-License-Identifier: GPL-2.0-or-later
// What the LTO drives of HP and HPE have in common.
import type { CartridgeType } from '../../medium/cartridge-types.js';
import type { Use } from '../../medium/volume.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { revisionPages } from './hpe-vpd-pages.js';
import { ultrium } from './ultrium.js';

/** HP's MEDIUM TYPE only tells write-once cartridges. */
const mediumTypeCode = (_type: CartridgeType, use: Use): number => (use === 'WORM' ? 1 : 0);

export const hpeUltrium = {
  ...ultrium,
  vendor: 'HP',
  mediumTypeCode,
  vpdPages: [...ultrium.vpdPages, ...revisionPages],
} satisfies Partial<DriveProduct>;

/** INQUIRY byte 40: the drive takes write-once cartridges. */
export const wormInquiry = {
  ...ultrium.inquiry,
  vendorSpecific: new Map([[40, Uint8Array.of(1)]]),
};

/** Full and half height have one name. */
export const hpeNames = (generation: number): Pick<DriveProduct, 'products' | 'description'> => ({
  products: [`Ultrium ${generation}-SCSI`],
  description: `HPE LTO Ultrium ${generation}`,
});
