// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a request of the kernel.
import t from 'tap';
import { taskOf } from '../../../src/port/translation.js';
import { MHVTL, request } from '../../../src/port/uapi.js';

t.test(
  'a CDB is as long as the kernel says, and stays what it was when the next request comes',
  async (t) => {
    const bytes = new Uint8Array(request.size);
    request.patch(bytes, {
      type: MHVTL.REQ_COMMAND,
      cdbLength: 6,
      cdb: Uint8Array.of(8, 0, 0, 0, 1),
    });
    const task = taskOf(request.decode(bytes), new Uint8Array(0));
    bytes.fill(0xff);
    t.same([...task.cdb], [8, 0, 0, 0, 1, 0]);
  },
);
