// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive product is made of. A product is one data file in personality/.
import type { CartridgeType } from '../medium/cartridge-types.js';
import type { Use, Volume } from '../medium/volume.js';
import type { Command } from '../sam/command.js';
import type { InquiryTraits } from '../spc/inquiry-data.js';
import type { LogPage } from '../spc/log-page.js';
import type { ModePage } from '../spc/mode-page.js';
import type { VpdPage } from '../spc/vpd-page.js';
import type { TapeDrive } from './tape-drive.js';

/** What a drive does with a cartridge somebody puts into it. */
export type Acceptance = 'read/write' | 'read-only' | 'refused';

export interface DriveProduct {
  /** T10 vendor identification of the real product. */
  readonly vendor: string;
  /** Product identification strings that select it, as device.conf gives them. */
  readonly products: readonly string[];
  readonly description: string;
  readonly inquiry: InquiryTraits;
  /** Density code it writes on its own generation of media (SSC-5 8.3.3). */
  readonly density: number;
  /** Cartridges by {@link CartridgeType.mktapeName}; all others are refused. */
  readonly readsAndWrites: readonly string[] | 'every cartridge';
  readonly readsOnly: readonly string[];
  readonly WORM: boolean;
  /** Bytes before the end of a partition at which early warning begins; 0: the product has none. */
  readonly earlyWarning: number;
  /** Largest block, READ BLOCK LIMITS. */
  readonly maximumBlockLength: number;
  /** MEDIUM TYPE of the mode parameter header with this cartridge. */
  mediumTypeCode(type: CartridgeType, use: Use): number;
  /** What it answers: the commands of the device type, perhaps `without` some. */
  readonly commands: readonly Command<TapeDrive>[];
  readonly vpdPages: readonly VpdPage<TapeDrive>[];
  readonly modePages: readonly ModePage<TapeDrive>[];
  readonly logPages: readonly LogPage<TapeDrive>[];
}

/** Whether and how a product takes a cartridge: by its type first, then by its use. */
export function acceptance(
  product: DriveProduct,
  volume: Pick<Volume, 'type' | 'use'>,
): Acceptance {
  const { mktapeName } = volume.type;
  const writes =
    product.readsAndWrites === 'every cartridge' || product.readsAndWrites.includes(mktapeName);
  if (!writes && !product.readsOnly.includes(mktapeName)) return 'refused';
  if (volume.use === 'WORM' && !product.WORM) return 'refused';
  return writes ? 'read/write' : 'read-only';
}
