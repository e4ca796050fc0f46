// SPDX-License-Identifier: GPL-2.0-or-later
// What tells one library product from another.
import type { Command } from '../sam/command.js';
import type { InquiryTraits } from '../spc/inquiry-data.js';
import type { LogPage } from '../spc/log-page.js';
import type { ModePage } from '../spc/mode-page.js';
import type { Identity, PrimaryDevice } from '../spc/primary.js';
import type { VpdPage } from '../spc/vpd-page.js';
import type { MediaChanger } from './changer.js';
import type { DriveIdentifiers } from './device-identifiers.js';
import type { FirstAddresses } from './element.js';

/** What tells one product from another. */
export interface ChangerTraits {
  /** The INQUIRY data of a unit with this identity. */
  inquiry(identity: Identity): InquiryTraits;
  readonly firstAddress: FirstAddresses;
  /** What element descriptors tell of drives; undefined when the product never tells. */
  readonly driveIdentifiers: DriveIdentifiers | undefined;
  /** Most characters of a barcode its reader takes, at most 32. */
  readonly barcodeLength: number;
  /** Seconds the robot takes to carry a cartridge from one element to another, on average. */
  readonly moveSeconds: number;
  /** What it answers: the commands of the device type, perhaps `without` some. */
  readonly commands: readonly Command<MediaChanger>[];
  readonly vpdPages: readonly VpdPage<PrimaryDevice>[];
  readonly modePages: readonly ModePage<MediaChanger>[];
  readonly logPages: readonly LogPage<MediaChanger>[];
}
