// SPDX-License-Identifier: GPL-2.0-or-later
// Requested Recovery log page (ADC-3 6.1.4): what the drive asks the library to do for it.
import type { LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

/** RECOVERY PROCEDURE: nothing is asked (ADC-3 table 31). */
const notRequested = 0x00;

export const requestedRecoveryPage: LogPage<TapeDrive> = {
  code: 0x13,
  name: 'Requested Recovery',
  ref: 'ADC-3 6.1.4',
  parameters: () => [{ code: 0x0000, format: 'binary list', value: Uint8Array.of(notRequested) }],
};
