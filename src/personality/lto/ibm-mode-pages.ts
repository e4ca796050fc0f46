// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific mode pages of LTO drives ("IBM LTO Ultrium Tape Drive: SCSI Reference"; HP has some of them, too).
import { bit, u8 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';

/** Whether the drive can encrypt, and is told to. */
export const vendorSpecificPage = modePage<TapeDrive>()({
  code: 0x24,
  name: 'Vendor-Specific',
  ref: 'IBM SCSI Reference, mode page 24h',
  size: 8,
  fields: { encryptionEnabled: bit(5, 2), encryptionCapable: bit(7, 0) },
  live: ({ product, encryption }) => ({
    encryptionEnabled: encryption?.parameters.encrypts ?? false,
    encryptionCapable: product.encryption !== undefined,
  }),
});

/** Read ahead and the like; the bits are set in every drive. */
export const readWriteControlPage = modePage<TapeDrive>()({
  code: 0x25,
  name: 'Vendor-Specific Read-Write Control',
  ref: 'IBM SCSI Reference, mode page 25h',
  size: 32,
  fields: { control: u8(5), timing: u8(6) },
  defaults: { control: 1, timing: 1 },
});

/** How the drive behaves beside the standard: as the standard says. */
export const behaviorConfigurationPage = modePage<TapeDrive>()({
  code: 0x2f,
  name: 'Behavior Configuration',
  ref: 'IBM SCSI Reference, mode page 2Fh',
  size: 10,
  fields: {
    fenceBehavior: u8(2),
    cleanBehavior: u8(3),
    wormEmulation: u8(4),
    senseDataBehavior: u8(5),
    closeToClean: u8(6),
  },
});

/** Encryption mode: application-managed. */
export const encryptionModePage = modePage<TapeDrive>()({
  code: 0x30,
  subpage: 0x20,
  name: 'Encryption Mode',
  ref: 'IBM SCSI Reference, mode page 30h, subpage 20h',
  size: 9,
  fields: { method: u8(5), solution: u8(6), keyPath: u8(7) },
  defaults: { method: 3, solution: 1, keyPath: 1 },
});
