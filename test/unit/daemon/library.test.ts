// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of vtllibrary: elements from configuration, cartridges on disk, messages, words for failures.
import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parseNotes } from '../../../src/config/kept-contents.js';
import { parseLibraryContents } from '../../../src/config/library-contents.js';
import type { Administration } from '../../../src/daemon/administration.js';
import { MediumTypes, mediumTypeIn } from '../../../src/daemon/library-cartridges.js';
import type { RemoteDrive } from '../../../src/daemon/library-drives.js';
import { elementPlans } from '../../../src/daemon/library-elements.js';
import { failureLine } from '../../../src/daemon/library-failures.js';
import { takenOutIn } from '../../../src/daemon/library-memory.js';
import { handleLibraryMessage } from '../../../src/daemon/library-messages.js';
import type { Log } from '../../../src/daemon/log.js';
import type { Incoming } from '../../../src/ipc/mailbox.js';
import { stkL700 } from '../../../src/personality/stk-libraries.js';
import { TransferFailure } from '../../../src/smc/data-transfer-device.js';
import type { DataTransferElement } from '../../../src/smc/element.js';
import { VolatileState } from '../../../src/spc/environment.js';

const contents = parseLibraryContents(
  'VERSION: 2\nDrive 1: X\nPicker 1:\nMAP 1:\nMAP 3:\nSlot 1: E01001L8\nSlot 3: CLN101L8\n',
  'library_contents.10',
).value;

const first = stkL700.firstAddress;

t.test('elements', async (t) => {
  const drive = { unit: 12 } as RemoteDrive;
  const plans = elementPlans(contents, new Map([[3, drive]]), [], first);
  t.same(plans['medium transport'], [{ number: 1 }]);
  t.same(
    plans['import/export'].map(({ number }) => number),
    [1, 3],
    'a gap stays a gap',
  );
  t.same(plans.storage, [
    { number: 1, barcode: 'E01001L8' },
    { number: 2 },
    { number: 3, barcode: 'CLN101L8' },
  ]);
  t.same(
    plans['data transfer'].map((plan) => plan.drive),
    [undefined, undefined, drive],
    'a place for every drive slot up to the last drive',
  );
  t.equal(
    elementPlans(contents, new Map(), [], first)['data transfer'].length,
    1,
    'a line without a drive',
  );
});

t.test('elements with what the library remembers', async (t) => {
  const drives = new Map([[1, { unit: 11 } as RemoteDrive]]);
  const kept = parseLibraryContents(
    'Drive 1:\nPicker 1:\nMAP 1: E01002L8\nSlot 1: E01001L8\nSlot 2: E01003L8\n',
    'library_contents.10.persist',
  ).value;
  const notes = parseNotes(
    [
      '# E01001L8: in Drive 1, ejected, from Slot 1',
      '# E01002L8: in MAP 1, from Slot 2',
      '# E01003L8: in Slot 7, from Slot 1',
      '# E01009L8: outside',
      '# a comment',
    ].join('\r\n'),
  );
  t.equal(notes.length, 4);
  const plans = elementPlans(kept, drives, notes, first);
  t.same(plans.storage, [{ number: 1 }, { number: 2, barcode: 'E01003L8' }], 'a note elsewhere');
  t.match(plans['data transfer'], [{ barcode: 'E01001L8', source: 0x3e8, ejected: true }]);
  t.same(plans['import/export'], [
    { number: 1, barcode: 'E01002L8', source: 0x3e9, placedByLibrary: true },
  ]);
  t.same(takenOutIn(notes), ['E01009L8']);
});

t.test('medium types, from cartridges that mhvtl 1.8 wrote', async (t) => {
  const media = fileURLToPath(new URL('../../fixtures/media', import.meta.url));
  t.equal(mediumTypeIn(`${media}/S00001L8`), 'data');
  const empty = mkdtempSync(`${tmpdir()}/mhvtl-`);
  t.teardown(() => rmSync(empty, { recursive: true }));
  t.equal(mediumTypeIn(`${empty}/S00001L8`), 'unspecified', 'not made yet');
});

t.test('medium types are read again only when the cartridge has changed', async (t) => {
  const home = mkdtempSync(`${tmpdir()}/mhvtl-`);
  t.teardown(() => rmSync(home, { recursive: true }));
  const media = fileURLToPath(new URL('../../fixtures/media', import.meta.url));
  cpSync(`${media}/S00001L8`, `${home}/S00001L8`, { recursive: true });
  const mam = `${home}/S00001L8/mam`;
  utimesSync(mam, 1e9, 1e9);
  const state = new VolatileState();
  const first = new MediumTypes(['/nowhere', home], state);
  t.equal(first.of('S00001L8'), 'data');
  t.equal(first.of('S00002L8'), 'unspecified', 'not there');
  first.save();
  writeFileSync(mam, '');
  utimesSync(mam, 1e9, 1e9);
  t.equal(new MediumTypes(['/nowhere', home], state).of('S00001L8'), 'data', 'from what was kept');
  utimesSync(mam, 2e9, 2e9);
  t.equal(
    new MediumTypes(['/nowhere', home], state).of('S00001L8'),
    'unspecified',
    'changed: looked at',
  );
});

t.test('messages', async (t) => {
  const done: string[] = [];
  const note = (what: string) => (line: string | number) => {
    done.push(`${what} ${line}`);
    return line === 11;
  };
  const log = { warning: note('warning'), debug: note('debug') } as unknown as Log;
  const actions = {
    driveEjected: note('ejected'),
    driveStarted: note('started'),
  };
  const administration = {
    receive: ({ sender, text }: Incoming) => void done.push(`${sender} administers: ${text}`),
  } as unknown as Administration<'library'>;
  const say = (sender: number, text: string): string[] => {
    handleLibraryMessage(
      { sender, text, reply: () => {}, repeat: () => {} },
      actions,
      administration,
      log,
    );
    return done.splice(0);
  };
  t.same(say(11, 'eject'), ['ejected 11']);
  t.same(say(11, 'started'), ['started 11']);
  t.same(say(12, 'eject'), [
    'ejected 12',
    'warning nothing was done about "eject" of 12, which is no drive here',
  ]);
  t.same(say(11, 'Not occupied'), ['debug late answer of drive 11: "Not occupied"']);
  t.same(say(32768, 'exit '), ['32768 administers: exit '], 'all else is for administrators');
});

t.test('a failure in words', async (t) => {
  const place = { address: 0, cartridge: undefined };
  const from = { ...place, type: 'storage', number: 5 } as const;
  const to: DataTransferElement = {
    ...place,
    type: 'data transfer',
    number: 2,
    drive: undefined,
    ejected: false,
  };
  const line = (reason: ConstructorParameters<typeof TransferFailure>[0]): string =>
    failureLine(
      {
        cartridge: { barcode: 'E01005L8', mediumType: 'data', sourceStorageElement: undefined },
        from,
        to,
        at: to,
        failure: new TransferFailure(reason),
      },
      '/opt/mhvtl',
      () => 12,
    );
  t.equal(
    line('no such cartridge'),
    'E01005L8 was not moved from Slot 5 to Drive 2: there is no cartridge /opt/mhvtl/E01005L8. Make it with mktape, or take E01005L8 out of library_contents.',
  );
  t.match(
    line('no answer'),
    'drive 12 does not answer. Does it run? See: systemctl status vtltape@12.',
  );
});
