// SPDX-License-Identifier: GPL-2.0-or-later
// Where the cartridges are, and the configuration.
import { errorsAmong, type Problem } from '../../../config/problem.js';
import type { Units } from '../units.js';
import { error, type Finding, type Machine, ok, warning } from './findings.js';

const GIB = 2 ** 30;
/** Less than this is soon full. */
const LITTLE = 5 * GIB;

function home(machine: Machine, path: string): Finding {
  const what = `cartridges in ${path}`;
  if (!machine.exists(path))
    return error(what, 'there is no such directory', `mkdir -p ${path}; make_vtl_media`);
  if (!machine.writable(path))
    return warning(what, 'you may not write there', `run as root, or chgrp mhvtl ${path}`);
  const free = machine.free(path) ?? 0;
  const text = `${(free / GIB).toFixed(1)} GiB free`;
  return free < LITTLE
    ? warning(what, text, 'make room, or move the cartridges: Home directory in device.conf')
    : ok(what, text);
}

/** Cartridges that are open, and who has them: drives, tools, other hosts. */
function openCartridges(machine: Machine, homes: readonly string[]): Finding {
  const found = homes.flatMap((path) =>
    machine.list(path).flatMap((barcode) => {
      const user = machine.cartridgeUser(`${path}/${barcode}`);
      return user === undefined ? [] : [`${barcode}: ${user}`];
    }),
  );
  return ok('cartridges in use', found.join('; ') || 'none');
}

export function examineMedia(machine: Machine, { libraries, settings }: Units): Finding[] {
  const homes = [...new Set(libraries.map(({ homeDirectory }) => homeDirectory))].concat(
    libraries.length === 0 ? [settings.homePath] : [],
  );
  return [...homes.map((path) => home(machine, path)), openCartridges(machine, homes)];
}

export function examineConfiguration(problems: readonly Problem[]): Finding {
  const errors = errorsAmong(problems).length;
  if (errors > 0) return error('configuration', `${errors} errors`, 'vtlcmd check');
  return problems.length > 0
    ? warning('configuration', `${problems.length} warnings`, 'vtlcmd check')
    : ok('configuration', 'no mistakes');
}
