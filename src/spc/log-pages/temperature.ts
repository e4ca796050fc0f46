// SPDX-License-Identifier: GPL-2.0-or-later
// Temperature log page (SPC-5 7.3.19).
import { layout, u8 } from '../../bytes/layout.js';
import type { LogPage } from '../log-page.js';
import type { PrimaryDevice } from '../primary.js';

const parameter = layout(2, { temperature: u8(1) });
/** Degrees Celsius: that of a drive in a cool room. */
export const steadyTemperature = 30;

export const temperaturePage: LogPage<PrimaryDevice> = {
  code: 0x0d,
  name: 'Temperature',
  ref: 'SPC-5 7.3.19',
  parameters: () => [
    {
      code: 0x0000,
      format: 'binary list',
      DS: true,
      TSD: true,
      value: parameter.encode({ temperature: steadyTemperature }),
    },
  ],
};
