// SPDX-License-Identifier: GPL-2.0-or-later
// A model of a file system that loses power: what was synced is there, of the rest anything may be.
import fs from 'node:fs';

/** A number that stands for a file or a directory, whatever names it has. */
export type NodeNumber = number;

/** One change, as the operating system was asked for it. */
export type Change =
  | { readonly kind: 'make'; readonly node: NodeNumber; readonly directory: boolean }
  | {
      readonly kind: 'write';
      readonly node: NodeNumber;
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'truncate'; readonly node: NodeNumber; readonly size: number }
  /** Names in directories: `node` undefined takes the name away. Both happen at once, or neither. */
  | { readonly kind: 'names'; readonly names: readonly NameChange[] };

export interface NameChange {
  readonly directory: NodeNumber;
  readonly name: string;
  readonly node: NodeNumber | undefined;
}

/** The directory all others are below. */
export const ROOT: NodeNumber = 0;

type Names = ReadonlyMap<string, NodeNumber>;

const EMPTY = new Uint8Array();

function overwritten(old: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const content = new Uint8Array(Math.max(old.length, at + bytes.length));
  content.set(old);
  content.set(bytes, at);
  return content;
}

function resized(old: Uint8Array, size: number): Uint8Array {
  const content = new Uint8Array(size);
  content.set(old.subarray(0, size));
  return content;
}

/** Files and directories. Contents are never changed in place, so that copies share them. */
export class Disk {
  readonly #files: Map<NodeNumber, Uint8Array>;
  readonly #directories: Map<NodeNumber, Names>;

  constructor(
    files: Iterable<readonly [NodeNumber, Uint8Array]> = [],
    directories: Iterable<readonly [NodeNumber, Names]> = [[ROOT, new Map()]],
  ) {
    this.#files = new Map(files);
    this.#directories = new Map(directories);
  }

  copy(): Disk {
    return new Disk(this.#files, this.#directories);
  }

  apply(change: Change): void {
    if (change.kind === 'make') {
      if (change.directory) this.#directories.set(change.node, new Map());
      else this.#files.set(change.node, EMPTY);
    } else if (change.kind === 'names') for (const each of change.names) this.#rename(each);
    else {
      const old = this.#files.get(change.node) ?? EMPTY;
      const content =
        change.kind === 'write'
          ? overwritten(old, change.at, change.bytes)
          : resized(old, change.size);
      this.#files.set(change.node, content);
    }
  }

  #rename({ directory, name, node }: NameChange): void {
    const names = new Map(this.#directories.get(directory));
    if (node === undefined) names.delete(name);
    else names.set(name, node);
    this.#directories.set(directory, names);
  }

  size(file: NodeNumber): number {
    return this.#files.get(file)?.length ?? 0;
  }

  /** Path and content of every file that has a name; of directories `undefined`. */
  *entries(directory: NodeNumber = ROOT, path = ''): Generator<[string, Uint8Array | undefined]> {
    for (const [name, node] of this.#directories.get(directory) ?? []) {
      const here = `${path}/${name}`;
      if (!this.#directories.has(node)) {
        yield [here, this.#files.get(node) ?? EMPTY];
        continue;
      }
      yield [here, undefined];
      yield* this.entries(node, here);
    }
  }

  /** Writes it all below `path`, which is an empty directory. */
  store(path: string): void {
    for (const [name, content] of this.entries())
      if (content) fs.writeFileSync(path + name, content);
      else fs.mkdirSync(path + name);
  }
}

/** Numbers below n. */
export type Random = (n: number) => number;

/** Disks write sectors as a whole. */
const SECTOR = 512;

/** What a write leaves of itself when the power goes: all, its first sectors, or a longer file without the bytes. */
function torn(change: Change, disk: Disk, upTo: Random): Change {
  if (change.kind !== 'write') return change;
  const { node, at, bytes } = change;
  const how = upTo(4);
  const end = at + bytes.length;
  if (how === 0) return { kind: 'truncate', node, size: Math.max(end, disk.size(node)) };
  if (how > 1) return change;
  const cut = Math.max(0, Math.floor((at + upTo(bytes.length)) / SECTOR) * SECTOR - at);
  return { ...change, bytes: bytes.subarray(0, cut) };
}

/** What the machine has of the changes: some on stable storage, the others only in its memory. */
export class PoweredDisk {
  readonly #stable: Disk;
  #pending: Change[] = [];

  constructor(start: Disk) {
    this.#stable = start.copy();
  }

  /** A change was asked for and will be made, sooner or later. */
  add(change: Change): void {
    if (change.kind === 'make') this.#stable.apply(change);
    else this.#pending.push(change);
  }

  /** Changes that are not on stable storage. */
  get pending(): readonly Change[] {
    return this.#pending;
  }

  /** The file or directory was synced, after the changes in `covered` were made. */
  sync(node: NodeNumber, covered: ReadonlySet<Change>): void {
    const concerns = (change: Change): boolean =>
      covered.has(change) &&
      (change.kind === 'names'
        ? change.names.some(({ directory }) => directory === node)
        : change.node === node);
    for (const change of this.#pending) if (concerns(change)) this.#stable.apply(change);
    this.#pending = this.#pending.filter((change) => !concerns(change));
  }

  /** As a process leaves it that is killed: every change is made. */
  get afterKill(): Disk {
    return this.#with(this.#pending);
  }

  /** As a power cut leaves it when nothing happens before a sync. */
  get afterCut(): Disk {
    return this.#stable.copy();
  }

  /**
   * As a power cut may leave it: names change up to some moment, as a journal has it, or in any order; of the other
   * changes any are made, none, or parts of them.
   */
  after(upTo: Random): Disk {
    const changes = this.#pending.filter(({ kind }) => kind === 'names').length;
    const hasJournal = upTo(2) === 0;
    let names = upTo(changes + 1);
    const happens = (change: Change): boolean =>
      change.kind === 'names' && hasJournal ? names-- > 0 : upTo(3) > 0;
    const disk = this.#stable.copy();
    for (const change of this.#pending.filter(happens)) disk.apply(torn(change, disk, upTo));
    return disk;
  }

  #with(changes: readonly Change[]): Disk {
    const disk = this.#stable.copy();
    for (const change of changes) disk.apply(change);
    return disk;
  }
}
