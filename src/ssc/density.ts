// SPDX-License-Identifier: GPL-2.0-or-later
// A recording density as REPORT DENSITY SUPPORT describes it, and what a product does with it (SSC-5 7.16).

export interface Density {
  /** PRIMARY DENSITY CODE. Codes are assigned for each family: two families may use one. */
  readonly code: number;
  readonly bitsPerMillimetre: number;
  /** Tenths of a millimetre. */
  readonly mediaWidth: number;
  readonly tracks: number;
  /** CAPACITY: units of 10^6 bytes, uncompressed. */
  readonly capacity: number;
  readonly assigningOrganization: string;
  readonly densityName: string;
  readonly description: string;
}

/** A density of a product. The last one of a product is the one it writes on its own generation of media. */
export interface SupportedDensity extends Density {
  /** WRTOK: the drive writes it; otherwise it only reads it. */
  readonly WRTOK: boolean;
  /** Cartridges of this density the drive takes, by the name `mktape -d` has for them. */
  readonly cartridges: readonly string[];
}
