// SPDX-License-Identifier: GPL-2.0-or-later
// Environmental Reporting log page (SPC-5 7.3.7): temperature and humidity, which stay what they are.
import { bits, layout, u8 } from '../../bytes/layout.js';
import type { LogPage } from '../log-page.js';
import type { PrimaryDevice } from '../primary.js';
import { steadyTemperature } from './temperature.js';

/** The same for degrees Celsius and for percent. */
const report = layout(8, {
  validity: bits(0, 1, 2),
  now: u8(1),
  lifetimeMaximum: u8(2),
  lifetimeMinimum: u8(3),
  maximumSincePowerOn: u8(4),
  minimumSincePowerOn: u8(5),
});

/** Percent: that of a computer room. */
const steadyHumidity = 45;

const steady = (value: number): Uint8Array =>
  report.encode({
    now: value,
    lifetimeMaximum: value,
    lifetimeMinimum: value,
    maximumSincePowerOn: value,
    minimumSincePowerOn: value,
  });

export const environmentalReportingPage: LogPage<PrimaryDevice> = {
  code: 0x0d,
  subpage: 0x01,
  name: 'Environmental Reporting',
  ref: 'SPC-5 7.3.7',
  parameters: () => [
    { code: 0x0000, format: 'binary list', value: steady(steadyTemperature) },
    { code: 0x0100, format: 'binary list', value: steady(steadyHumidity) },
  ],
};
