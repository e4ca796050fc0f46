// SPDX-License-Identifier: GPL-2.0-or-later
// The store fails at every single file operation: it is full, it breaks, it becomes read-only. The error names the right
// block, what was acknowledged can be read, and when the store is well again the cartridge loads and can be written.
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { systemCalls } from '../../src/medium/store-calls.js';
import { MediumError, type MediumFault, type Volume } from '../../src/medium/volume.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { BLOCKS, format3, OBJECTS } from '../fixtures/media/old-formats.js';
import { allItems, blockOf, labelOf } from './store/cartridge-items.js';
import { type Item, isOneOf, Ledger } from './store/ledger.js';
import { temporaryPlace } from './store/place.js';
import { RecordedFiles } from './store/recorded-files.js';
import { Session, someSteps } from './store/session.js';

const DRIVE = { vendor: 'IBM', serial: 'XYZZY_A1' };
const PLACE = temporaryPlace(t);
/** Errors of the system, what they are to a medium, and how many operations are left out between two failures. */
const faults: Readonly<Record<string, { readonly fault: MediumFault; readonly step: number }>> = {
  ENOSPC: { fault: 'no space', step: 1 },
  EIO: { fault: 'unwritable', step: 3 },
  EROFS: { fault: 'unwritable', step: 7 },
};

/** A store that fails from one operation on, until it is mended. */
class Failing {
  #left: number;
  readonly #code: string;
  struck = false;
  mended = false;

  constructor(operation: number, code: string) {
    this.#left = operation;
    this.#code = code;
  }

  readonly hinder = (call: string, path: string): void => {
    if (this.mended || this.#left-- > 0) return;
    this.struck = true;
    throw Object.assign(new Error(`${this.#code}: ${call}, ${path}`), { code: this.#code });
  };
}

async function closeAnyhow(volume: Volume): Promise<void> {
  try {
    await volume.close();
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
  }
}

interface Case {
  readonly make: () => string;
  readonly objects: readonly Item[];
  readonly label: string;
  readonly known: ReadonlyMap<number, Uint8Array>;
  readonly use: (session: Session) => Promise<void>;
}

/** What goes on after an error: it is taken note of, and nothing more is done. */
async function useUntilError(session: Session, use: Case['use']): Promise<MediumError | undefined> {
  try {
    await session.volume.mount(DRIVE);
    await use(session);
    return undefined;
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    if (error.lost) session.lose(error.lost);
    return error;
  }
}

/** One life of a cartridge whose store fails at `operation`. Returns whether it came to that, and what is wrong. */
async function run(
  { make, objects, label, known, use }: Case,
  operation: number,
  code: string,
): Promise<{ struck: boolean; wrong?: string }> {
  const directory = make();
  const failing = new Failing(operation, code);
  const files = new RecordedFiles(directory, failing.hinder);
  const wrong = (text: string) => ({ struck: true, wrong: text });
  try {
    const volume = openCartridge(directory, { calls: { ...systemCalls } });
    const session = new Session(volume, new Ledger([objects], label));
    const error = await useUntilError(session, use);
    if (!failing.struck) return { struck: false };
    /* Some failures are nobody's business: a temporary file that could not be removed. */
    if (error && error.fault !== faults[code]?.fault)
      return wrong(`${error.fault}: ${error.message}`);
    /* A format that was decided on can only be completed: until then nothing can be read. */
    const formatting = fs.readdirSync(directory).some((name) => name.startsWith('format.'));
    const readable = session.isMounted && !formatting;
    let meanwhile = readable ? await allItems(volume, known) : [];
    if (readable && error && !isOneOf(meanwhile, labelOf(volume), session.appearances))
      return wrong(`reads ${JSON.stringify(meanwhile)} after ${error.message}`);
    /* Either the drive goes on with it when the store is well again, or it was ended before. */
    const goesOn = operation % 2 === 0 && session.isMounted;
    if (goesOn) {
      failing.mended = true;
      meanwhile = await allItems(volume, known);
      await volume.write(0, meanwhile[0]!.length, blockOf(7));
      meanwhile[0]!.push(7);
      await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    } else {
      await closeAnyhow(volume);
      failing.mended = true;
    }
    const again = openCartridge(directory, { calls: { ...systemCalls } });
    await again.mount(DRIVE);
    const found = await allItems(again, known);
    const last = found[0]!.length;
    await again.write(0, last, blockOf(8));
    await again.dismount({ bytesWritten: 0, bytesRead: 0 });
    const right = goesOn
      ? JSON.stringify(found) === JSON.stringify(meanwhile)
      : isOneOf(found, labelOf(again), session.appearances);
    const expected = goesOn ? meanwhile : session.appearances;
    if (!right)
      return wrong(`found ${JSON.stringify(found)}, not ${JSON.stringify(expected)}: ${error}`);
    return { struck: true };
  } catch (error) {
    return wrong(error instanceof Error ? String(error.stack) : String(error));
  } finally {
    files.stop();
  }
}

async function failEverywhere(t: Test, what: Case): Promise<void> {
  for (const [code, { step }] of Object.entries(faults)) {
    let operation = 0;
    for (; t.passing(); operation += step) {
      const { struck, wrong } = await run(what, operation, code);
      if (wrong) t.fail(`${code} at operation ${operation}: ${wrong}`);
      if (!struck) break;
    }
    t.ok(operation > 20, `${code} at ${operation} operations`);
  }
}

let cartridges = 0;
const fresh = (): string => {
  const home = `${PLACE}/${cartridges++}`;
  fs.mkdirSync(home);
  return home;
};
const blank = { make: () => newCartridge(fresh()), objects: [], label: '', known: new Map() };

t.setTimeout(110_000);

t.test('blocks, marks, labels and overwriting', async (t) => {
  await failEverywhere(t, {
    ...blank,
    use: async (session) => {
      await someSteps(session, 16, 11);
      await session.dismount();
    },
  });
});

t.test('a format', async (t) => {
  await failEverywhere(t, {
    ...blank,
    use: async (session) => {
      await session.write(0, 0);
      await session.flush();
      await session.format([250 << 20, 250 << 20]);
      await session.write(1, 0, 'zlib');
      await session.flush();
    },
  });
});

t.test('an upgrade', async (t) => {
  await failEverywhere(t, {
    make: () => format3(fresh()),
    objects: OBJECTS.map((object) => (object === 'filemark' ? 'mark' : object)),
    label: 'an old label',
    known: new Map(BLOCKS.map((block, number) => [number, block])),
    use: async (session) => {
      await session.write(0, 5, 'lzo');
      await session.flush();
      await session.dismount();
    },
  });
});
