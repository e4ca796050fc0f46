// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's part: mhvtl.ko, what it needs to be built, the drivers st, sg and ch.
import { error, type Finding, type Machine, ok, textOf, warning } from './findings.js';

/** The package that has st, sg and ch, by ID and ID_LIKE of os-release(5). */
const driverPackages: readonly (readonly [RegExp, (kernel: string) => string])[] = [
  [/ubuntu/, (kernel) => `apt install linux-modules-extra-${kernel}`],
  [
    /debian/,
    (kernel) => `apt install linux-image-${kernel.replace(/^.*-(cloud-)?([a-z0-9]+)$/, '$2')}`,
  ],
  [/fedora|rhel|centos/, (kernel) => `dnf install kernel-modules-extra-${kernel}`],
  [/suse/, () => 'zypper install kernel-default'],
];

const headerPackages: readonly (readonly [RegExp, (kernel: string) => string])[] = [
  [/debian|ubuntu/, (kernel) => `apt install linux-headers-${kernel}`],
  [/fedora|rhel|centos/, (kernel) => `dnf install kernel-devel-${kernel}`],
  [/suse/, () => 'zypper install kernel-default-devel'],
];

const dkmsPackages: typeof driverPackages = [
  [/debian|ubuntu/, () => 'apt install mhvtl-dkms'],
  [/fedora|rhel|centos/, () => 'dnf install mhvtl-dkms'],
  [/suse/, () => 'zypper install mhvtl-dkms'],
];

function install(machine: Machine, packages: typeof driverPackages, else_: string): string {
  const system = textOf(machine, '/etc/os-release') ?? '';
  const ids = [...system.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)]
    .map((match) => match[1])
    .join(' ');
  return packages.find(([pattern]) => pattern.test(ids))?.[1](machine.kernel) ?? else_;
}

const isLoaded = (machine: Machine, module: string): boolean =>
  machine.exists(`/sys/module/${module}`);

/** UEFI keeps it as a variable: four bytes of attributes, then 1 for on (UEFI 3.3). */
function secureBoot(machine: Machine): boolean {
  const folder = '/sys/firmware/efi/efivars';
  const name = machine.list(folder).find((each) => each.startsWith('SecureBoot-'));
  return name !== undefined && machine.read(`${folder}/${name}`)?.[4] === 1;
}

function module(machine: Machine): Finding {
  if (isLoaded(machine, 'mhvtl')) {
    if (!machine.exists('/dev/mhvtl'))
      return error(
        'module',
        'a mhvtl.ko of another version is loaded: there is no /dev/mhvtl',
        'systemctl stop mhvtl.target; modprobe -r mhvtl; modprobe mhvtl',
      );
    const version = textOf(machine, '/sys/module/mhvtl/version')?.trim() ?? '';
    return ok('module', `mhvtl.ko ${version} is loaded`);
  }
  if (machine.run('modinfo', '-n', 'mhvtl') === undefined)
    return error(
      'module',
      `there is no mhvtl.ko for kernel ${machine.kernel}`,
      'dkms autoinstall; see the lines about headers and DKMS',
    );
  return secureBoot(machine)
    ? error(
        'module',
        'mhvtl.ko is not loaded, and Secure Boot is on: the kernel only loads what is signed',
        'mokutil --import /var/lib/dkms/mok.pub; restart and confirm the key; modprobe mhvtl',
      )
    : error('module', 'mhvtl.ko is not loaded', 'modprobe mhvtl');
}

function headers(machine: Machine): Finding {
  const build = `/lib/modules/${machine.kernel}/build`;
  if (machine.exists(`${build}/Makefile`)) return ok('headers', `${build} is there`);
  const remedy = install(
    machine,
    headerPackages,
    `install the headers of kernel ${machine.kernel}`,
  );
  return isLoaded(machine, 'mhvtl')
    ? warning('headers', 'kernel headers are missing: no module after the next update', remedy)
    : error('headers', `there are no headers of kernel ${machine.kernel}`, remedy);
}

function dkms(machine: Machine): Finding {
  const status = machine.run('dkms', 'status', 'mhvtl')?.trim();
  if (!status) {
    const why =
      status === undefined
        ? 'dkms is not installed: a new kernel gets no module'
        : 'DKMS does not know mhvtl';
    return warning('DKMS', why, install(machine, dkmsPackages, 'install the package mhvtl-dkms'));
  }
  const built = status
    .split('\n')
    .some((line) => line.includes(machine.kernel) && /installed/.test(line));
  return built
    ? ok('DKMS', `built for ${machine.kernel}`)
    : warning('DKMS', `not built for kernel ${machine.kernel}`, 'dkms autoinstall');
}

function drivers(machine: Machine): Finding[] {
  return (['st', 'sg', 'ch'] as const).map((name) => {
    const what = `driver ${name}`;
    if (isLoaded(machine, name)) return ok(what, 'is loaded');
    const builtIn = textOf(machine, `/lib/modules/${machine.kernel}/modules.builtin`) ?? '';
    if (builtIn.includes(`/${name}.ko`)) return ok(what, 'is part of the kernel');
    if (machine.run('modinfo', '-n', name) !== undefined)
      return name === 'ch'
        ? warning(what, 'is not loaded: no /dev/sch*', 'modprobe ch')
        : warning(what, 'is not loaded yet', `modprobe ${name}`);
    const remedy = install(
      machine,
      driverPackages,
      `install the modules of kernel ${machine.kernel}`,
    );
    return error(what, `there is no ${name}.ko for kernel ${machine.kernel}`, remedy);
  });
}

export const examineKernel = (machine: Machine): Finding[] => [
  module(machine),
  headers(machine),
  dkms(machine),
  secureBoot(machine)
    ? ok('Secure Boot', 'is on: modules have to be signed')
    : ok('Secure Boot', 'is off'),
  ...drivers(machine),
];
