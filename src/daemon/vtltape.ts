// SPDX-License-Identifier: GPL-2.0-or-later
// vtltape: one tape drive. Only puts the parts together.
import { started } from '../ipc/drive-protocol.js';
import { Mailbox } from '../ipc/mailbox.js';
import { driveProduct } from '../personality/drives.js';
import { LogicalUnit } from '../sam/logical-unit.js';
import { TapeDrive } from '../ssc/tape-drive.js';
import { Administration } from './administration.js';
import { daemonArguments } from './arguments.js';
import { deviceState, systemClock } from './device-state.js';
import { driveHandlers } from './drive-administration.js';
import { cartridgeHomes, findCartridge } from './drive-cartridges.js';
import { DriveLoading } from './drive-loading.js';
import { DriveMessages } from './drive-messages.js';
import { identityOf } from './identity.js';
import { createLog } from './log.js';
import { bugReporter, readConfiguration, recordOf, serve } from './run-daemon.js';
import { tellUnsupportedOfDrive } from './unsupported.js';

const {
  unit: number,
  verbosity,
  fifo,
} = daemonArguments('vtltape', 'a virtual tape drive', process.argv);
const log = createLog(`vtltape@${number}`, verbosity);
const configuration = readConfiguration(log);
const record = recordOf(configuration.drives, number, 'Drive', configuration, log);
tellUnsupportedOfDrive(record, (fifo ?? record.fifo) !== undefined, log);
const homes = cartridgeHomes(record, configuration);

const drive = new TapeDrive(driveProduct(record.product), {
  identity: identityOf(record),
  compression: record.compression.enabled,
  clock: systemClock,
  state: deviceState(number, log),
  onEjected: () => messages.ejected(),
});
const unit = new LogicalUnit(drive, bugReporter(log));
const mailbox = new Mailbox({
  address: number,
  onMessage: (message) => messages.receive(message),
  log: (message) => log.info(message),
});
let stop = (): Promise<never> => process.exit(0);
const loading = new DriveLoading(drive, (barcode) => findCartridge(homes, barcode), log);
const administration = new Administration(
  'drive',
  driveHandlers({
    number,
    drive,
    unit,
    loading,
    place: record.place,
    verbosity,
    stop: () => void stop(),
    log,
  }),
  log,
);
const messages = new DriveMessages({
  drive,
  unit,
  loading,
  administration,
  library: record.place?.library,
  send: (receiver, text) => mailbox.send(receiver, text),
  log,
});

serve({
  unit: number,
  kind: 'drive',
  address: record.address,
  router: unit,
  log,
  onAttached() {
    mailbox.start();
    /* A library that counts a cartridge in this drive gives it back, as after a power cut. */
    if (record.place) mailbox.send(record.place.library, started);
  },
  async onStop() {
    mailbox.close();
    await unit.inOrder(() => drive.remove());
  },
}).then((end) => {
  stop = end;
});
