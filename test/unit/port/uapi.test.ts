// SPDX-License-Identifier: GPL-2.0-or-later
// src/port/uapi.ts says what kernel/mhvtl.h says: constants, sizes, places, and nothing left out.
import t from 'tap';
import {
  type Fields,
  type Layout,
  layout,
  littleEndian,
  u8,
  u32,
} from '../../../src/bytes/layout.js';
import { attach, attached, info, MHVTL, reply, request } from '../../../src/port/uapi.js';
import { constantNames, differences, evaluate, memberNames, namesOf } from '../../port/header.js';

t.test('every constant of the header is here, with its value', async (t) => {
  const names = constantNames();
  t.ok(names.length >= 27, 'the header was read');
  t.same(Object.keys(MHVTL).sort(), names.sort());
  const values = evaluate(names.map((name) => `MHVTL_${name}`));
  t.same(Object.fromEntries(names.map((name, i) => [name, values[i]])), MHVTL);
});

const structures: Readonly<Record<string, Layout<Fields>>> = {
  mhvtl_info: info,
  mhvtl_attach: attach,
  mhvtl_attached: attached,
  mhvtl_request: request,
  mhvtl_reply: reply,
};

for (const [struct, layout] of Object.entries(structures))
  t.test(`struct ${struct}`, async (t) => {
    t.same(differences(struct, layout), []);
    t.same(namesOf(layout).sort(), memberNames(struct).sort());
  });

t.test('the comparison finds what differs', async (t) => {
  const wrong = layout(36, { unit: littleEndian(u32(4)), channel: u8(0) });
  t.same(differences('mhvtl_attach', wrong), [
    'mhvtl_attach: size: header 32, here 36',
    'mhvtl_attach: unit at: header 0, here 4',
    'mhvtl_attach: channel at: header 4, here 0',
    'mhvtl_attach: channel length: header 4, here 1',
  ]);
});
