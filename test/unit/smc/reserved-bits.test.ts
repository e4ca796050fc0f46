// SPDX-License-Identifier: GPL-2.0-or-later
// Every reserved bit of every media changer command is refused with a pointer to it. The bits that are not
// reserved are written down here from the standards, byte by byte.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { smc } from '../../../src/smc/index.js';
import { library, senseOf } from './library.js';

/** CDB usage (SMC-3): operation code -> a one for every bit that means something; CONTROL is zero here. */
const meaningful: Readonly<Record<string, string>> = {
  'INITIALIZE ELEMENT STATUS': '07 00 00 00 00 00',
  'OPEN/CLOSE IMPORT/EXPORT ELEMENT': '1b 00 ff ff 1f 00',
  'POSITION TO ELEMENT': '2b 00 ff ff ff ff 00 00 01 00',
  'INITIALIZE ELEMENT STATUS WITH RANGE': '37 03 ff ff 00 00 ff ff 00 00',
  'MOVE MEDIUM': 'a5 00 ff ff ff ff ff ff 00 00 01 00',
  'EXCHANGE MEDIUM': 'a6 00 ff ff ff ff ff ff ff ff 03 00',
  'READ ELEMENT STATUS': 'b8 1f ff ff ff ff 03 ff ff ff 00 00',
};

/** CONTROL: NACA, the reserved bits and the obsolete ones; bits 7 and 6 are vendor specific (SAM-6 5.2). */
const refusedInControl = 0x3f;

t.test('usage', async (t) => {
  for (const [name, usage] of Object.entries(meaningful))
    t.equal(hex(smc.find((each) => each.name === name)!.usage), usage, name);
  const old = smc.find(({ opcode }) => opcode === 0xe7)!;
  t.equal(hex(old.usage), 'e7 03 ff ff 00 00 ff ff 00 00');
});

t.test('REPORT SUPPORTED OPERATION CODES tells them', async (t) => {
  const { send } = await library();
  const { dataIn } = await send('a3 0c 01 b8 0000 0000ffff 00 00');
  t.equal(hex(dataIn), `00 03 00 0c ${meaningful['READ ELEMENT STATUS']}`);
});

t.test(
  'command timeouts: what a robot of 12 seconds a move takes, and how long to wait',
  async (t) => {
    const { send } = await library();
    const timeouts = async (opcode: string) =>
      hex((await send(`a3 0c 81 ${opcode} 0000 0000ffff 00 00`)).dataIn.slice(-12));
    t.equal(await timeouts('a5'), '00 0a 00 00 00 00 00 0c 00 00 01 38', 'MOVE MEDIUM: 12, 312');
    t.equal(
      await timeouts('a6'),
      '00 0a 00 00 00 00 00 18 00 00 02 70',
      'EXCHANGE MEDIUM: 24, 624',
    );
    t.equal(await timeouts('07'), '00 0a 00 00 00 00 00 04 00 00 00 40', 'eight elements: 4, 64');
    t.equal(await timeouts('b8'), '00 0a 00 00 00 00 00 00 00 00 00 3c', 'nothing moves: 0, 60');
  },
);

t.test('reserved bits', async (t) => {
  const { send } = await library();
  for (const { name, opcode, size, usage, serviceAction } of smc) {
    let bits = 0;
    for (let byte = 1; byte < size; byte++)
      for (let bit = 7; bit >= 0; bit--) {
        const reserved =
          byte === size - 1
            ? refusedInControl
            : ~usage[byte]! & (serviceAction !== undefined && byte === 1 ? 0xe0 : 0xff);
        if (!(reserved & (1 << bit))) continue;
        const cdb = new Uint8Array(size);
        cdb[0] = opcode;
        cdb[1] = serviceAction ?? 0;
        cdb[byte]! |= 1 << bit;
        const sense = senseOf(await send(hex(cdb)));
        if (sense !== `5/24/00@${byte}.${bit}`)
          t.fail(`${name}: byte ${byte} bit ${bit}: ${sense}`);
        bits++;
      }
    t.ok(bits > 0, `${name}: ${bits} reserved bits`);
  }
});
