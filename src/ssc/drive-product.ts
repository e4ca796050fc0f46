// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive product is made of. A product is one data file in personality/.
import type { CartridgeFamily, CartridgeType } from '../medium/cartridge-types.js';
import type { Use, Volume } from '../medium/volume.js';
import type { Command } from '../sam/command.js';
import type { InquiryTraits } from '../spc/inquiry-data.js';
import type { LogPage } from '../spc/log-page.js';
import type { ModePage } from '../spc/mode-page.js';
import type { VpdPage } from '../spc/vpd-page.js';
import type { RecommendedTimeouts } from './command-timeouts.js';
import type { SupportedDensity } from './density.js';
import type { DriveTiming } from './drive-timing.js';
import type { EncryptionCapability } from './encryption-capability.js';
import type { TapeDrive } from './tape-drive.js';

/** What a drive does with a cartridge somebody puts into it. */
export type Acceptance = 'read/write' | 'read-only' | 'refused';

/** Logical block protection: the methods of the Control Data Protection mode page (SSC-5 table 118). */
export type ProtectionMethod = 'Reed-Solomon CRC' | 'CRC32C';

export interface DriveProduct {
  /** T10 vendor identification of the real product. */
  readonly vendor: string;
  /** Product identification strings that select it, as device.conf gives them. */
  readonly products: readonly string[];
  readonly description: string;
  /** Values no real device, standard or manual at hand confirms: what they are of, for people. */
  readonly unconfirmed?: readonly string[];
  /** A medium with encrypted blocks has a density code of its own: bit 5 is one. */
  readonly marksEncryptedDensity?: boolean;
  readonly inquiry: InquiryTraits;
  /** What it reads and writes, the oldest first; cartridges of no density here are refused. */
  readonly densities: readonly SupportedDensity[];
  /** Codes beside those of the densities by which MODE SELECT chooses compression: even, without; odd, with. */
  readonly compressionDensities?: readonly number[];
  /** Families whose cleaning cartridges clean it, of whatever generation they are. */
  readonly cleanedBy: readonly CartridgeFamily[];
  readonly WORM: boolean;
  /** Most partitions it makes on a medium that can have them. */
  readonly maximumPartitions: number;
  /** Bytes before the end of a partition at which early warning begins; 0: the product has none. */
  readonly earlyWarning: number;
  /** PEWS of the Device Configuration Extension mode page can be set. */
  readonly programmableEarlyWarning: boolean;
  /** WRITE MODE of that page can be append-only. */
  readonly appendOnlyMode: boolean;
  /** Largest block, READ BLOCK LIMITS. */
  readonly maximumBlockLength: number;
  readonly protectionMethods: readonly ProtectionMethod[];
  /** Whether it recommends an order of access (RAO), and tells where its wraps end. */
  readonly recommendsAccessOrder?: boolean;
  readonly tellsEndsOfWraps?: boolean;
  /** Whether SPACE finds runs of filemarks. */
  readonly spacesSequentialFilemarks?: boolean;
  readonly encryption?: EncryptionCapability;
  readonly timing: DriveTiming;
  /** Bytes the drive writes at once: what the pages call a data set. */
  readonly dataSetBytes: number;
  /** How long an initiator should wait for commands; where the maker says nothing, it follows from `timing`. */
  readonly timeouts?: RecommendedTimeouts;
  /** MEDIUM TYPE of the mode parameter header with this cartridge. */
  mediumTypeCode(type: CartridgeType, use: Use): number;
  /** What it answers: the commands of the device type, perhaps `without` some. */
  readonly commands: readonly Command<TapeDrive>[];
  readonly vpdPages: readonly VpdPage<TapeDrive>[];
  readonly modePages: readonly ModePage<TapeDrive>[];
  readonly logPages: readonly LogPage<TapeDrive>[];
}

/** The density a product writes on its own generation of media. */
export const nativeDensity = ({ densities }: Pick<DriveProduct, 'densities'>): SupportedDensity =>
  densities.at(-1)!;

/** What a product does with data cartridges of a type. */
export function typeAcceptance(
  { densities }: Pick<DriveProduct, 'densities'>,
  { mktapeName }: CartridgeType,
): Acceptance {
  const taken = densities.filter(({ cartridges }) => cartridges.includes(mktapeName));
  if (taken.length === 0) return 'refused';
  return taken.some(({ WRTOK }) => WRTOK) ? 'read/write' : 'read-only';
}

/** Whether and how a product takes a cartridge: by its type first, then by its use. */
export function acceptance(
  product: Pick<DriveProduct, 'densities' | 'cleanedBy' | 'WORM'>,
  { type, use }: Pick<Volume, 'type' | 'use'>,
): Acceptance {
  /* Cleaning cartridges are made for the heads of a family, not for a density. */
  if (use === 'cleaning') return product.cleanedBy.includes(type.family) ? 'read-only' : 'refused';
  if (use === 'WORM' && !product.WORM) return 'refused';
  /* Firmware is for the drives of one generation. */
  if (use === 'firmware' && type.densityCode !== nativeDensity(product).code) return 'refused';
  return typeAcceptance(product, type);
}

/** Bit of a density code that says: encrypted. */
const encryptedBit = 0x20;

/** The code of a density on a medium with, or without, encrypted blocks. */
export const densityCodeOf = (
  { marksEncryptedDensity }: Pick<DriveProduct, 'marksEncryptedDensity'>,
  code: number,
  encrypted: boolean,
): number => (marksEncryptedDensity && encrypted ? code | encryptedBit : code);
