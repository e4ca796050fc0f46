// SPDX-License-Identifier: GPL-2.0-or-later
// What a library product is made of, and what such products have in common.
import type { Command } from '../sam/command.js';
import { without } from '../sam/command-set.js';
import type { MediaChanger } from '../smc/changer.js';
import type { ChangerTraits } from '../smc/changer-traits.js';
import { type ElementType, roomFor } from '../smc/element.js';
import { smc } from '../smc/index.js';
import { tapeAlertPage } from '../smc/log-pages/tape-alert.js';
import { deviceCapabilitiesPage } from '../smc/mode-pages/device-capabilities.js';
import { elementAddressAssignmentPage } from '../smc/mode-pages/element-address-assignment.js';
import { releaseElement6, reserveElement6 } from '../smc/reserve-element.js';
import { temperaturePage } from '../spc/log-pages/temperature.js';
import { controlPage } from '../spc/mode-pages/control.js';
import { disconnectReconnectPage } from '../spc/mode-pages/disconnect-reconnect.js';
import { informationalExceptionsControlPage } from '../spc/mode-pages/informational-exceptions-control.js';
import { powerConditionPage } from '../spc/mode-pages/power-condition.js';
import { release6, reserve6 } from '../spc/reserve-release.js';

export interface LibraryProduct extends ChangerTraits {
  /** What the vendor and product identification in device.conf begin with, in any case; '' is every one. */
  readonly vendor: string;
  readonly product: string;
  readonly description: string;
}

/** How many elements of a type a product has addresses for. */
export const roomIn = ({ firstAddress }: LibraryProduct, type: ElementType): number =>
  roomFor(type, firstAddress);

/** Everything a product need not say. */
export const libraryDefaults = {
  commands: smc,
  driveIdentifiers: { holds: 'vendor, product and serial', serialLength: 10 },
  barcodeLength: 16,
  moveSeconds: 10,
  modePages: [
    disconnectReconnectPage,
    controlPage,
    powerConditionPage,
    informationalExceptionsControlPage,
    elementAddressAssignmentPage,
    deviceCapabilitiesPage,
  ],
  logPages: [temperaturePage, tapeAlertPage],
} as const satisfies Partial<LibraryProduct>;

/** The commands of a library that reserves single elements. */
export const withElementReservations = (
  commands: readonly Command<MediaChanger>[],
): readonly Command<MediaChanger>[] => [
  ...without(commands, reserve6, release6),
  reserveElement6,
  releaseElement6,
];
