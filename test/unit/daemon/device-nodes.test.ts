// SPDX-License-Identifier: GPL-2.0-or-later
// When the nodes of a device are there: the kernel's, then udev's part.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { nodesOf, type SystemPaths, waitForNodes } from '../../../src/daemon/device-nodes.js';

type Files = NonNullable<Parameters<Test['testdir']>[0]>;

/** The files a kernel with sg and st shows before the drive 0:0:1:0 exists. */
function system(t: Test, udev: Files): SystemPaths {
  const root = t.testdir({
    sys: { class: { scsi_generic: {} }, bus: { scsi: { drivers: { st: {} }, devices: {} } } },
    dev: {},
    udev,
  });
  return { sys: `${root}/sys`, dev: `${root}/dev`, udev: `${root}/udev` };
}

function makeDevice(paths: SystemPaths, className: string, name: string, number: string): void {
  const folder = `${paths.sys}/bus/scsi/devices/0:0:1:0/${className}/${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/dev`, `${number}\n`);
}

const makeNode = ({ dev }: SystemPaths, name: string): void => writeFileSync(`${dev}/${name}`, '');

t.test('a drive has sg and st nodes', async (t) => {
  const paths = system(t, {});
  const missing = () => nodesOf('0:0:1:0', 'drive', { paths }).missing;
  t.same(missing(), ['the sg device of 0:0:1:0', 'the st device of 0:0:1:0']);
  makeDevice(paths, 'scsi_generic', 'sg3', '21:3');
  makeDevice(paths, 'scsi_tape', 'st0', '9:0');
  makeDevice(paths, 'scsi_tape', 'nst0', '9:128');
  t.same([...missing()].sort(), [`${paths.dev}/nst0`, `${paths.dev}/sg3`, `${paths.dev}/st0`]);
  for (const name of ['nst0', 'sg3', 'st0']) makeNode(paths, name);
  t.same(missing(), []);
});

t.test('where udev runs, its record must be there too', async (t) => {
  const paths = system(t, { control: '', data: {} });
  makeDevice(paths, 'scsi_generic', 'sg3', '21:3');
  makeDevice(paths, 'scsi_tape', 'nst0', '9:128');
  makeNode(paths, 'sg3');
  makeNode(paths, 'nst0');
  writeFileSync(`${paths.udev}/data/c21:3`, '');
  t.same(nodesOf('0:0:1:0', 'drive', { paths }).missing, [`udev for ${paths.dev}/nst0`]);
  const waiting = waitForNodes(['0:0:1:0'], 'drive', { paths });
  writeFileSync(`${paths.udev}/data/c9:128`, '');
  t.same((await waiting).present, [`${paths.dev}/sg3`, `${paths.dev}/nst0`]);
});

t.test('a record of the device that had the number before is none', async (t) => {
  const paths = system(t, { control: '', data: { 'c21:3': '', 'c9:128': '' } });
  makeDevice(paths, 'scsi_generic', 'sg3', '21:3');
  makeDevice(paths, 'scsi_tape', 'nst0', '9:128');
  for (const name of ['nst0', 'sg3']) makeNode(paths, name);
  utimesSync(`${paths.udev}/data/c21:3`, 4999, 4999);
  utimesSync(`${paths.udev}/data/c9:128`, 5001, 5001);
  const missing = (since: number) => nodesOf('0:0:1:0', 'drive', { paths, since }).missing;
  t.same(missing(5_000_000), [`udev for ${paths.dev}/sg3`]);
  t.same(missing(0), [], 'a device that was taken over may be older');
});

t.test('nobody waits for a driver the kernel has not', async (t) => {
  const paths = system(t, {});
  makeDevice(paths, 'scsi_generic', 'sg3', '21:3');
  makeNode(paths, 'sg3');
  t.same(await waitForNodes(['0:0:1:0'], 'library', { paths }), {
    present: [`${paths.dev}/sg3`],
    missing: [],
    absentDrivers: ['ch'],
  });
});

t.test('the wait ends', async (t) => {
  const { missing } = await waitForNodes(['0:0:1:0'], 'drive', {
    paths: system(t, {}),
    limitMs: 50,
  });
  t.equal(missing.length, 2);
});
