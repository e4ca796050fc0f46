// SPDX-License-Identifier: GPL-2.0-or-later
// Mode parameter header of media changers: medium type and device-specific parameter are reserved, and there
// are no block descriptors (SMC-3, mode parameters).
import { invalidFieldInParameterList } from '../sam/reply.js';
import type { ModeFrame } from '../spc/mode-parameters.js';

export const changerModeFrame: ModeFrame = {
  mediumType: () => 0,
  deviceSpecificParameter: () => 0,
  blockDescriptor: () => undefined,
  accept(header, blockDescriptor) {
    if (header.deviceSpecificParameter !== 0) throw invalidFieldInParameterList(header.at);
    if (blockDescriptor) throw invalidFieldInParameterList(blockDescriptor.at);
    return () => {};
  },
};
