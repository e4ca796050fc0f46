// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd apply`: device.conf and library_contents were edited by hand; the daemons become what they say.
import type { Command } from 'commander';
import type { Context } from './arguments.js';
import { reloadStep, type Step } from './change.js';
import { whileAlone } from './configuration-lock.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { assertNoErrors } from './problems.js';
import { known, statesOf } from './state.js';
import { type Instance, service, systemctl, whyByHand } from './systemd.js';
import { configDirectory, readSettings, readUnits, type Units } from './units.js';

/** The services of daemons that run, or are to be started again. */
function running(): string[] {
  const states = '--state=active,activating,reloading';
  const all = systemctl('list-units', '--plain', '--no-legend', states, 'vtl*@*.service');
  return all.split('\n').flatMap((line) => line.match(/^vtl(?:tape|library)@\d+\.service/) ?? []);
}

/** What of a unit its daemon has read when it started. */
const READ_ONCE = ['vendor', 'product', 'serial', 'library', 'slot'] as const;

/** Units whose daemons play something else than device.conf says now. */
async function outdated(units: Units, daemons: Daemons): Promise<Instance[]> {
  const played = await statesOf(units, daemons);
  return known(units).filter((is) => {
    const was = played.find(({ unit }) => unit === is.unit);
    if (was?.state === 'no daemon' || was?.state === 'unknown') return false;
    return READ_ONCE.some((key) => was?.[key] !== is[key]);
  });
}

const step = (verb: string, services: readonly string[]): Step[] => {
  if (services.length === 0) return [];
  const words = [verb, ...services];
  return [{ what: `systemctl ${words.join(' ')}`, run: () => void systemctl(...words) }];
};

async function steps(daemons: Daemons): Promise<Step[]> {
  const units = readUnits();
  const all = known(units);
  const wanted = all.map(service);
  const there = running();
  const old = await outdated(units, daemons);
  const changed = old.map(service).filter((each) => there.includes(each));
  const kept = all.filter((unit) => {
    const name = service(unit);
    return unit.kind === 'library' && there.includes(name) && !changed.includes(name);
  });
  return [
    { what: 'systemctl daemon-reload', run: () => void systemctl('daemon-reload') },
    ...step(
      'stop',
      there.filter((each) => !wanted.includes(each)),
    ),
    ...step('restart', changed),
    ...step(
      'start',
      wanted.filter((each) => !there.includes(each)),
    ),
    ...kept.map(({ unit }) => reloadStep(daemons, unit)),
  ];
}

export function addApply(program: Command, { daemons, print }: Context): void {
  const apply = async (dryRun: boolean): Promise<void> => {
    assertNoErrors(configDirectory(), 'Nothing was done:');
    for (const { what, run } of await steps(daemons)) {
      print(what);
      if (!dryRun) await run();
    }
  };
  program
    .command('apply')
    .description('start, stop and inform daemons after the configuration was edited by hand')
    .option('--dry-run', 'only show what would be done')
    .action(async ({ dryRun }: { dryRun?: true }) => {
      const why = whyByHand();
      if (why !== undefined)
        throw new Failure(
          `${why}: start and stop vtltape and vtllibrary by hand, and have libraries reload.`,
        );
      // A unit that another program adds meanwhile would have a daemon, and no record in what was read before.
      if (dryRun) await apply(true);
      else await whileAlone(readSettings(configDirectory()).directory, () => apply(false));
    });
}
