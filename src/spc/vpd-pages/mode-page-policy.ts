// SPDX-License-Identifier: GPL-2.0-or-later
// Mode Page Policy VPD page (SPC-5 7.7.11): all initiators share every mode page.
import { bit, bits, layout } from '../../bytes/layout.js';
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';

const descriptor = layout(4, {
  policyPageCode: bits(0, 5, 6),
  policySubpageCode: bits(1, 7, 8),
  MLUS: bit(2, 7),
  modePagePolicy: bits(2, 1, 2),
});

/** Page and subpage codes that stand for all pages not named, and the policy "shared" (SPC-5 table 627). */
const everyOther = { policyPageCode: 0x3f, policySubpageCode: 0xff };
const shared = 0;

export const modePagePolicy: VpdPage<PrimaryDevice> = {
  code: 0x87,
  name: 'Mode Page Policy',
  ref: 'SPC-5 7.7.11',
  content: () => descriptor.encode({ ...everyOther, modePagePolicy: shared }),
};
