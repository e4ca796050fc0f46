// SPDX-License-Identifier: GPL-2.0-or-later
// What sg3-utils make of the VPD and log pages of all drives: they decode them, and know every parameter but those
// that came with a later standard than theirs. (Mode pages need a device: test/system/pages.sh.)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import t from 'tap';
import { hex } from '../../src/bytes/hex.js';
import { defaultDrive } from '../../src/personality/default-drive.js';
import { driveProducts } from '../../src/personality/drives.js';
import { nativeDensity } from '../../src/ssc/drive-product.js';
import { rig } from '../support/drive.js';

const folder = mkdtempSync(`${tmpdir()}/mhvtl-decoders-`);
t.teardown(() => rmSync(folder, { recursive: true }));

const h2 = (value: number) => value.toString(16).padStart(2, '0');
const complaint = /\bbad\b|invalid|illegal|truncated|too short|too long|unexpected|reserved param/i;
/** Parameters of SSC-5 that sg_logs of sg3-utils 1.46 calls reserved. */
const newer = /^ +Reserved parameter code \(0x1[89]\).*$/gm;

/** TapeAlert flags, whose names are about everything bad. */
const flags = /^.*: [01]$/gm;

/** Counters of a SAS phy, one of which counts what is invalid. */
const counters = /^ +Invalid DWORD count = 0$/gm;

/** sg_logs of sg3-utils 1.48 shows the beginning of values it does not know. */
const shortened = /\[truncated after \d+ of \d+ bytes \(use '-H' to see the rest\)\]/g;

/** What a decoder does not like about some bytes; nothing for pages that were looked at before. */
const seen = new Set<string>();
function complaintOf(tool: string, bytes: Uint8Array, ...options: string[]): string | undefined {
  const text = hex(bytes);
  if (seen.has(tool + text)) return undefined;
  seen.add(tool + text);
  const file = `${folder}/page`;
  writeFileSync(file, `${text}\n`);
  const { status, stdout, stderr } = spawnSync(tool, [`--inhex=${file}`, ...options], {
    encoding: 'utf8',
  });
  const expected = [newer, counters, flags, shortened];
  const said = expected.reduce((text, each) => text.replace(each, ''), `${stdout}${stderr}`);
  if (status === 0 && !complaint.test(said)) return undefined;
  return `${tool} ${status}: ${said.split('\n').find((line) => complaint.test(line)) ?? said}`;
}

const skip = spawnSync('sg_logs', ['--version']).error && 'sg3-utils is not installed';

t.test('sg_vpd and sg_logs', { skip: skip ?? false }, async (t) => {
  for (const product of [...driveProducts, defaultDrive]) {
    const { run, insert, write } = await rig(product);
    await insert({ density: nativeDensity(product).cartridges.at(-1)! });
    await write(1000, 2000, 'mark');
    const wrong: (string | undefined)[] = [];
    for (const code of (await run('12 01 00 00 ff 00')).dataIn.subarray(4))
      wrong.push(complaintOf('sg_vpd', (await run(`12 01 ${h2(code)} ff ff 00`)).dataIn));
    for (const code of (await run('4d 00 40 00 00 00 00 ff ff 00')).dataIn.subarray(4)) {
      const page = (await run(`4d 00 ${h2(0x40 | code)} 00 00 00 00 ff ff 00`)).dataIn;
      wrong.push(complaintOf('sg_logs', page, '--pdt=1'));
    }
    t.same(
      wrong.filter((each) => each !== undefined),
      [],
      product.description,
    );
  }
});
