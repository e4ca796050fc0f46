// SPDX-License-Identifier: GPL-2.0-or-later
// A directory for thousands of small files that nobody keeps.
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import type { Test } from 'tap';

const SHARED_MEMORY = '/dev/shm';

/** In memory where there is such a place; removed after the test. */
export function temporaryPlace(t: Pick<Test, 'teardown'>): string {
  const home = fs.existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir();
  const place = fs.mkdtempSync(`${home}/mhvtl-test-`);
  t.teardown(() => fs.rmSync(place, { recursive: true, force: true }));
  return place;
}
