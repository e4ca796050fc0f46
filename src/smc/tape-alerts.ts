// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert flags of a media changer (SMC-3, TapeAlert log page): set by events, cleared when the page is read.

/** Flag numbers, 1 to 64. */
export const changerAlerts = {
  /** The changer has difficulty talking to a drive. */
  'library hardware A': 1,
  /** The mechanism is at fault. */
  'library hardware B': 2,
  /** A cartridge was left in the picker. */
  'library stray tape': 12,
  'library door': 16,
  'library offline': 21,
  'library drive offline': 22,
  /** A cartridge is somewhere else than the library thought. */
  'library inventory': 24,
  'library unreadable bar code labels': 32,
} as const;
export type ChangerAlert = keyof typeof changerAlerts;

/** The flag as a mask: bit n-1 is flag n. */
export const alertMask = (alert: ChangerAlert): bigint => 1n << BigInt(changerAlerts[alert] - 1);
