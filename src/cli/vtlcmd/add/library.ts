// SPDX-License-Identifier: GPL-2.0-or-later
// A whole new library: its record, its drives, its places and the cartridges in them.
import { parseDeviceConf } from '../../../config/device-conf.js';
import { withRecord } from '../../../config/edit-text.js';
import type { ElementKind } from '../../../config/library-contents.js';
import type { Context } from '../arguments.js';
import { defaultSize, makeCartridge } from '../cartridges.js';
import { type Change, readText, type Step } from '../change.js';
import { Failure } from '../failure.js';
import { freeNAA, freeSerial, freeTarget, freeUnit } from '../numbers.js';
import { type Preset, presets } from '../presets.js';
import { recordLines } from '../records.js';
import { startStep } from '../systemd.js';
import { contentsOf, readUnits, type Units } from '../units.js';
import { driveRecord } from './drive.js';

export interface LibraryOptions {
  readonly preset: string;
  readonly drives: number;
  readonly slots: number;
  readonly maps: number;
  readonly cartridges?: number;
  readonly home?: string;
}

/** `A15001L9`: a letter for the library, its number and the slot. */
const barcodeFor = (library: number, slot: number, suffix: string): string =>
  `V${(library % 100).toString().padStart(2, '0')}${slot.toString().padStart(3, '0')}${suffix}`;

function contentsText(unit: number, options: LibraryOptions, suffix: string): string {
  const filled = Math.min(options.cartridges ?? options.slots, options.slots);
  const lines = (kind: ElementKind, count: number, content = (_: number) => ''): string[] =>
    Array.from({ length: count }, (_, i) => `${kind} ${i + 1}:${content(i + 1)}`);
  return [
    `# What is in library ${unit}. The lines and the meaning of barcodes: library_contents(5).`,
    'VERSION: 2',
    '',
    ...lines('Drive', options.drives),
    '',
    ...lines('Picker', 1),
    '',
    ...lines('MAP', options.maps),
    '',
    ...lines('Slot', options.slots, (slot) =>
      slot <= filled ? ` ${barcodeFor(unit, slot, suffix)}` : '',
    ),
    '',
  ].join('\n');
}

/** The record of a new library. */
const libraryRecord = (units: Units, unit: number, home: string, preset: Preset): string[] => {
  const target = freeTarget(units);
  return recordLines({
    kind: 'Library',
    unit,
    target,
    values: {
      vendor: preset.vendor,
      product: preset.product,
      serial: freeSerial(units, unit),
      NAA: freeNAA(units, unit, target),
      homeDirectory: home,
      persist: 'True',
    },
  });
};

/** device.conf with the library and its drives; each is numbered in view of those before it. */
function withLibrary(units: Units, unit: number, home: string, preset: Preset, drives: number) {
  let text = withRecord(readText(units.file), libraryRecord(units, unit, home, preset));
  const numbers: number[] = [];
  for (let i = 0; i < drives; i++) {
    const record = driveRecord(unitsWith(units, text), undefined, {
      library: unit,
      product: preset.drive,
    });
    text = withRecord(text, record.lines);
    numbers.push(record.unit);
  }
  return { text, numbers };
}

function presetNamed(name: string): Preset {
  const preset = presets[name];
  if (preset) return preset;
  throw new Failure(`There is no preset "${name}". There are: ${Object.keys(presets).join(', ')}`);
}

export function addLibrary(
  given: number | undefined,
  options: LibraryOptions,
  { print }: Pick<Context, 'print'>,
): Change {
  const units = readUnits();
  const preset = presetNamed(options.preset);
  const unit = given ?? freeUnit(units, 10);
  const home = options.home ?? `${units.settings.homePath}/${unit}`;
  const { text, numbers } = withLibrary(units, unit, home, preset, options.drives);
  const contents = contentsText(unit, options, preset.suffix);
  const barcodes = [...contents.matchAll(/^Slot \d+: (\S+)$/gm)].map((match) => match[1]!);
  const cartridges: Step = {
    what: `make ${barcodes.length} cartridges in ${home}`,
    run() {
      for (const barcode of barcodes) makeCartridge(home, barcode, defaultSize(units));
    },
  };
  return {
    texts: new Map([
      [units.file, text],
      [contentsOf(units, unit), contents],
    ]),
    before: [cartridges],
    steps: [
      startStep(
        [
          ...numbers.map((drive) => ({ kind: 'drive' as const, unit: drive })),
          { kind: 'library', unit },
        ],
        print,
      ),
    ],
    said: `added library ${unit}`,
  };
}

/** The units there would be with another device.conf. */
const unitsWith = (units: Units, text: string): Units => ({
  ...units,
  ...parseDeviceConf(text, units.file, units.settings.homePath).value,
});
