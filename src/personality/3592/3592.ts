// SPDX-License-Identifier: GPL-2.0-or-later
// What IBM's 3592 drives have in common.
import type { CartridgeType } from '../../medium/cartridge-types.js';
import type { Use } from '../../medium/volume.js';
import { controlExtensionPage } from '../../spc/mode-pages/control-extension.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { type EncryptionCapability, rawDecryption } from '../../ssc/encryption-capability.js';
import { bufferRecovery, frontPanel, reverse } from '../../ssc/index.js';
import { dtDeviceStatusPage } from '../../ssc/log-pages/dt-device-status.js';
import { driveDefaults } from '../drive-defaults.js';
import { commonEncryption } from '../encryption.js';
import { blocksBytesTransferred, withIbmLogPages } from '../lto/ibm-log-pages.js';
import { driveComponentRevisionLevels, driveSerialNumbers } from '../lto/ibm-vpd-pages.js';
import { lto5Pages, protectionInquiryData } from '../lto/ultrium.js';

/** MEDIUM TYPE by cartridge: data and WORM (JA JW, JB JX, JB JX, JC JY, JD JZ, JD JZ, JE JV, JF). */
const mediumTypes: Readonly<Record<string, readonly [data: number, worm: number]>> = {
  J1A: [0x91, 0xa1],
  E05: [0x92, 0xa2],
  E06: [0x92, 0xa2],
  E07: [0x93, 0xa3],
  E08: [0x94, 0xa4],
  '55F': [0x94, 0xa4],
  '60F': [0x95, 0xa5],
  '70F': [0x96, 0xa6],
};

function mediumTypeCode({ mktapeName }: CartridgeType, use: Use): number {
  const [data, worm] = mediumTypes[mktapeName] ?? [0, 0];
  return use === 'WORM' ? worm : use === 'data' ? data : 0;
}

/** Encryption of the blocks of these cartridges. */
export const enterpriseEncryption = (...cartridges: string[]): EncryptionCapability => ({
  ...commonEncryption,
  cartridges,
  maximumUKADLength: 0,
  maximumAKADLength: 12,
  RDMC_C: rawDecryption.enabled,
});

export const ibm3592Drive = {
  ...driveDefaults,
  vendor: 'IBM',
  cleanedBy: ['3592'],
  maximumBlockLength: 0x800000,
  mediumTypeCode,
  /* Unlike those of LTO they read backwards and give back what they could not write. */
  commands: [...driveDefaults.commands, ...frontPanel, ...reverse, ...bufferRecovery],
  vpdPages: [...driveDefaults.vpdPages, driveComponentRevisionLevels, driveSerialNumbers],
} satisfies Partial<DriveProduct>;

/** From TS1140 on: the pages of SPC-4 and SSC-4, as LTO-5 drives have them. */
export const enterpriseSsc4Pages = (
  before: Pick<DriveProduct, 'vpdPages' | 'modePages' | 'logPages'>,
): Pick<DriveProduct, 'vpdPages' | 'modePages' | 'logPages'> => {
  const { vpdPages, modePages, logPages } = lto5Pages(before);
  return {
    vpdPages: [...vpdPages, protectionInquiryData],
    modePages: [...modePages, controlExtensionPage],
    logPages: withIbmLogPages([...logPages, dtDeviceStatusPage], blocksBytesTransferred.long),
  };
};
