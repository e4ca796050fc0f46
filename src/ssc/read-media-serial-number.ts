// SPDX-License-Identifier: GPL-2.0-or-later
// READ MEDIA SERIAL NUMBER (SPC-5 6.20).
import { ascii, concat, layout, u32 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

const header = layout(4, { mediumSerialNumberLength: u32(0) });

export const readMediaSerialNumber = command<TapeDrive>()({
  name: 'READ MEDIA SERIAL NUMBER',
  ref: 'SPC-5 6.20',
  opcode: 0xab,
  serviceAction: 0x01,
  passesReserve: true,
  allowedUnder: 'every reservation',
  cdb: { allocationLength: u32(6) },
  execute(drive) {
    const serial = drive.assertMounted().volume.mam.get('serialNumber').trimEnd();
    /* A multiple of four bytes. */
    const length = Math.ceil(serial.length / 4) * 4;
    const number = layout(length, { serial: ascii(0, length) }).encode({ serial });
    return good(concat(header.encode({ mediumSerialNumberLength: length }), number));
  },
});
