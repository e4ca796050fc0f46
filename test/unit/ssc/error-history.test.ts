// SPDX-License-Identifier: GPL-2.0-or-later
// Errors of the medium and the drive stay in the Tape Diagnostic Data log page (SSC-5 8.2.8), also over a restart.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { MediumError } from '../../../src/medium/volume.js';
import { ibmLto8 } from '../../../src/personality/lto/ibm-8.js';
import { VolatileState } from '../../../src/spc/environment.js';
import { keptErrors } from '../../../src/ssc/error-history.js';
import { type Rig, rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const recordSize = 4 + 68;

/** The records of the page, each with the header of its parameter. */
async function records({ run }: Rig): Promise<Uint8Array[]> {
  const page = (await run('4d 00 56 00 00 00 00 ff ff 00')).dataIn;
  return Array.from({ length: keptErrors }, (_, i) =>
    page.slice(4 + i * recordSize, 4 + (i + 1) * recordSize),
  );
}

/** A drive whose medium cannot be read. */
async function broken(state = new VolatileState()): Promise<Rig> {
  const drive = await rig(ibmLto8, state);
  const volume = await drive.insert();
  await drive.write(100);
  await drive.run('01 00 00 00 00 00');
  volume.read = () => {
    throw new MediumError('unreadable', 'a test');
  };
  return drive;
}

t.test('an error and its circumstances', async (t) => {
  const state = new VolatileState();
  const drive = await broken(state);
  t.equal(senseOf(await drive.run('08 00 00 00 64 00')), '3/11/00');
  const [first, second] = await records(drive);
  t.equal(hex(first!.subarray(0, 8)), '00 00 03 44 00 00 5e 88', 'density and medium type');
  t.equal(hex(first!.subarray(12, 16)), '00 03 11 00', 'sense');
  t.equal(hex(first!.subarray(28, 30)), '08 00', 'READ(6)');
  t.equal(new TextDecoder().decode(first!.subarray(20, 24)), '2160', 'revision');
  t.ok(second!.subarray(4).every((byte) => byte === 0));
  await drive.run('08 00 00 00 64 00');
  t.equal((await records(drive))[0]![13], 0x83, 'REPEAT');
  const again = await rig(ibmLto8, state);
  t.equal((await records(again))[0]![14], 0x11, 'after a restart');
});

t.test('an error of a block that was acknowledged', async (t) => {
  const drive = await rig(ibmLto8);
  const volume = await drive.insert();
  await drive.write(100);
  let failed = true;
  Object.assign(volume, {
    takeDeferredError() {
      if (!failed) return undefined;
      failed = false;
      return new MediumError('unwritable', 'a test', { deferred: true });
    },
  });
  t.equal(senseOf(await drive.run('00 00 00 00 00 00')), '3/0c/00');
  const [first] = await records(drive);
  t.equal(hex(first!.subarray(12, 16)), '00 03 0c 00', 'sense');
  t.equal(hex(first!.subarray(28, 30)), '0a 00', 'of a write');
});

t.test('what is no fault of the drive is not recorded', async (t) => {
  const drive = await rig();
  await drive.run('00 00 00 00 00 00');
  await drive.run('ff 00 00 00 00 00');
  t.same(drive.drive.history.errors, []);
});

t.test('a history that somebody edited begins anew', async (t) => {
  const state = new VolatileState();
  state.save('error-history', new TextEncoder().encode('[{"key": "NO SUCH KEY"}, 7'));
  t.same((await rig(ibmLto8, state)).drive.history.errors, []);
  state.save('error-history', new TextEncoder().encode('[{"key": "NO SUCH KEY"}]'));
  t.same((await rig(ibmLto8, state)).drive.history.errors, []);
});
