// SPDX-License-Identifier: GPL-2.0-or-later
// What administrators can have a drive do.
import type { CompressionType } from '../config/device-conf.js';
import type { DriveRefusal } from '../ipc/drive-protocol.js';
import { cartridgeTypes } from '../medium/cartridge-types.js';
import type { LogicalUnit } from '../sam/logical-unit.js';
import { type Acceptance, typeAcceptance } from '../ssc/drive-product.js';
import { deviceConfigurationExtensionPage } from '../ssc/mode-pages/device-configuration-extension.js';
import type { TapeDrive } from '../ssc/tape-drive.js';
import { type Handlers, type RefusalName, Refused } from './administration.js';
import { compressorOf } from './compressor.js';
import type { DriveLoading, NotLoaded } from './drive-loading.js';
import type { Log } from './log.js';
import { paceText } from './pace.js';
import { type UnitParts, unitHandlers } from './unit-administration.js';

export interface DriveParts
  extends Omit<UnitParts, 'attentions' | 'status' | 'setAlerts' | 'counters'> {
  readonly number: number;
  readonly drive: TapeDrive;
  readonly unit: LogicalUnit<TapeDrive>;
  readonly loading: DriveLoading;
  readonly place: { readonly library: number; readonly slot: number } | undefined;
  readonly log: Log;
}

/** Movements that can be made to take longer. */
const DELAYS = ['load', 'unload', 'rewind', 'position', 'thread'] as const;
type DelayWord = `delay ${(typeof DELAYS)[number]}`;

/** What `delay load 5` and the like do. */
const delayHandlers = ({ mechanics }: TapeDrive): Pick<Handlers<'drive'>, DelayWord> =>
  Object.fromEntries(
    DELAYS.map((movement) => [
      `delay ${movement}`,
      (seconds: string) => {
        if (Number(seconds) === 0) delete mechanics.extraSeconds[movement];
        else mechanics.extraSeconds[movement] = Number(seconds);
        return 'OK';
      },
    ]),
  ) as Pick<Handlers<'drive'>, DelayWord>;

/** A person flips the switch of the cartridge, which is in the drive. */
async function setWriteProtect(drive: TapeDrive, on: boolean): Promise<string> {
  if (!drive.mounted) throw new Refused('NoMedium', 'there is no cartridge loaded');
  await drive.mounted.volume.setWriteProtected(on);
  drive.attentions.raise('MODE PARAMETERS CHANGED');
  return 'OK';
}

function setAppendOnly(drive: TapeDrive, on: boolean): string {
  if (!drive.modes.current(deviceConfigurationExtensionPage))
    throw new Refused('NotSupported', `a ${drive.identity.product} has no append-only mode`);
  drive.appendOnly = on;
  return 'OK';
}

const refusalNames: Readonly<Record<DriveRefusal, RefusalName>> = {
  occupied: 'Occupied',
  'no such cartridge': 'NotFound',
  'incompatible medium': 'Incompatible',
  'in use': 'InUse',
  unreadable: 'Unreadable',
  'removal prevented': 'RemovalPrevented',
};

function assertDone(what: string, refusal: NotLoaded | undefined): string {
  if (refusal)
    throw new Refused(refusalNames[refusal.reason], `${what} failed: ${refusal.explanation}`);
  return 'OK';
}

/** The kinds of cartridges a drive reads and writes, or only reads, as mktape names them. */
export const takenBy = ({ product }: TapeDrive, wanted: Acceptance): string[] =>
  cartridgeTypes
    .filter((type) => typeAcceptance(product, type) === wanted)
    .map(({ mktapeName }) => mktapeName);

/** What is counted over the drive's life. */
export const driveCounters = ({ drive }: DriveParts): Record<string, number> => ({
  ...drive.statistics.life,
});

/** The state of a drive, as `status` prints it. */
export function driveStatus(parts: DriveParts) {
  const { number, drive, place, verbosity } = parts;
  const { mounted, barcode, identity } = drive;
  return {
    unit: number,
    kind: 'drive',
    vendor: identity.vendor,
    product: identity.product,
    serial: identity.serial,
    library: place?.library,
    slot: place?.slot,
    state: mounted ? 'loaded' : barcode === undefined ? 'empty' : 'unloaded',
    barcode,
    density: mounted?.volume.type.mktapeName,
    use: mounted?.volume.use,
    writable: mounted && mounted.access === 'read/write' && !mounted.volume.writeProtected,
    writeProtected: mounted?.volume.writeProtected,
    partition: mounted?.partition,
    position: mounted?.position,
    capacity: mounted?.volume.capacity(mounted.partition),
    used: mounted?.volume.used(mounted.partition, mounted.volume.endOfData(mounted.partition)),
    bytesWritten: mounted && drive.statistics.sinceMount.bytesFromHost,
    bytesRead: mounted && drive.statistics.sinceMount.bytesToHost,
    compression: drive.compressor?.type ?? 'none',
    appendOnly: drive.appendOnly,
    timing: paceText(parts.pace),
    delays: drive.mechanics.extraSeconds,
    alerts: drive.alerts.flags.toString(16),
    faults: parts.faults.size,
    logLevel: verbosity.level,
    pid: process.pid,
  };
}

/** What a drive does about each command. */
export function driveHandlers(parts: DriveParts): Handlers<'drive'> {
  const { drive, unit, loading, log } = parts;
  return {
    ...unitHandlers({
      ...parts,
      attentions: drive.attentions,
      setAlerts: (flags) => drive.alerts.merge(flags),
      status: () => driveStatus(parts),
      counters: () => driveCounters(parts),
    }),
    load: (barcode) =>
      unit.inOrder(async () => assertDone(`load ${barcode}`, await loading.load(barcode!))),
    unload: () => unit.inOrder(async () => assertDone('unload', await loading.unload())),
    compression(type) {
      /* The word's own list of choices has let through only these. */
      const factor = drive.compressor?.level ?? 1;
      drive.compressor = compressorOf({ type: type!.toLowerCase() as CompressionType, factor });
      return 'OK';
    },
    'append only': (answer) =>
      unit.inOrder(async () => setAppendOnly(drive, answer!.toLowerCase() === 'yes')),
    'write protect': (answer) =>
      unit.inOrder(() => setWriteProtect(drive, answer!.toLowerCase() === 'yes')),
    ...delayHandlers(drive),
    dump() {
      const takes = (wanted: Acceptance): string => takenBy(drive, wanted).join(' ') || 'none';
      const text = `reads and writes: ${takes('read/write')}; reads only: ${takes('read-only')}`;
      log.notice(text);
      return text;
    },
  };
}
