// SPDX-License-Identifier: GPL-2.0-or-later
// A library's process in a test: its files in a directory of its own, its drives in memory.
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { loadConfiguration } from '../../../src/config/load.js';
import { Library } from '../../../src/daemon/library.js';
import type { DriveMail } from '../../../src/daemon/library-drives.js';
import type { Log } from '../../../src/daemon/log.js';

export interface LibrarySettings {
  readonly contents: string;
  readonly persist?: 'yes' | 'no';
  readonly vendor?: string;
  readonly product?: string;
  /** Lines of the library's record beside the usual ones. */
  readonly more?: string;
  /** How many drives, in drive slots from 1 on. */
  readonly drives?: number;
}

const deviceConf = (settings: LibrarySettings): string => {
  const { vendor = 'STK', product = 'L700', persist = 'yes', more = '', drives = 2 } = settings;
  return `VERSION: 5

Library: 10 CHANNEL: 0 TARGET: 0 LUN: 0
 Vendor identification: ${vendor}
 Product identification: ${product}
 Unit serial number: XYZZY_A
 NAA: 10:22:33:44:ab:00:00:00
 Home directory: /nowhere
 PERSIST: ${persist}
${more}
${Array.from({ length: drives }, (_, i) => i + 1)
  .map(
    (slot) => `Drive: ${10 + slot} CHANNEL: 0 TARGET: ${slot} LUN: 0
 Library ID: 10 Slot: ${slot}
 Vendor identification: IBM
 Product identification: ULT3580-TD8
 Product revision level: 2160
 Unit serial number: XYZZY_A${slot}
 NAA: 10:22:33:44:ab:00:${slot.toString(16).padStart(2, '0')}:00
`,
  )
  .join('\n')}`;
};

/** Drives in other processes: what each holds, by unit, and whether it let go. They live as long as the test. */
class Drives implements DriveMail {
  readonly holds = new Map<number, { barcode: string; ejected: boolean }>();
  /** Units whose process does not run. */
  readonly absent = new Set<number>();
  send(): void {}
  async request(unit: number, text: string): Promise<string> {
    if (this.absent.has(unit)) throw new Error(`unit ${unit} did not answer`);
    const held = this.holds.get(unit);
    const [verb, barcode] = text.split(' ');
    if (verb === 'mount_state')
      return held ? `occupied ${held.barcode}${held.ejected ? ' - ejected' : ''}` : 'Not occupied';
    if (verb === 'lload') {
      this.holds.set(unit, { barcode: barcode!, ejected: false });
      return `Loaded OK: ${barcode}`;
    }
    this.holds.delete(unit);
    return 'Unloaded OK';
  }
}

/**
 * Every move is on stable storage before it is answered, twice a fsync. A disk that is busy with a build needs half a
 * second for one, and the test half a minute: in memory it needs none.
 */
const fastDirectory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function setUp(t: Test, settings: LibrarySettings) {
  const directory = mkdtempSync(join(fastDirectory, 'mhvtl-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'state'));
  process.env['STATE_DIRECTORY'] = join(directory, 'state');
  writeFileSync(join(directory, 'device.conf'), deviceConf(settings));
  const base = join(directory, 'library_contents.10');
  writeFileSync(base, settings.contents);
  utimesSync(base, 1e9, 1e9);
  const mail = new Drives();
  const told: string[] = [];
  const note = (line: string): void => void told.push(line);
  const log: Log = { error: note, warning: note, notice: note, info: () => {}, debug: () => {} };
  /** A library's process starts. The end of the one before is a power cut: nothing is asked of it. */
  const start = async (): Promise<Library> => {
    const configuration = loadConfiguration(directory);
    const [record] = configuration.libraries;
    const readAgain = () => loadConfiguration(directory);
    const library = new Library({
      configuration,
      record: record!,
      mail,
      log,
      fifo: undefined,
      readAgain,
    });
    library.attached();
    await library.unit.inOrder(async () => {});
    return library;
  };
  let edits = 0;
  /** Somebody edits library_contents, later than everything before: times of files have ticks of milliseconds. */
  const edit = (text: string): void => {
    writeFileSync(base, text);
    const later = Date.now() / 1000 + ++edits;
    utimesSync(base, later, later);
  };
  return { base, edit, kept: `${base}.persist`, mail, start, told };
}
