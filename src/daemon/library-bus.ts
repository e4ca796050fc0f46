// SPDX-License-Identifier: GPL-2.0-or-later
// A library on the system bus: org.mhvtl.Library10, its elements below it.
import { Changes } from '../dbus/changes.js';
import { type Bound, bind } from '../dbus/exports.js';
import { interfaceNamed } from '../dbus/interfaces.js';
import { Service } from '../dbus/service.js';
import type { Administration } from './administration.js';
import { administered } from './bus-errors.js';
import { ElementChanges, elementObject } from './element-changes.js';
import type { LibraryParts } from './library-administration.js';
import { libraryCounters, libraryStatus } from './library-administration.js';
import { wordFor } from './library-elements.js';
import type { Log } from './log.js';
import { paceText } from './pace.js';
import { bindUnit } from './unit-bus.js';

const NAME = 'org.mhvtl.Library1';

export interface LibraryBus {
  /** Something may have changed: tells the bus what has. */
  check(): void;
  close(): void;
}

/** The interface with what is behind it. */
export function bindLibrary(parts: LibraryParts, administration: Administration<'library'>): Bound {
  const { changer } = parts.library;
  const status = () => libraryStatus(parts);
  const { obey } = administered(administration);
  return bind(interfaceNamed(NAME), {
    properties: {
      Unit: () => parts.number,
      Vendor: () => changer.identity.vendor,
      Product: () => changer.identity.product,
      Serial: () => changer.identity.serial,
      State: () => status().state,
      MapOpen: () => status().mapOpen,
      Cartridges: () => status().cartridges,
      Alerts: () => changer.tapeAlerts,
      DoorOpen: () => changer.doorOpen,
      Timing: () => paceText(parts.pace),
    },
    methods: {
      Move: (from: string, to: string) => obey('move', from, to),
      OpenMap: () => obey('open map'),
      CloseMap: () => obey('close map'),
      EmptyMap: () => obey('empty map'),
      LoadMap: (barcode: string) => obey('load map', barcode),
      AddSlot: () => obey('add slot'),
      Online: () => obey('online'),
      Offline: () => obey('offline'),
      Reload: () => obey('reload'),
      SetTapeAlert: (flags: bigint) => obey('TapeAlert', flags.toString(16)),
      ListMap: () => parts.library.operator.listMap(),
      Inventory: () =>
        changer.elements.all.map(({ address, type, number, cartridge }) => [
          address,
          wordFor[type],
          number,
          cartridge?.barcode ?? '',
        ]),
      OpenDoor: () => obey('open door'),
      CloseDoor: () => obey('close door'),
      JamPicker: (picker: number) => obey('jam picker', String(picker)),
      FreePicker: (picker: number) => obey('free picker', String(picker)),
      SetTiming: (timing: string) => obey('timing', timing),
    },
  });
}

/** Puts a library on the bus, now and whenever there is one. */
export function libraryOnBus(
  parts: LibraryParts,
  administration: Administration<'library'>,
  log: Log,
  address?: string,
): LibraryBus {
  const path = `/org/mhvtl/library/${parts.number}`;
  const bound = bindLibrary(parts, administration);
  const common = bindUnit({ ...parts, counters: () => libraryCounters(parts) }, administration);
  const elements = () => parts.library.changer.elements;
  const service = new Service({
    name: `org.mhvtl.Library${parts.number}`,
    path,
    root: {
      interfaces: [bound, common],
      children: () => elements().all.map((each) => `/element/${each.address}`),
      child: (below) => {
        const number = /^\/element\/(\d+)$/.exec(below)?.[1];
        const element = number === undefined ? undefined : elements().at(Number(number));
        return element && elementObject(element);
      },
    },
    log: log.info,
    ...(address === undefined ? {} : { address }),
  });
  const changes = [bound, common].map((each) => new Changes(service, path, each));
  let alerts = parts.library.changer.tapeAlerts;
  const moves = new ElementChanges(service, path, NAME, elements);

  service.start();
  return {
    check() {
      if (!service.connected) {
        moves.forget();
        return;
      }
      moves.check();
      const { tapeAlerts } = parts.library.changer;
      if (tapeAlerts & ~alerts)
        service.signal(path, NAME, 'Alert', { signature: 't', body: [tapeAlerts & ~alerts] });
      alerts = tapeAlerts;
      for (const each of changes) each.check();
    },
    close: () => service.close(),
  };
}
