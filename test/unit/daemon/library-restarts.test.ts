// SPDX-License-Identifier: GPL-2.0-or-later
// A library and two of its drives end and start in every order there is: with PERSIST everything is afterwards where it was,
// and library and drives agree.
import t from 'tap';
import type { Library } from '../../../src/daemon/library.js';
import { driveEjected } from '../../../src/smc/drive-contents.js';
import { setUp } from './library-rig.js';

const contents = 'Picker 1:\nSlot 1: E01001L8\nSlot 2: E01002L8\nSlot 3: E01003L8\nSlot 4:\n';
const actors = ['library', 'loaded', 'ejected'] as const;
type Actor = (typeof actors)[number];
/** Drive 1 has its cartridge threaded, drive 2 has let it go. */
const units: Readonly<Record<Exclude<Actor, 'library'>, number>> = { loaded: 11, ejected: 12 };

/** Every order in which each actor ends once and then starts once. */
function orders(steps: readonly Actor[] = []): Actor[][] {
  if (steps.length === 2 * actors.length) return [[...steps]];
  const count = (actor: Actor): number => steps.filter((each) => each === actor).length;
  return actors.filter((actor) => count(actor) < 2).flatMap((actor) => orders([...steps, actor]));
}

const whereabouts = ({ changer }: Library) =>
  changer.elements.all.flatMap((element) =>
    element.cartridge
      ? [
          [
            ...[element.address, element.cartridge.barcode, element.cartridge.sourceStorageElement],
            element.type === 'data transfer' && element.ejected,
          ],
        ]
      : [],
  );

const all = orders();
t.equal(all.length, 90);

for (const order of all)
  t.test(order.join(', '), async (t) => {
    const { start, mail, told } = setUp(t, { contents });
    let library: Library | undefined = await start();
    const slot = (number: number) => ({ type: 'storage', number }) as const;
    const drive = (number: number) => ({ type: 'data transfer', number }) as const;
    await library.operator.move(slot(1), drive(1));
    await library.operator.move(slot(2), drive(2));
    mail.holds.get(12)!.ejected = true;
    driveEjected(library.changer, library.changer.elements.numbered('data transfer', 2)!);
    const before = whereabouts(library);
    const ended = new Set<Actor>();
    for (const actor of order) {
      const starts = ended.has(actor);
      ended.add(actor);
      if (actor === 'library') {
        library = starts ? await start() : undefined;
        continue;
      }
      const unit = units[actor];
      // A drive that ends gives its cartridge back, or is killed: when it starts it is empty, and says so.
      mail.holds.delete(unit);
      if (!starts) mail.absent.add(unit);
      else {
        mail.absent.delete(unit);
        library?.driveStarted(unit);
        await library?.unit.inOrder(async () => {});
      }
    }
    t.same(whereabouts(library!), before, 'everything is where it was');
    t.equal(mail.holds.get(11)?.barcode, 'E01001L8', 'the drive has its cartridge back');
    t.notOk(mail.holds.has(12), 'what an initiator unloaded is not threaded again');
    t.notOk(
      told.some((line) => line.includes('bug')),
      told.join('\n'),
    );
    await library!.operator.move(drive(1), slot(1));
    await library!.operator.move(drive(2), slot(2));
    t.equal(mail.holds.size, 0, 'and can be moved home');
  });
