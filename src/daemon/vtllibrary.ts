// SPDX-License-Identifier: GPL-2.0-or-later
// vtllibrary: one media changer. Only puts the parts together.
import { Faults } from '../faults/faults.js';
import { faultyRouter, faultyUnit } from '../faults/faulty-router.js';
import { Mailbox } from '../ipc/mailbox.js';
import { exchangeMedium } from '../smc/exchange-medium.js';
import { initializeElementStatus } from '../smc/initialize-element-status.js';
import { moveMedium } from '../smc/move-medium.js';
import { openCloseImportExportElement } from '../smc/open-close-import-export-element.js';
import { Administration } from './administration.js';
import { daemonArguments } from './arguments.js';
import { CommandLog } from './command-log.js';
import { Latency } from './latency.js';
import { Library } from './library.js';
import { libraryHandlers } from './library-administration.js';
import { libraryOnBus } from './library-bus.js';
import { handleLibraryMessage } from './library-messages.js';
import { createLog } from './log.js';
import { observed } from './observed-router.js';
import { exitStatus, loadAgain, readConfiguration, recordOf, serve } from './run-daemon.js';
import { Trace } from './trace.js';

const {
  unit: number,
  verbosity,
  fifo,
} = daemonArguments('vtllibrary', 'a virtual tape library', process.argv);
const log = createLog(`vtllibrary@${number}`, verbosity);
const configuration = readConfiguration(number, log);
const record = recordOf(configuration.libraries, number, 'Library', configuration, log);

let stop = (): Promise<never> => process.exit(0);
const mailbox = new Mailbox({
  address: number,
  log: (message) => log.info(message),
  onMessage: (message) => handleLibraryMessage(message, library, administration, log),
});

function openLibrary(): Library {
  try {
    return new Library({
      configuration,
      record,
      mail: mailbox,
      log,
      fifo: fifo ?? record.fifo,
      readAgain: () => loadAgain(number),
    });
  } catch (error) {
    log.error((error as Error).message);
    return process.exit(exitStatus.configuration);
  }
}
const library = openLibrary();
const { changer, unit } = library;
const faults = new Faults('library');
const latency = new Latency();
const trace = new Trace(changer);
const parts = {
  number,
  library,
  pace: library.pace,
  verbosity,
  faults,
  trace,
  latency,
  stop: () => void stop(),
};
/** The commands after which cartridges or doors may be elsewhere. */
const moving: ReadonlySet<number | undefined> = new Set(
  [moveMedium, exchangeMedium, initializeElementStatus, openCloseImportExportElement].map(
    ({ opcode }) => opcode,
  ),
);
const changed = (): void => bus.check();
const administration = new Administration('library', libraryHandlers(parts), log, changed);
const bus = libraryOnBus(parts, administration, log);

void serve({
  unit: number,
  kind: 'library',
  address: record.address,
  router: observed(faultyRouter(unit, faults, faultyUnit(changer, unit)), [
    trace,
    latency,
    new CommandLog(changer, log, verbosity),
    { ended: ({ cdb }) => moving.has(cdb[0]) && changed() },
  ]),
  log,
  onAttached() {
    // Not before: a second daemon of this number is turned away at the port, and must not read the mail.
    mailbox.start();
    library.attached();
  },
  onReload: () =>
    library
      .reload()
      .catch((error: unknown) =>
        log.error(`library_contents was not read again: ${(error as Error).message}`),
      ),
  async onStop() {
    mailbox.close();
    bus.close();
    library.close();
  },
}).then((end) => {
  stop = end;
});
