// SPDX-License-Identifier: GPL-2.0-or-later
// What administrators can have a library do.
import type { ElementType } from '../smc/element.js';
import { type Location, OperatorRefusal, type OperatorRefusalReason } from '../smc/operator.js';
import { type Handlers, type RefusalName, Refused } from './administration.js';
import type { Library } from './library.js';
import { wordFor } from './library-elements.js';
import { paceText } from './pace.js';
import { fitting, type UnitParts, unitHandlers } from './unit-administration.js';

export interface LibraryParts
  extends Omit<UnitParts, 'attentions' | 'status' | 'setAlerts' | 'counters'> {
  readonly number: number;
  readonly library: Pick<Library, 'changer' | 'operator' | 'unit' | 'reload'>;
}

/** What is counted since the daemon started. */
export const libraryCounters = ({ library }: LibraryParts): Record<string, number> => ({
  moves: library.changer.statistics.moves,
});

/** The state of a library, as `status` prints it. */
export function libraryStatus({ number, library, verbosity, faults, pace }: LibraryParts) {
  const { changer } = library;
  const { identity, elements } = changer;
  const full = elements.all.filter(({ cartridge }) => cartridge !== undefined);
  return {
    unit: number,
    kind: 'library',
    vendor: identity.vendor,
    product: identity.product,
    serial: identity.serial,
    state: changer.online ? 'online' : 'offline',
    slots: elements.of('storage').length,
    drives: elements.of('data transfer').length,
    maps: elements.of('import/export').length,
    cartridges: full.length,
    mapOpen: changer.importExportOpen,
    doorOpen: changer.doorOpen,
    moves: changer.statistics.moves,
    timing: paceText(pace),
    faults: faults.size,
    logLevel: verbosity.level,
    pid: process.pid,
  };
}

/** `1000 Slot 1 E01001L8`: address, place as in library_contents, and the cartridge or `-`. */
export const inventoryLines = ({ library }: LibraryParts, from: number): string[] =>
  library.changer.elements.all
    .filter(({ address }) => address >= from)
    .map(
      ({ address, type, number, cartridge }) =>
        `${address} ${wordFor[type]} ${number} ${cartridge?.barcode ?? '-'}`,
    );

/** Barcodes are listed in columns of this width, as mhvtl 1.8 does. */
const barcodeWidth = 16;

const refusalNames: Readonly<Record<OperatorRefusalReason, RefusalName>> = {
  'MAP is closed': 'MapClosed',
  'MAP is locked': 'RemovalPrevented',
  'MAP is full': 'NoRoom',
  'no such cartridge': 'NotFound',
  'already in the library': 'Exists',
  'barcode too long': 'InvalidArgument',
  'no address left': 'NoRoom',
  'no such element': 'NotFound',
  'move refused': 'Failed',
};

/** What mhvtl 1.8 says, and scripts look for; the sentence of the refusal where it had no such case. */
const customary: Readonly<Partial<Record<OperatorRefusalReason, string>>> = {
  'MAP is closed': 'MAP not opened',
  'MAP is full': 'MAP Full',
  'no such cartridge': 'Bad barcode',
  'already in the library': 'barcode already in library',
  'barcode too long': 'barcode length too long',
};

const elementTypes = Object.keys(wordFor) as ElementType[];

/** `slot:1`, in any case. The words have been checked. */
function locationOf(text: string): Location {
  const [word, number] = text.split(':');
  const type = elementTypes.find((each) => wordFor[each].toLowerCase() === word!.toLowerCase());
  return { type: type!, number: Number(number) };
}

/** What a library does about each command. */
export function libraryHandlers(parts: LibraryParts): Handlers<'library'> {
  const { changer, operator, unit } = parts.library;
  /** In order with the SCSI commands; what the operator is refused is refused in the customary words. */
  const have = (
    act: (...words: string[]) => unknown,
    says: Readonly<Partial<Record<OperatorRefusalReason, string>>> = customary,
  ) => {
    return (...words: string[]): Promise<string> =>
      unit.inOrder(async () => {
        try {
          const said = await act(...words);
          return typeof said === 'string' ? said : 'OK';
        } catch (error) {
          if (!(error instanceof OperatorRefusal)) throw error;
          throw new Refused(refusalNames[error.reason], says[error.reason] ?? error.message);
        }
      });
  };
  return {
    ...unitHandlers({
      ...parts,
      attentions: changer.attentions,
      setAlerts: (flags) => operator.setTapeAlerts(flags),
      status: () => libraryStatus(parts),
      counters: () => libraryCounters(parts),
    }),
    'open map': have(() => operator.openMap()),
    'close map': have(() => operator.closeMap()),
    'list map': have(() => {
      const padded = operator.listMap().map((barcode) => barcode.padEnd(barcodeWidth));
      return `Contents: ${padded.join('')}`;
    }),
    'empty map': have(() => operator.emptyMap(), {
      'MAP is closed': "Can't empty map while MAP is closed",
    }),
    'load map': have((barcode) => operator.loadMap(barcode)),
    'add slot': have(() => `slot=${operator.addSlot()}`),
    online: have(() => operator.goOnline()),
    offline: have(() => operator.goOffline()),
    'open door': have(() => operator.setDoor(true)),
    'close door': have(() => operator.setDoor(false)),
    'jam picker': have((number = '1') => operator.jamPicker(Number(number), true)),
    'free picker': have((number = '1') => operator.jamPicker(Number(number), false)),
    move: have((from, to) => operator.move(locationOf(from!), locationOf(to!))),
    inventory: (from) => fitting(inventoryLines(parts, Number(from ?? 0))),
    reload: async () => {
      try {
        await parts.library.reload();
        return 'OK';
      } catch (error) {
        throw new Refused('InvalidArgument', (error as Error).message);
      }
    },
  };
}
