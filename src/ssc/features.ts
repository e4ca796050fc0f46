// SPDX-License-Identifier: GPL-2.0-or-later
// The commands and pages that come with what a product is capable of; nobody has to list them again.
import type { Command } from '../sam/command.js';
import { without } from '../sam/command-set.js';
import { persistentReserve } from '../spc/index.js';
import type { ModePage } from '../spc/mode-page.js';
import type { VpdPage } from '../spc/vpd-page.js';
import type { DriveProduct } from './drive-product.js';
import { accessOrder, appendOnlyMode, encryptionCommands, endsOfWraps } from './index.js';
import { controlDataProtectionPage } from './mode-pages/control-data-protection.js';
import { deviceConfigurationExtensionPage } from './mode-pages/device-configuration-extension.js';
import { mediumPartitionPageOf } from './mode-pages/medium-partition.js';
import type { TapeDrive } from './tape-drive.js';
import { logicalBlockProtection } from './vpd-pages/logical-block-protection.js';

/** VERSION of a product that claims SCSI-2. */
const scsi2 = 2;

/**
 * All commands of a product. Persistent reservations came with SPC-2; older products only know RESERVE.
 * @param encrypts false for a drive that was given no cryptography
 */
export const commandsOf = (
  product: DriveProduct,
  encrypts = product.encryption !== undefined,
): readonly Command<TapeDrive>[] => [
  ...(product.inquiry.version <= scsi2
    ? without(product.commands, ...persistentReserve)
    : product.commands),
  ...(product.appendOnlyMode ? appendOnlyMode : []),
  ...(encrypts ? encryptionCommands : []),
  ...(product.recommendsAccessOrder ? accessOrder : []),
  ...(product.tellsEndsOfWraps ? endsOfWraps : []),
];

/** All VPD pages of a product. */
export const vpdPagesOf = (product: DriveProduct): readonly VpdPage<TapeDrive>[] => [
  ...product.vpdPages,
  ...(product.protectionMethods.length > 0 ? [logicalBlockProtection] : []),
];

/** All mode pages of a product. */
export const modePagesOf = (product: DriveProduct): readonly ModePage<TapeDrive>[] => [
  ...product.modePages,
  ...(product.protectionMethods.length > 0 ? [controlDataProtectionPage] : []),
  ...(product.appendOnlyMode || product.programmableEarlyWarning
    ? [deviceConfigurationExtensionPage]
    : []),
  ...(product.maximumPartitions > 1
    ? [mediumPartitionPageOf[product.maximumPartitions === 2 ? 2 : 4]]
    : []),
];
