// SPDX-License-Identifier: GPL-2.0-or-later
// The identity of a unit, from its record in device.conf.
import { u64 } from '../bytes/layout.js';
import type { UnitConf } from '../config/device-conf.js';
import type { Identity } from '../spc/primary.js';

export function identityOf({ vendor, product, revision, serial, NAA }: UnitConf): Identity {
  const naa = new Uint8Array(8);
  u64(0).write(naa, 0, NAA);
  return { vendor, product, revision, serial, naa };
}
