// SPDX-License-Identifier: GPL-2.0-or-later
// Whose cartridges root makes: no link in a directory of somebody else's leads root to a directory of root's.
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { makeDirectory } from '../../../src/cli/tape/new-tape.js';
import { asOwnerOf, ownerFor } from '../../../src/cli/tape/owner.js';

const SOMEBODY = 12_345;
const skip = process.geteuid?.() === 0 ? false : 'needs root';

t.test('directories and links of somebody', { skip }, async (t) => {
  const top = mkdtempSync(join(tmpdir(), 'mhvtl-owner-'));
  t.teardown(() => rmSync(top, { recursive: true }));
  chmodSync(top, 0o755);
  const [roots, theirs] = [join(top, 'root'), join(top, 'theirs')];
  for (const each of [roots, theirs]) mkdirSync(each);
  chownSync(theirs, SOMEBODY, SOMEBODY);
  const uidFor = (path: string): number => ownerFor(join(top, path)).uid;
  t.equal(uidFor('root'), 0);
  t.equal(uidFor('root/not/there'), 0);
  t.equal(uidFor('theirs'), SOMEBODY);
  t.equal(uidFor('theirs/not/there'), SOMEBODY);

  symlinkSync(roots, join(theirs, 'evil'));
  lchownSync(join(theirs, 'evil'), SOMEBODY, SOMEBODY);
  t.equal(uidFor('theirs/evil'), SOMEBODY, 'a link of theirs does not make it root');
  t.equal(uidFor('theirs/evil/not/there'), SOMEBODY);
  symlinkSync(roots, join(top, 'link'));
  t.equal(uidFor('link'), 0, 'a link of root does');

  makeDirectory(join(theirs, 'home', 'of', 'tapes'));
  t.equal(statSync(join(theirs, 'home', 'of')).uid, SOMEBODY);
  t.throws(
    () => asOwnerOf(join(theirs, 'evil'), () => mkdirSync(join(theirs, 'evil', 'E01001L8'))),
    {
      code: 'EACCES',
    },
  );
});
