// SPDX-License-Identifier: GPL-2.0-or-later
// Which commands a persistent reservation of another initiator lets through, as the tables of the standards have it
// (SPC-4 table 66, SSC-3 table 12, SMC-3 table 6): all that are not named here conflict with every type.
import t from 'tap';
import { defaultDrive } from '../../src/personality/default-drive.js';
import { driveProducts } from '../../src/personality/drives.js';
import { libraryProducts } from '../../src/personality/libraries.js';
import type { ReservationRule } from '../../src/sam/command.js';
import { commandsOf } from '../../src/ssc/features.js';

/** What a name begins with. PERSISTENT RESERVE, RESERVE and RELEASE decide for themselves. */
const always = [
  'TEST UNIT READY',
  'REQUEST SENSE',
  'INQUIRY',
  'LOG SENSE',
  'REPORT IDENTIFYING INFORMATION',
  'REPORT TARGET PORT GROUPS',
  'REPORT TIMESTAMP',
  'READ BLOCK LIMITS',
  'READ MEDIA SERIAL NUMBER',
  'REPORT DENSITY SUPPORT',
  'REPORT VOLUME TYPES SUPPORTED',
  'REPORT ELEMENT INFORMATION',
  'PERSISTENT RESERVE',
  'RESERVE(',
  'RELEASE(',
];
const underWriteExclusive = [
  'MODE SENSE',
  'READ BUFFER',
  'READ ATTRIBUTE',
  'RECEIVE DIAGNOSTIC RESULTS',
  'REPORT SUPPORTED',
  'MANAGEMENT PROTOCOL IN',
  'SECURITY PROTOCOL IN',
  'READ(',
  'READ REVERSE(',
  'READ POSITION',
  'READ END OF WRAP POSITION',
  'VERIFY(',
  'SPACE(',
  'LOCATE(',
  'REWIND',
  'READ ELEMENT STATUS',
  'REQUEST VOLUME ELEMENT ADDRESS',
  'GENERATE RECOMMENDED ACCESS ORDER',
  'RECEIVE RECOMMENDED ACCESS ORDER',
];

function expected(name: string): ReservationRule {
  if (always.some((each) => name.startsWith(each))) return 'every reservation';
  return underWriteExclusive.some((each) => name.startsWith(each)) ? 'write exclusive' : 'none';
}

const zeros = new Uint8Array(32);
const lists = [
  ...[...driveProducts, defaultDrive].map(
    (product) => [product.description, commandsOf(product)] as const,
  ),
  ...libraryProducts.map((product) => [product.description, product.commands] as const),
];
for (const [description, commands] of lists)
  t.test(description, async (t) => {
    const rules = commands
      .filter(({ name }) => name !== 'PREVENT ALLOW MEDIUM REMOVAL')
      .map((command) => [command.name, command.allowedUnder(zeros)]);
    t.same(
      rules,
      rules.map(([name]) => [name, expected(name!)]),
    );
  });

t.test('PREVENT ALLOW MEDIUM REMOVAL may always allow', async (t) => {
  const command = defaultDrive.commands.find(({ opcode }) => opcode === 0x1e)!;
  const prevent = Uint8Array.from(zeros);
  prevent[4] = 1;
  t.equal(command.allowedUnder(zeros), 'every reservation');
  t.equal(command.allowedUnder(prevent), 'none');
  t.equal(command.passesReserve(zeros), true);
  t.equal(command.passesReserve(prevent), false);
});

t.test('SCSI-2 products know no persistent reservations', async (t) => {
  for (const name of ['DLT7000', 'DLT8000', 'SDX-300C']) {
    const product = driveProducts.find(({ products }) => products.includes(name))!;
    t.notOk(
      commandsOf(product).some(({ opcode }) => opcode === 0x5e || opcode === 0x5f),
      name,
    );
  }
});
