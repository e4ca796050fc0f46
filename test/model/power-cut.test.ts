// SPDX-License-Identifier: GPL-2.0-or-later
// The power goes at every moment of some hours of a cartridge's life. The file operations of the engine are recorded;
// every prefix of them, with what was not synced made, dropped, torn or left as a hole, is loaded and used on.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { isFormatPending } from '../../src/medium/format.js';
import { systemCalls } from '../../src/medium/store-calls.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { BLOCKS, format3, format4, OBJECTS } from '../fixtures/media/old-formats.js';
import { random } from './random.js';
import { allItems, blockOf, labelOf } from './store/cartridge-items.js';
import { type Change, type Disk, PoweredDisk } from './store/disk.js';
import { type Appearance, type Item, isOneOf, Ledger } from './store/ledger.js';
import { temporaryPlace } from './store/place.js';
import { type Event, RecordedFiles } from './store/recorded-files.js';
import { Session, someSteps } from './store/session.js';

/** Ways a power cut is simulated at each moment, beside the two extremes. */
const VARIANTS = Number(process.env['VARIANTS'] ?? 2);
const DRIVE = { vendor: 'IBM', serial: 'XYZZY_A1' };
const PLACE = temporaryPlace(t);

/** Records what `use` does to the cartridge in `directory`, which holds `objects`. */
async function recorded(
  directory: string,
  objects: readonly (readonly Item[])[],
  label: string,
  use: (session: Session) => Promise<void>,
): Promise<RecordedFiles> {
  const files = new RecordedFiles(directory);
  try {
    const ledger = new Ledger(objects, label);
    /* Copied, so that all goes through these calls. */
    const volume = openCartridge(directory, { calls: { ...systemCalls } });
    const session = new Session(volume, ledger, (appearances) => files.note(appearances));
    await volume.mount(DRIVE);
    await use(session);
  } finally {
    files.stop();
  }
  return files;
}

/**
 * What the power cut left is loaded, compared with what may be there, written on, and loaded again. Returns what is wrong.
 * @param partition which is written on, if there is one
 */
async function tryImage(
  disk: Disk,
  name: string,
  appearances: readonly Appearance[],
  known: ReadonlyMap<number, Uint8Array>,
  partition: number,
): Promise<string | undefined> {
  const directory = `${PLACE}/image/${name}`;
  fs.rmSync(`${PLACE}/image`, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  disk.store(directory);
  try {
    /* Whoever only looks changes nothing, in whatever state the files are. */
    if (!isFormatPending(directory)) await openCartridge(directory, { readOnly: true }).close();
    const volume = openCartridge(directory);
    await volume.mount(DRIVE);
    const found = await allItems(volume, known);
    const label = labelOf(volume);
    if (!isOneOf(found, label, appearances))
      return `found ${JSON.stringify({ found, label })}, may be ${JSON.stringify(appearances)}`;
    /* Also none: what was recognised must stay so without a write. */
    const items = found[partition];
    if (items) {
      await volume.write(partition, items.length, blockOf(7));
      await volume.writeFilemarks(partition, items.length + 1, 1);
      items.push(7, 'mark');
    }
    await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    const again = openCartridge(directory, { readOnly: true });
    const kept = JSON.stringify(await allItems(again, known));
    await again.close();
    return kept === JSON.stringify(found) ? undefined : `what is written then becomes ${kept}`;
  } catch (error) {
    return String(error);
  }
}

function digestOf(disk: Disk): string {
  const hash = createHash('sha1');
  for (const [path, content] of disk.entries()) hash.update(path).update(content ?? 'directory');
  return hash.digest('hex');
}

/** Every moment of the record: the disks a power cut may leave, and what may be on them. */
function* moments(
  { events, start }: Pick<RecordedFiles, 'events' | 'start'>,
  upTo: (n: number) => number,
): Generator<{ at: number; how: string; disk: Disk; appearances: readonly Appearance[] }> {
  const disk = new PoweredDisk(start);
  let appearances: readonly Appearance[] = [];
  const made = new Set<Change>();
  for (const [at, event] of events.entries()) {
    if (event.kind === 'note') appearances = event.note as readonly Appearance[];
    else if (event.kind === 'change') disk.add(event.change);
    else disk.sync(event.node, coveredBy(events, event.covered, made));
    yield { at, how: 'killed', disk: disk.afterKill, appearances };
    yield { at, how: 'cut', disk: disk.afterCut, appearances };
    for (let i = 0; i < VARIANTS && disk.pending.length > 0; i++)
      yield { at, how: `cut ${i}`, disk: disk.after(upTo), appearances };
  }
}

/** The changes among the first `count` events. */
function coveredBy(events: readonly Event[], count: number, made: Set<Change>): Set<Change> {
  made.clear();
  for (const event of events.slice(0, count)) if (event.kind === 'change') made.add(event.change);
  return made;
}

async function cutEverywhere(
  t: Test,
  directory: string,
  files: RecordedFiles,
  known: ReadonlyMap<number, Uint8Array> = new Map(),
): Promise<void> {
  const last = new PoweredDisk(files.start);
  for (const event of files.events) if (event.kind === 'change') last.add(event.change);
  const recordedFiles = [...last.afterKill.entries()].map(([path, bytes]) => [path, digest(bytes)]);
  t.same(recordedFiles.sort(), filesOf(directory), 'nothing escaped the record');
  const seen = new Set<string>();
  const upTo = random(42);
  const name = directory.slice(directory.lastIndexOf('/') + 1);
  for (const { at, how, disk, appearances } of moments(files, upTo)) {
    const key = `${digestOf(disk)} ${JSON.stringify(appearances)}`;
    if (seen.has(key) || appearances.length === 0) continue;
    seen.add(key);
    const wrong = await tryImage(disk, name, appearances, known, seen.size % 4);
    if (wrong) t.fail(`event ${at}, ${how}: ${wrong}`);
    if (!t.passing()) break;
  }
  t.comment(`${files.events.length} events, ${seen.size} disks`);
  t.ok(seen.size > files.events.length / 2, 'many disks');
}

const digest = (bytes: Uint8Array | undefined): string =>
  bytes ? createHash('sha1').update(bytes).digest('hex') : 'directory';

/** What really is in a directory. */
function filesOf(directory: string, path = ''): string[][] {
  return fs
    .readdirSync(directory + path, { withFileTypes: true })
    .filter(({ name }) => name !== 'lock')
    .flatMap((entry) => {
      const here = `${path}/${entry.name}`;
      return entry.isDirectory()
        ? [[here, 'directory'], ...filesOf(directory, here)]
        : [[here, digest(fs.readFileSync(directory + here))]];
    })
    .sort();
}

t.setTimeout(110_000);

for (const seed of [1, 2])
  t.test(`blocks, marks, labels and overwriting, ${seed}`, async (t) => {
    const directory = newCartridge(PLACE, `E0100${seed}L8`);
    const files = await recorded(directory, [[]], '', async (session) => {
      await someSteps(session, 36, seed);
      await session.dismount();
    });
    await cutEverywhere(t, directory, files);
  });

t.test('formats and several partitions', async (t) => {
  const directory = newCartridge(PLACE, 'E01009L8');
  const files = await recorded(directory, [[]], '', async (session) => {
    await someSteps(session, 8, 5);
    await session.flush();
    await session.format([100 << 20, 200 << 20, 200 << 20]);
    await someSteps(session, 20, 6);
    await session.format([500 << 20]);
    await someSteps(session, 8, 7);
    await session.dismount();
  });
  await cutEverywhere(t, directory, files);
});

for (const [format, make] of Object.entries({ 3: format3, 4: format4 }))
  t.test(`a cartridge in format ${format} is upgraded`, async (t) => {
    const home = `${PLACE}/${format}`;
    fs.mkdirSync(home);
    const directory = make(home);
    const known = new Map<number, Uint8Array>(BLOCKS.map((block, number) => [number, block]));
    const objects = OBJECTS.map((object) => (object === 'filemark' ? 'mark' : object));
    const files = await recorded(directory, [objects], 'an old label', async (session) => {
      await session.write(0, 5, 'lzo');
      await session.mark(0, 6);
      await session.flush();
      await someSteps(session, 12, 9);
      await session.dismount();
    });
    await cutEverywhere(t, directory, files, known);
  });
