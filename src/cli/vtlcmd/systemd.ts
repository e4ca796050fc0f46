// SPDX-License-Identifier: GPL-2.0-or-later
// The daemons as services of systemd.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { DEFAULT_CONFIG_PATH } from '../../config/load.js';
import type { UnitKind } from '../../ipc/words.js';
import type { Step } from './change.js';
import { Failure } from './failure.js';
import { configDirectory } from './units.js';

/** Why systemd does not run the daemons of this configuration; undefined when it does. */
export function whyByHand(): string | undefined {
  const directory = configDirectory();
  if (directory !== DEFAULT_CONFIG_PATH)
    return `The units of systemd serve ${DEFAULT_CONFIG_PATH}, not ${directory}`;
  return existsSync('/run/systemd/system') ? undefined : 'systemd does not run here';
}

/** @returns what it prints; @throws Failure */
export function systemctl(...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('systemctl', words, { encoding: 'utf8' });
  if (status !== 0)
    throw new Failure(`systemctl ${words.join(' ')}: ${error?.message ?? stderr.trim()}`);
  return stdout;
}

/** A unit as systemd and device.conf name it. */
export interface Instance {
  readonly kind: UnitKind;
  readonly unit: number;
}

/** `vtltape@11.service` */
export const service = ({ kind, unit }: Instance): string =>
  `vtl${kind === 'drive' ? 'tape' : 'library'}@${unit}.service`;

/** Has systemd start or stop daemons; what mhvtl.target wants is found out anew before. */
const daemonsStep = (
  verb: 'start' | 'stop',
  units: readonly Instance[],
  print: (text: string) => void,
): Step => {
  const words = [verb, ...units.map(service)];
  return {
    what: `systemctl ${words.join(' ')}`,
    run() {
      const why = whyByHand();
      if (why !== undefined) {
        print(`${why}. To do by hand: systemctl ${words.join(' ')}`);
        return;
      }
      systemctl('daemon-reload');
      systemctl(...words);
    },
  };
};

/** Starts the daemons of new units. */
export const startStep = (units: readonly Instance[], print: (text: string) => void): Step =>
  daemonsStep('start', units, print);

/** Stops the daemons of units that are no more. */
export const stopStep = (units: readonly Instance[], print: (text: string) => void): Step =>
  daemonsStep('stop', units, print);
