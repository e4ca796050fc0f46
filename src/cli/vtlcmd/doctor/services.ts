// SPDX-License-Identifier: GPL-2.0-or-later
// What runs: units, daemons, the message queue, the bus; who holds the devices; what is left of other installations.
import { QUEUE_KEY, removeQueue, VTLCMD_ADDRESS } from '../../../ipc/message.js';
import type { UnitState } from '../state.js';
import { error, type Finding, type Machine, ok, textOf, warning } from './findings.js';

function units(machine: Machine): Finding {
  if (!machine.exists('/run/systemd/system'))
    return warning('units', 'systemd does not run here', 'start vtllibrary and vtltape by hand');
  const state = machine.run('systemctl', 'show', '-P', 'ActiveState', 'mhvtl.target')?.trim();
  if (state === 'active') return ok('units', 'mhvtl.target is active');
  return error(
    'units',
    `mhvtl.target is ${state ?? 'unknown'}`,
    'systemctl enable --now mhvtl.target',
  );
}

function daemons(states: readonly UnitState[]): Finding[] {
  const dead = states.filter(({ state }) => state === 'no daemon');
  if (states.length === 0)
    return [
      error('daemons', 'device.conf names no unit', 'vtlcmd add library --preset stk-l700-lto8'),
    ];
  if (dead.length === 0) return [ok('daemons', `${states.length} answer`)];
  return dead.map(({ unit, kind }) => {
    const name = `vtl${kind === 'drive' ? 'tape' : 'library'}@${unit}`;
    return error(
      'daemons',
      `${kind} ${unit} does not answer`,
      `systemctl restart ${name}; journalctl -u ${name}`,
    );
  });
}

/** The line of our queue in /proc/sysvipc/msg: key msqid perms cbytes qnum lspid ... */
function queue(machine: Machine): Finding {
  const rows = (textOf(machine, '/proc/sysvipc/msg') ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const row = rows.find(([key]) => Number(key) === QUEUE_KEY);
  if (!row) return warning('message queue', 'there is none', 'systemctl start mhvtl.target');
  const waiting = Number(row[4]);
  if (waiting === 0) return ok('message queue', `queue ${row[1]}, nothing waits`);
  return warning(
    'message queue',
    `${waiting} messages wait that nobody has read`,
    `vtlcmd status, and if all units answer: ${removeQueue} (mhvtl 1.8 leaves answers for ${VTLCMD_ADDRESS})`,
  );
}

function bus(machine: Machine, states: readonly UnitState[]): Finding {
  if (!machine.exists('/run/dbus/system_bus_socket'))
    return warning('bus', 'there is no system bus; the message queue does', 'apt install dbus');
  const names = machine.run('busctl', '--system', 'list', '--acquired', '--no-legend') ?? '';
  const running = states.filter(({ state }) => state !== 'no daemon');
  const absent = running.filter(
    ({ kind, unit }) =>
      !names.includes(`org.mhvtl.${kind === 'drive' ? 'Drive' : 'Library'}${unit} `),
  );
  if (absent.length === 0) return ok('bus', `${running.length} units are on it`);
  return warning(
    'bus',
    `not on it: ${absent.map(({ unit }) => unit).join(', ')}`,
    'ls /usr/share/dbus-1/system.d/org.mhvtl.conf; systemctl reload dbus',
  );
}

/** Programs that have a tape or changer node open: what keeps units from being removed. */
function holders(machine: Machine): Finding {
  const found = machine
    .list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const open = machine
        .list(`/proc/${pid}/fd`)
        .map((fd) => machine.link(`/proc/${pid}/fd/${fd}`));
      const nodes = [...new Set(open.filter((path) => /^\/dev\/(n?st|sch)\d+/.test(path ?? '')))];
      const name = textOf(machine, `/proc/${pid}/comm`)?.trim();
      return nodes.length > 0 ? [`${name} (${pid}): ${nodes.join(' ')}`] : [];
    });
  return ok('devices in use', found.join('; ') || 'by nobody');
}

function links(machine: Machine, states: readonly UnitState[]): Finding {
  const running = states.some(({ state }) => state !== 'no daemon');
  const names = machine.list('/dev/tape/by-id');
  if (names.length > 0) return ok('stable names', `${names.length} in /dev/tape/by-id`);
  return running
    ? warning('stable names', 'there is no /dev/tape/by-id', 'udevadm trigger; udevadm settle')
    : ok('stable names', 'none, as no unit runs');
}

function leftovers(machine: Machine): Finding {
  const locks = machine.list('/var/lock/mhvtl');
  const nodes = machine.list('/dev').filter((name) => /^mhvtl\d+$/.test(name));
  if (locks.length > 0)
    return warning(
      'leftovers',
      `lock files of mhvtl 1.8: ${locks.join(' ')}`,
      'rm -r /var/lock/mhvtl',
    );
  if (nodes.length > 0)
    return warning(
      'leftovers',
      `device nodes of mhvtl 1.8: ${nodes.join(' ')}`,
      `rm ${nodes.map((name) => `/dev/${name}`).join(' ')}`,
    );
  return ok('leftovers', 'none of an earlier installation');
}

export const examineServices = (machine: Machine, states: readonly UnitState[]): Finding[] => [
  units(machine),
  ...daemons(states),
  queue(machine),
  bus(machine, states),
  holders(machine),
  links(machine, states),
  leftovers(machine),
];
