// SPDX-License-Identifier: GPL-2.0-or-later
// A drive on the system bus: org.mhvtl.Drive11.
import { Changes } from '../dbus/changes.js';
import { bind } from '../dbus/exports.js';
import { interfaceNamed } from '../dbus/interfaces.js';
import { Service } from '../dbus/service.js';
import type { Administration } from './administration.js';
import { administered } from './bus-errors.js';
import type { DriveParts } from './drive-administration.js';
import { driveCounters, driveStatus, takenBy } from './drive-administration.js';
import { paceText } from './pace.js';
import { bindUnit } from './unit-bus.js';

const NAME = 'org.mhvtl.Drive1';

/** What of a drive can be watched. */
export interface DriveBus {
  /** Something may have changed: tells the bus what has. */
  check(): void;
  close(): void;
}

const yesOrNo = (on: boolean): string => (on ? 'yes' : 'no');

/** The interface with what is behind it. */
export function bindDrive(parts: DriveParts, administration: Administration<'drive'>) {
  const status = () => driveStatus(parts);
  const { obey } = administered(administration);
  return bind(interfaceNamed(NAME), {
    properties: {
      Unit: () => parts.number,
      Vendor: () => parts.drive.identity.vendor,
      Product: () => parts.drive.identity.product,
      Serial: () => parts.drive.identity.serial,
      Library: () => parts.place?.library ?? 0,
      Slot: () => parts.place?.slot ?? 0,
      State: () => status().state,
      Barcode: () => parts.drive.barcode ?? '',
      Density: () => parts.drive.mounted?.volume.type.mktapeName ?? '',
      Writable: () => status().writable ?? false,
      Alerts: () => parts.drive.alerts.flags,
      Compression: () => parts.drive.compressor?.type ?? 'none',
      AppendOnly: () => parts.drive.appendOnly,
      Timing: () => paceText(parts.pace),
      Delays: () => parts.drive.mechanics.extraSeconds,
      Partition: () => parts.drive.mounted?.partition ?? 0,
      Position: () => parts.drive.mounted?.position ?? 0,
      BytesWritten: () => status().bytesWritten ?? 0,
      BytesRead: () => status().bytesRead ?? 0,
    },
    methods: {
      Load: (barcode: string) => obey('load', barcode),
      Unload: () => obey('unload'),
      SetTapeAlert: (flags: bigint) => obey('TapeAlert', flags.toString(16)),
      SetCompression: (type: string) => obey('compression', type),
      SetAppendOnly: (on: boolean) => obey('append only', yesOrNo(on)),
      SetWriteProtect: (on: boolean) => obey('write protect', yesOrNo(on)),
      SetTiming: (timing: string) => obey('timing', timing),
      SetDelay: (movement: string, seconds: number) => obey('delay', movement, String(seconds)),
      SupportedMedia: () => [takenBy(parts.drive, 'read/write'), takenBy(parts.drive, 'read-only')],
    },
  });
}

/** Puts a drive on the bus, now and whenever there is one. */
export function driveOnBus(
  parts: DriveParts,
  administration: Administration<'drive'>,
  address?: string,
): DriveBus {
  const path = `/org/mhvtl/drive/${parts.number}`;
  const bound = bindDrive(parts, administration);
  const common = bindUnit({ ...parts, counters: () => driveCounters(parts) }, administration);
  const service = new Service({
    name: `org.mhvtl.Drive${parts.number}`,
    path,
    root: { interfaces: [bound, common] },
    log: parts.log.info,
    ...(address === undefined ? {} : { address }),
  });
  const changes = [bound, common].map((each) => new Changes(service, path, each));
  const signal = (name: string, signature: string, value: unknown): void =>
    service.signal(path, NAME, name, { signature, body: [value] });
  /** What changes seldom and takes no time to look at: asked after every command. */
  let seen: readonly unknown[] = [];
  const isNew = (): boolean => {
    const { mounted, barcode: held, alerts: set, compressor, appendOnly } = parts.drive;
    const rest = [parts.verbosity.level, parts.faults.size, parts.pace.scale];
    const isProtected = mounted?.volume.writeProtected;
    const now = [mounted, isProtected, held, set.flags, compressor, appendOnly, ...rest];
    if (now.every((each, i) => each === seen[i])) return false;
    seen = now;
    return true;
  };
  let { barcode } = parts.drive;
  let alerts = parts.drive.alerts.flags;
  service.start();
  return {
    check() {
      if (!isNew()) return;
      const now = parts.drive.barcode;
      if (now !== barcode) {
        if (barcode !== undefined) signal('Unloaded', 's', barcode);
        if (now !== undefined) signal('Loaded', 's', now);
        barcode = now;
      }
      const { flags } = parts.drive.alerts;
      if (flags & ~alerts) signal('Alert', 't', flags & ~alerts);
      alerts = flags;
      if (service.connected) for (const each of changes) each.check();
    },
    close: () => service.close(),
  };
}
