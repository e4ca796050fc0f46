// SPDX-License-Identifier: GPL-2.0-or-later
// Volume identification templates of SEND VOLUME TAG (SCSI-2 17.2.7.1).
import t from 'tap';
import { fitsTemplate } from '../../../src/smc/volume-template.js';

t.test('what fits', async (t) => {
  for (const template of [
    'A00001L8',
    'A*',
    '*L8',
    '*',
    'A?????L8',
    'A**1L8*',
    '*0*0*1*',
    '????????',
  ])
    t.ok(fitsTemplate(template, 'A00001L8'), template);
  for (const template of ['', 'A00001', 'A00001L80', '?', 'B*', '*L7', 'A?L8', '*0*0*0*0*0*'])
    t.notOk(fitsTemplate(template, 'A00001L8'), template);
  t.ok(fitsTemplate('*', ''));
  t.ok(fitsTemplate('A.C', 'A.C'));
  t.notOk(fitsTemplate('A.C', 'ABC'), 'a dot is a dot');
});

t.test('a template made to keep the library busy does not', async (t) => {
  const started = process.hrtime.bigint();
  t.notOk(fitsTemplate(`${'*A'.repeat(15)}*B`, 'A'.repeat(32)));
  t.ok(process.hrtime.bigint() - started < 100_000_000n, 'under 100 ms');
});
