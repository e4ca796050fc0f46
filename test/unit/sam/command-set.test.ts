// SPDX-License-Identifier: GPL-2.0-or-later
// Lists of commands, and products that lack some of their device type's.
import t from 'tap';
import { driveDefaults } from '../../../src/personality/drive-defaults.js';
import { ibmLto3 } from '../../../src/personality/lto/ibm-3.js';
import { CommandSet, without } from '../../../src/sam/command-set.js';
import { modeSelect10 } from '../../../src/spc/mode-select.js';
import { modeSense10 } from '../../../src/spc/mode-sense.js';
import { rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

t.test('a product leaves commands out, and says so', async (t) => {
  const commands = without(driveDefaults.commands, modeSelect10, modeSense10);
  const { run } = await rig({ ...ibmLto3, commands });
  t.equal(senseOf(await run('5a 00 3f 00 00 00 00 00 ff 00')), '5/20/00');
  t.equal((await run('1a 00 3f 00 ff 00')).status, 0, 'MODE SENSE(6) is still there');
  const support = (await run('a3 0c 01 5a 00 00 00 00 ff ff 00 00')).dataIn;
  t.equal(support[1], 1, 'REPORT SUPPORTED OPERATION CODES: not supported');
});

t.test('mistakes are found at load', async (t) => {
  t.throws(() => without([modeSense10], modeSelect10), RangeError);
  t.throws(() => new CommandSet([modeSense10], [modeSense10]), RangeError);
});
