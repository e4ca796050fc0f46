// SPDX-License-Identifier: GPL-2.0-or-later
// vtllibrary: one media changer. Only puts the parts together.
import { Mailbox } from '../ipc/mailbox.js';
import { libraryProduct } from '../personality/libraries.js';
import { LogicalUnit } from '../sam/logical-unit.js';
import { MediaChanger } from '../smc/changer.js';
import { type Element, ElementMap } from '../smc/element.js';
import { Administration } from './administration.js';
import { daemonArguments } from './arguments.js';
import { deviceState, systemClock } from './device-state.js';
import { identityOf } from './identity.js';
import { libraryHandlers } from './library-administration.js';
import { mediumTypeOf } from './library-cartridges.js';
import { RemoteDrive } from './library-drives.js';
import { elementPlans, wordFor } from './library-elements.js';
import { failureLine } from './library-failures.js';
import { handleLibraryMessage } from './library-messages.js';
import { askDrives, drivesIn, giveBack } from './library-start.js';
import { createLog } from './log.js';
import { bugReporter, readConfiguration, recordOf, serve } from './run-daemon.js';
import { tellUnsupportedOfLibrary } from './unsupported.js';

const {
  unit: number,
  verbosity,
  fifo,
} = daemonArguments('vtllibrary', 'a virtual tape library', process.argv);
const log = createLog(`vtllibrary@${number}`, verbosity);
const configuration = readConfiguration(log);
const record = recordOf(configuration.libraries, number, 'Library', configuration, log);
tellUnsupportedOfLibrary(record, (fifo ?? record.fifo) !== undefined, log);
const product = libraryProduct(record.vendor, record.product);

let stop = (): Promise<never> => process.exit(0);
const mailbox = new Mailbox({
  address: number,
  log: (message) => log.info(message),
  onMessage: (message) => handleLibraryMessage(message, actions, administration, log),
});

const drives = new Map(
  configuration.drives.flatMap(({ unit, place, vendor, product, serial }) => {
    if (place?.library !== number) return [];
    const identity = { vendor, product, serial };
    return [[place.slot, new RemoteDrive({ unit, identity, mail: mailbox, log: log.info })]];
  }),
);
const elements = new ElementMap(
  product.firstAddress,
  elementPlans(configuration.contents.get(number)!, drives),
);
for (const { type, number: left } of elements.unplaced)
  log.warning(
    `${wordFor[type]} ${left} is left out: ${product.description} has no element address for it. Delete it from ${configuration.directory}/library_contents.${number}.`,
  );

const driveIn = (element: Element): number | undefined =>
  drivesIn(changer).find((each) => each.element === element)?.drive.unit;
const changer = new MediaChanger(identityOf(record), product, elements, {
  mediumTypeOf: (barcode) => mediumTypeOf(record.homeDirectory, barcode),
  clock: systemClock,
  state: deviceState(number, log),
  moveFailed: (failed) => log.error(failureLine(failed, record.homeDirectory, driveIn)),
});
const unit = new LogicalUnit(changer, bugReporter(log));
/** Runs among the SCSI commands, which must not see it half done. */
const inOrder = (work: () => Promise<void>): void =>
  void unit.inOrder(work).catch((error: unknown) => log.error(`bug: ${String(error)}`));

const withDrive = (sender: number, act: (found: ReturnType<typeof drivesIn>[number]) => void) => {
  const found = drivesIn(changer).find(({ drive }) => drive.unit === sender);
  if (found) act(found);
  return found !== undefined;
};
const actions = {
  driveEjected: (sender: number) =>
    withDrive(sender, ({ element }) => changer.driveEjected(element)),
  driveStarted: (sender: number) =>
    withDrive(sender, ({ element, drive }) => {
      drive.register();
      inOrder(() => giveBack(changer, element, sender, log));
    }),
};
const administration = new Administration(
  'library',
  libraryHandlers({ number, changer, verbosity, stop: () => void stop() }),
  log,
);

serve({
  unit: number,
  address: record.address,
  router: unit,
  log,
  onAttached() {
    // Not before: a second daemon of this number is turned away at the port, and must not read the mail.
    mailbox.start();
    inOrder(() => askDrives(changer, log));
  },
  async onStop() {
    mailbox.close();
  },
}).then((end) => {
  stop = end;
});
