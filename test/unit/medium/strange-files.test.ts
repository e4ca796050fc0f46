// SPDX-License-Identifier: GPL-2.0-or-later
// What may lie in place of a cartridge's file: links, files with a second name, pipes, directories, devices.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { newCartridge, thrownBy } from '../../fixtures/media/cartridges.js';

const ROOT = 0;
const DAEMON = 990;
const WRITTEN = ['data.0', 'indx.0', 'meta.0'];
/** Replaced as a whole: what lies there is not written to. */
const REPLACED = 'mam';

/** As whom the medium believes to run. */
function as(t: Test, user: number): void {
  const { geteuid } = process;
  t.teardown(() => {
    process.geteuid = geteuid!;
  });
  process.geteuid = () => user;
}

async function use(directory: string): Promise<void> {
  const volume = openCartridge(directory);
  await volume.write(0, 0, Buffer.alloc(10));
  await volume.flush();
  await volume.close();
}

/** A cartridge whose file `name` has gone elsewhere, and where it is. */
function without(t: Test, name: string): { directory: string; path: string; elsewhere: string } {
  const place = fs.realpathSync(t.testdir({}));
  const directory = newCartridge(place);
  const path = `${directory}/${name}`;
  const elsewhere = `${place}/elsewhere`;
  fs.renameSync(path, elsewhere);
  return { directory, path, elsewhere };
}

for (const name of WRITTEN) {
  t.test(`root does not open ${name} through a link`, async (t) => {
    as(t, ROOT);
    const { directory, path, elsewhere } = without(t, name);
    const before = fs.readFileSync(elsewhere);
    fs.symlinkSync(elsewhere, path);
    await thrownBy(() => use(directory));
    t.same(fs.readFileSync(elsewhere), before, 'nothing was written where it leads');
  });

  t.test(`root does not open ${name} with a second name`, async (t) => {
    as(t, ROOT);
    const { directory, path, elsewhere } = without(t, name);
    fs.linkSync(elsewhere, path);
    const before = fs.readFileSync(elsewhere);
    await thrownBy(() => use(directory));
    t.same(fs.readFileSync(elsewhere), before, 'nothing was written to it');
  });
}

for (const name of [...WRITTEN, REPLACED]) {
  t.test(`a pipe, a directory, a device in place of ${name} are refused at once`, async (t) => {
    as(t, DAEMON);
    const { directory, path } = without(t, name);
    t.equal(spawnSync('mkfifo', [path]).status, 0);
    await thrownBy(() => openCartridge(directory));
    fs.rmSync(path);
    fs.mkdirSync(path);
    await thrownBy(() => openCartridge(directory));
    fs.rmdirSync(path);
    fs.symlinkSync('/dev/zero', path);
    await thrownBy(() => openCartridge(directory));
  });
}

for (const leave of [fs.symlinkSync, fs.linkSync]) {
  t.test(`root writes nothing through ${REPLACED}: ${leave.name}`, async (t) => {
    as(t, ROOT);
    const { directory, path, elsewhere } = without(t, REPLACED);
    leave(elsewhere, path);
    const before = fs.readFileSync(elsewhere);
    const volume = openCartridge(directory);
    await volume.mount({ vendor: 'IBM', serial: 'XYZZY_A1' });
    await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    t.same(fs.readFileSync(elsewhere), before);
    t.notSame(fs.readFileSync(path), before, 'the load is counted in its place');
  });
}
