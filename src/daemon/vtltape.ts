// SPDX-License-Identifier: GPL-2.0-or-later
// vtltape: one tape drive. Only puts the parts together.
import { homesOf } from '../config/load.js';
import { Faults } from '../faults/faults.js';
import { faultyRouter, faultyUnit } from '../faults/faulty-router.js';
import { faultyCartridge } from '../faults/faulty-volume.js';
import { started } from '../ipc/drive-protocol.js';
import { Mailbox } from '../ipc/mailbox.js';
import { driveProduct } from '../personality/drives.js';
import { LogicalUnit } from '../sam/logical-unit.js';
import type { CartridgeSource } from '../ssc/cartridge-source.js';
import { TapeDrive } from '../ssc/tape-drive.js';
import { Administration } from './administration.js';
import { aesGcm } from './aes-gcm.js';
import { daemonArguments } from './arguments.js';
import { automationOf } from './automation.js';
import { CommandLog } from './command-log.js';
import { compressorOf } from './compressor.js';
import { deviceState, systemClock } from './device-state.js';
import { type DriveParts, driveHandlers } from './drive-administration.js';
import { driveOnBus } from './drive-bus.js';
import { findCartridge } from './drive-cartridges.js';
import { DriveLoading } from './drive-loading.js';
import { DriveMessages } from './drive-messages.js';
import { DriveStates } from './drive-states.js';
import { identityOf } from './identity.js';
import { Latency } from './latency.js';
import { createLog } from './log.js';
import { observed } from './observed-router.js';
import { paceOf } from './pace.js';
import { bugReporter, readConfiguration, recordOf, serve } from './run-daemon.js';
import { StateFifo } from './state-fifo.js';
import { Trace } from './trace.js';

const {
  unit: number,
  verbosity,
  fifo,
} = daemonArguments('vtltape', 'a virtual tape drive', process.argv);
const log = createLog(`vtltape@${number}`, verbosity);
const configuration = readConfiguration(number, log);
const record = recordOf(configuration.drives, number, 'Drive', configuration, log);
const homes = homesOf(configuration, record.place?.library);

const pace = paceOf(record.timing);
const drive = new TapeDrive(driveProduct(record.product), {
  identity: identityOf(record),
  compression: record.compression.enabled,
  compressor: compressorOf(record.compression),
  clock: systemClock,
  state: deviceState(number, log),
  cipher: aesGcm,
  pace,
  bigEndianProtection: record.rscrcBigEndian,
  automation: automationOf(record, configuration.libraries),
  onEjected() {
    states?.settled();
    messages.ejected();
  },
});
const pipe = fifo ?? record.fifo;
let stateFifo: StateFifo | undefined;
const states =
  pipe === undefined ? undefined : new DriveStates(drive, (state) => stateFifo?.tell(state));
const unit = new LogicalUnit(drive, bugReporter(log));
const mailbox = new Mailbox({
  address: number,
  onMessage: (message) => messages.receive(message),
  log: (message) => log.info(message),
});
let stop = (): Promise<never> => process.exit(0);
const faults = new Faults('drive');
const latency = new Latency();
const trace = new Trace(drive);
const find = (barcode: string): CartridgeSource | undefined => {
  const cartridge = findCartridge(homes, barcode, `vtltape@${number}`);
  return cartridge && faultyCartridge(cartridge, faults);
};
const parts: DriveParts = {
  number,
  drive,
  unit,
  loading: new DriveLoading(drive, find, log, states),
  place: record.place,
  pace,
  verbosity,
  faults,
  trace,
  latency,
  stop: () => void stop(),
  log,
};
const changed = (): void => bus.check();
const administration = new Administration('drive', driveHandlers(parts), log, changed);
const bus = driveOnBus(parts, administration);
const messages = new DriveMessages({
  drive,
  unit,
  loading: parts.loading,
  administration,
  changed,
  library: record.place?.library,
  send: (receiver, text) => mailbox.send(receiver, text),
  log,
});

void serve({
  unit: number,
  kind: 'drive',
  address: record.address,
  router: observed(faultyRouter(unit, faults, faultyUnit(drive, unit)), [
    trace,
    latency,
    new CommandLog(drive, log, verbosity, () => drive.barcode),
    { ended: changed },
    ...(states ? [states] : []),
  ]),
  log,
  onAttached() {
    stateFifo = StateFifo.open(pipe, number, log);
    states?.initialising();
    states?.settled();
    mailbox.start();
    /* A library that counts a cartridge in this drive gives it back, as after a power cut. */
    if (record.place) mailbox.send(record.place.library, started);
  },
  async onStop() {
    mailbox.close();
    bus.close();
    await unit.inOrder(async () => {
      await drive.remove();
      drive.statistics.save();
    });
    stateFifo?.close();
  },
}).then((end) => {
  stop = end;
});
