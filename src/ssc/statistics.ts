// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive counts: over its life, since power on, and for the volume that is mounted. Log pages read it.
import type { DeviceState } from '../spc/environment.js';

/** Everything that is counted. Bytes of the medium are those after compression. */
export const counterNames = [
  'mounts',
  'dismounts',
  'bytesFromHost',
  'bytesToMedium',
  'bytesFromMedium',
  'bytesToHost',
  'blocksWritten',
  'blocksRead',
  'filemarksWritten',
  'filemarksRead',
  'locates',
  'rewinds',
  'spaces',
  'formats',
  'writeErrors',
  'readErrors',
  'protectionErrors',
  'alertsRaised',
  'cleanings',
  'refusedCartridges',
  'powerOns',
  'powerOnSeconds',
  /* What `bytesMoved` was then. */
  'bytesMovedAtCleaning',
  'bytesMovedAtRefusal',
] as const;
export type CounterName = (typeof counterNames)[number];
export type Counters = Record<CounterName, number>;

const zero = (): Counters =>
  Object.fromEntries(counterNames.map((name) => [name, 0])) as unknown as Counters;

/** Bytes the head wrote and read. */
export const bytesMoved = ({ bytesToMedium, bytesFromMedium }: Counters): number =>
  bytesToMedium + bytesFromMedium;

/** Where the counters of the drive's life are kept (see {@link DeviceState}). */
const savedAs = 'statistics';

function parse(saved: Uint8Array): Partial<Record<string, unknown>> {
  try {
    return JSON.parse(new TextDecoder().decode(saved)) ?? {};
  } catch {
    /* Somebody edited the file: the drive counts from zero, as after a change of its electronics. */
    return {};
  }
}

/** What was saved last; counters that did not exist then begin at zero. */
function restore(state: DeviceState): Counters {
  const life = zero();
  const saved = state.load(savedAs);
  if (!saved) return life;
  const stored = parse(saved);
  for (const name of counterNames) {
    const value = stored[name];
    if (typeof value === 'number' && Number.isSafeInteger(value)) life[name] = value;
  }
  return life;
}

export class Statistics {
  /** Since the drive was made. */
  readonly life: Counters;
  readonly sincePowerOn = zero();
  /** Since the present or last volume was mounted. */
  sinceMount = zero();
  /** The same, but that LOG SELECT lets counters begin anew. */
  sinceReset = zero();
  readonly #state: DeviceState;

  constructor(state: DeviceState) {
    this.#state = state;
    this.life = restore(state);
    this.count('powerOns');
  }

  count(name: CounterName, amount = 1): void {
    this.life[name] += amount;
    this.sincePowerOn[name] += amount;
    this.sinceMount[name] += amount;
    this.sinceReset[name] += amount;
  }

  /** Makes a counter of the drive's life what the bytes moved are now. */
  mark(name: 'bytesMovedAtCleaning' | 'bytesMovedAtRefusal'): void {
    this.count(name, bytesMoved(this.life) - this.life[name]);
  }

  /** A volume was mounted: what is counted for it begins at zero. */
  mounted(): void {
    this.sinceMount = zero();
    this.sinceReset = zero();
    this.count('mounts');
  }

  /** LOG SELECT: these begin at zero in the pages that are about the present volume. */
  reset(...names: CounterName[]): void {
    for (const name of names) this.sinceReset[name] = 0;
  }

  /** Keeps the counters of the drive's life over a loss of power. */
  save(): void {
    this.#state.save(savedAs, new TextEncoder().encode(JSON.stringify(this.life)));
  }
}
