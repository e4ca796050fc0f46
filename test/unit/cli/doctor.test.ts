// SPDX-License-Identifier: GPL-2.0-or-later
// What doctor says about machines on which one thing is missing.
import t from 'tap';
import type { Finding, Machine } from '../../../src/cli/vtlcmd/doctor/findings.js';
import { examineKernel } from '../../../src/cli/vtlcmd/doctor/kernel.js';
import { examineMedia } from '../../../src/cli/vtlcmd/doctor/media.js';
import { examineServices } from '../../../src/cli/vtlcmd/doctor/services.js';
import type { UnitState } from '../../../src/cli/vtlcmd/state.js';
import type { Units } from '../../../src/cli/vtlcmd/units.js';

const kernel = '6.1.0-56-amd64';
const sound: Readonly<Record<string, string>> = {
  '/sys/module/mhvtl': '',
  '/sys/module/mhvtl/version': '2.0.0\n',
  '/dev/mhvtl': '',
  [`/lib/modules/${kernel}/build/Makefile`]: '',
  '/sys/module/st': '',
  '/sys/module/sg': '',
  '/sys/module/ch': '',
  '/etc/os-release': 'ID=debian\n',
  '/run/systemd/system': '',
  '/run/dbus/system_bus_socket': '',
  '/dev/tape/by-id/scsi-XYZZY_A1': '',
  '/proc/sysvipc/msg':
    '       key      msqid perms\n1298231915          7   660          0          0 1 2\n',
};
const programs: Readonly<Record<string, string>> = {
  'dkms status mhvtl': `mhvtl/2.0.0, ${kernel}, x86_64: installed\n`,
  'systemctl show -P ActiveState mhvtl.target': 'active\n',
  'busctl --system list --acquired --no-legend': 'org.mhvtl.Drive11 1 vtltape\n',
};

/** A sound machine with some files and programs replaced or taken away. */
function machine(
  files: Readonly<Record<string, string | undefined>> = {},
  outputs: Readonly<Record<string, string | undefined>> = {},
): Machine {
  const all = { ...sound, ...files };
  const paths = Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [path]));
  return {
    kernel,
    exists: (path) => paths.includes(path),
    read: (path) => (all[path] === undefined ? undefined : Buffer.from(all[path], 'latin1')),
    list: (path) =>
      paths
        .filter((each) => each.startsWith(`${path}/`))
        .map((each) => each.slice(path.length + 1)),
    link: () => undefined,
    run: (program, ...words) => ({ ...programs, ...outputs })[[program, ...words].join(' ')],
    free: () => 1e12,
    writable: () => true,
    cartridgeUser: (directory) =>
      directory.endsWith('E01001L8') ? 'vtltape@12 (process 4711) on host tape2' : undefined,
  };
}

const drive: UnitState = {
  unit: 11,
  kind: 'drive',
  vendor: 'IBM',
  product: 'ULT3580-TD8',
  serial: 'XYZZY_A1',
  state: 'empty',
};
const bad = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state !== 'ok')
    .map(({ what, found, remedy }) => `${what}: ${found} => ${remedy}`);
const unloaded = { '/sys/module/mhvtl': undefined, '/dev/mhvtl': undefined };

t.test('nothing is wrong with a sound machine', async (t) => {
  t.same(bad(examineKernel(machine())), []);
  t.same(bad(examineServices(machine(), [drive])), []);
});

t.test('what is missing is named with what mends it', async (t) => {
  const cases: readonly (readonly [string, readonly Finding[], RegExp])[] = [
    [
      'module not built',
      examineKernel(machine(unloaded)),
      /module: there is no mhvtl.ko for kernel .* => dkms autoinstall/,
    ],
    [
      'module not loaded',
      examineKernel(machine(unloaded, { 'modinfo -n mhvtl': '/x' })),
      /module: mhvtl.ko is not loaded => modprobe mhvtl/,
    ],
    [
      'Secure Boot',
      examineKernel(
        machine(
          { ...unloaded, '/sys/firmware/efi/efivars/SecureBoot-8be4': '\x06\0\0\0\x01' },
          { 'modinfo -n mhvtl': '/x' },
        ),
      ),
      /Secure Boot is on.*=> mokutil --import/,
    ],
    [
      'module of mhvtl 1.8',
      examineKernel(machine({ '/dev/mhvtl': undefined })),
      /another version is loaded/,
    ],
    [
      'headers',
      examineKernel(machine({ [`/lib/modules/${kernel}/build/Makefile`]: undefined })),
      /headers.*=> apt install linux-headers-6.1.0-56-amd64/,
    ],
    [
      'no dkms',
      examineKernel(machine({}, { 'dkms status mhvtl': undefined })),
      /DKMS: dkms is not installed/,
    ],
    [
      'not built by dkms',
      examineKernel(machine({}, { 'dkms status mhvtl': 'mhvtl/2.0.0, 5.10.0: installed' })),
      /DKMS: not built for kernel 6.1.0-56-amd64 => dkms autoinstall/,
    ],
    [
      'no st',
      examineKernel(
        machine({ '/sys/module/st': undefined, '/etc/os-release': 'ID=ubuntu\nID_LIKE=debian\n' }),
      ),
      /driver st: there is no st.ko .*=> apt install linux-modules-extra-6.1.0-56-amd64/,
    ],
    [
      'ch not loaded',
      examineKernel(machine({ '/sys/module/ch': undefined }, { 'modinfo -n ch': '/x' })),
      /driver ch: .*=> modprobe ch/,
    ],
    [
      'target stopped',
      examineServices(machine({}, { 'systemctl show -P ActiveState mhvtl.target': 'inactive' }), [
        drive,
      ]),
      /units: mhvtl.target is inactive => systemctl enable --now/,
    ],
    [
      'daemon dead',
      examineServices(machine(), [{ ...drive, state: 'no daemon' }]),
      /drive 11 does not answer => systemctl restart vtltape@11/,
    ],
    [
      'no queue',
      examineServices(machine({ '/proc/sysvipc/msg': '' }), [drive]),
      /message queue: there is none/,
    ],
    [
      'full queue',
      examineServices(machine({ '/proc/sysvipc/msg': '1298231915 7 660 100 4 1 2' }), [drive]),
      /4 messages wait.*ipcrm -Q 0x4d61726b/,
    ],
    [
      'no bus',
      examineServices(machine({ '/run/dbus/system_bus_socket': undefined }), [drive]),
      /bus: there is no system bus/,
    ],
    [
      'not on the bus',
      examineServices(machine({}, { 'busctl --system list --acquired --no-legend': '' }), [drive]),
      /not on it: 11/,
    ],
    [
      'no links',
      examineServices(machine({ '/dev/tape/by-id/scsi-XYZZY_A1': undefined }), [drive]),
      /udevadm trigger/,
    ],
    [
      'lock files',
      examineServices(machine({ '/var/lock/mhvtl/mhvtl11': '' }), [drive]),
      /mhvtl 1.8: mhvtl11 => rm -r/,
    ],
    [
      'old nodes',
      examineServices(machine({ '/dev/mhvtl11': '' }), [drive]),
      /=> rm \/dev\/mhvtl11/,
    ],
  ];
  for (const [name, findings, expected] of cases) {
    t.match(bad(findings).join('\n'), expected, name);
    t.equal(bad(findings).length, 1, `${name}: and nothing else`);
  }
});

t.test('who has cartridges open', async (t) => {
  const home = '/opt/mhvtl/10';
  const units = { libraries: [], drives: [], settings: { homePath: home } } as unknown as Units;
  const used = (files: Record<string, string>) =>
    examineMedia(machine(files), units).find(({ what }) => what === 'cartridges in use');
  t.same(used({ [`${home}/E01001L8`]: '', [`${home}/E01002L8`]: '' }), {
    what: 'cartridges in use',
    state: 'ok',
    found: 'E01001L8: vtltape@12 (process 4711) on host tape2',
  });
  t.match(used({ [`${home}/E01002L8`]: '' }), { state: 'ok', found: 'none' });
});
