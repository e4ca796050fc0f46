// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert flags of a media changer (SMC-3, TapeAlert log page): set by events, cleared when the page is read.

/** Flag numbers, 1 to 64. */
export const changerAlerts = {
  /** The changer has difficulty talking to a drive. */
  'library hardware A': 1,
  /** The mechanism is at fault. */
  'library hardware B': 2,
  'library stray tape': 12,
  'library load retry': 15,
  'library door': 16,
  'library offline': 21,
  'library drive offline': 22,
  'library inventory': 24,
  'library illegal operation': 25,
} as const;
export type ChangerAlert = keyof typeof changerAlerts;

/** The flag as a mask: bit n-1 is flag n. */
export const alertMask = (alert: ChangerAlert): bigint => 1n << BigInt(changerAlerts[alert] - 1);
