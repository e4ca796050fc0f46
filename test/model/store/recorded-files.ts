// SPDX-License-Identifier: GPL-2.0-or-later
// Watches what a program asks of the file system below a directory, and hinders it when that is wanted.
import fs from 'node:fs';
import { dirname } from 'node:path';
import { type Change, Disk, type NameChange, type NodeNumber, ROOT } from './disk.js';

/** What happened, in order. */
export type Event =
  | { readonly kind: 'change'; readonly change: Change }
  /** `covered`: how many events had happened when it was asked for. */
  | { readonly kind: 'sync'; readonly node: NodeNumber; readonly covered: number }
  | { readonly kind: 'note'; readonly note: unknown };

interface OpenFile {
  readonly node: NodeNumber;
  /** Where the next write without an offset goes. */
  at: number;
}

type Callback = (error: Error | null, value?: unknown) => void;
type Functions = Record<string, (...words: never[]) => unknown>;

/** Called before a change is made; what it throws is what the program gets instead. */
export type Hinder = (call: string, path: string) => void;

/** The cartridge's lock is no part of its content. */
const isLock = (path: string): boolean => /\/lock(\.\d+)?$/.test(path);

const bytesOf = (data: string | NodeJS.ArrayBufferView): Uint8Array =>
  typeof data === 'string'
    ? Buffer.from(data)
    : Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

/** Below `root`, until {@link stop}, every change is in {@link events}. */
export class RecordedFiles {
  readonly events: Event[] = [];
  /** What was there in the beginning. */
  readonly start: Disk;
  readonly #root: string;
  readonly #hinder: Hinder;
  readonly #nodes = new Map<string, NodeNumber>();
  readonly #open = new Map<number, OpenFile>();
  readonly #paths = new Map<number, string>();
  readonly #originals: (() => void)[] = [];
  #next = ROOT + 1;

  constructor(root: string, hinder: Hinder = () => {}) {
    this.#root = root;
    this.#hinder = hinder;
    this.#nodes.set(root, ROOT);
    this.start = new Disk();
    this.#look(root, this.start);
    this.#watchNames();
    this.#watchDescriptors();
    this.#watchLater();
  }

  note(note: unknown): void {
    this.events.push({ kind: 'note', note });
  }

  /** Leaves the file system as it was. */
  stop(): void {
    for (const restore of this.#originals.splice(0).reverse()) restore();
  }

  /** Takes what is there. */
  #look(path: string, disk: Disk): void {
    for (const entry of fs.readdirSync(path, { withFileTypes: true })) {
      const here = `${path}/${entry.name}`;
      if (isLock(here)) continue;
      const node = this.#next++;
      this.#nodes.set(here, node);
      disk.apply({ kind: 'make', node, directory: entry.isDirectory() });
      disk.apply({ kind: 'names', names: [this.#named(here, node)] });
      if (entry.isDirectory()) this.#look(here, disk);
      else disk.apply({ kind: 'write', node, at: 0, bytes: fs.readFileSync(here) });
    }
  }

  #named(path: string, node: NodeNumber | undefined): NameChange {
    const directory = this.#nodes.get(dirname(path));
    if (directory === undefined) throw new Error(`nobody made ${dirname(path)}`);
    return { directory, name: path.slice(dirname(path).length + 1), node };
  }

  #watched(path: unknown): path is string {
    return typeof path === 'string' && `${path}/`.startsWith(`${this.#root}/`) && !isLock(path);
  }

  #change(change: Change): void {
    this.events.push({ kind: 'change', change });
  }

  #replace<N extends string>(owner: object, name: N, make: (original: never) => unknown): void {
    const functions = owner as Functions;
    const original = functions[name]!;
    functions[name] = make(original.bind(owner) as never) as Functions[string];
    this.#originals.push(() => {
      functions[name] = original;
    });
  }

  #make(path: string, directory: boolean): NodeNumber {
    const node = this.#next++;
    this.#nodes.set(path, node);
    this.#change({ kind: 'make', node, directory });
    this.#change({ kind: 'names', names: [this.#named(path, node)] });
    return node;
  }

  #moved(from: string, to: string): void {
    const below = [...this.#nodes].filter(([path]) => `${path}/`.startsWith(`${from}/`));
    const node = this.#nodes.get(from)!;
    this.#change({ kind: 'names', names: [this.#named(from, undefined), this.#named(to, node)] });
    for (const [path] of below) this.#nodes.delete(path);
    for (const [path, each] of below) this.#nodes.set(to + path.slice(from.length), each);
  }

  #removed(path: string): void {
    for (const child of [...this.#nodes.keys()].filter((each) => dirname(each) === path))
      this.#removed(child);
    this.#change({ kind: 'names', names: [this.#named(path, undefined)] });
    this.#nodes.delete(path);
  }

  #watchNames(): void {
    const around = (
      name: 'mkdirSync' | 'rmSync' | 'unlinkSync' | 'renameSync',
      done: (path: string, to: string) => void,
    ): void =>
      this.#replace(
        fs,
        name,
        (original: (...words: unknown[]) => unknown) =>
          (...words: unknown[]) => {
            const [path, to] = words as [string, string];
            if (!this.#watched(path)) return original(...words);
            if (name !== 'rmSync' || fs.existsSync(path)) this.#hinder(name, path);
            const there = fs.existsSync(path);
            const result = original(...words);
            if (there || name === 'mkdirSync') done(path, to);
            return result;
          },
      );
    around('mkdirSync', (path) => this.#make(path, true));
    around('rmSync', (path) => this.#removed(path));
    around('unlinkSync', (path) => this.#removed(path));
    around('renameSync', (path, to) => this.#moved(path, to));
  }

  /** What opening did. */
  #opened(fd: number, path: string, made: boolean, emptied: boolean): void {
    const node = made ? this.#make(path, false) : this.#nodes.get(path)!;
    if (emptied && !made) this.#change({ kind: 'truncate', node, size: 0 });
    this.#open.set(fd, { node, at: 0 });
    this.#paths.set(fd, path);
  }

  #forget(fd: number): void {
    this.#open.delete(fd);
    this.#paths.delete(fd);
  }

  #written(fd: number, bytes: Uint8Array, at?: number): void {
    const file = this.#open.get(fd);
    if (!file) return;
    const from = at ?? file.at;
    if (at === undefined) file.at += bytes.length;
    if (bytes.length > 0) this.#change({ kind: 'write', node: file.node, at: from, bytes });
  }

  #synced(fd: number, covered: number): void {
    const file = this.#open.get(fd);
    if (file) this.events.push({ kind: 'sync', node: file.node, covered });
  }

  #hindered(call: string, fd: number): void {
    const path = this.#paths.get(fd);
    if (path !== undefined) this.#hinder(call, path);
  }

  #watchDescriptors(): void {
    this.#replace(
      fs,
      'openSync',
      (original: typeof fs.openSync) =>
        (path: string, flags = 'r', mode?: number) => {
          if (!this.#watched(path)) return original(path, flags, mode);
          const writes = typeof flags === 'string' && flags.startsWith('w');
          const made = writes && !fs.existsSync(path);
          if (writes) this.#hinder('openSync', path);
          const fd = original(path, flags, mode);
          this.#opened(fd, path, made, writes);
          return fd;
        },
    );
    this.#replace(fs, 'closeSync', (original: typeof fs.closeSync) => (fd: number) => {
      this.#forget(fd);
      original(fd);
    });
    this.#replace(
      fs,
      'writeFileSync',
      (original: typeof fs.writeFileSync) => (file: number, data: Uint8Array) => {
        this.#hindered('writeFileSync', file);
        original(file, data);
        this.#written(file, bytesOf(data));
      },
    );
    this.#replace(
      fs,
      'ftruncateSync',
      (original: typeof fs.ftruncateSync) => (fd: number, size: number) => {
        this.#hindered('ftruncateSync', fd);
        original(fd, size);
        const file = this.#open.get(fd);
        if (file) this.#change({ kind: 'truncate', node: file.node, size });
      },
    );
    for (const name of ['fsyncSync', 'fdatasyncSync'] as const)
      this.#replace(fs, name, (original: typeof fs.fsyncSync) => (fd: number) => {
        this.#hindered(name, fd);
        original(fd);
        this.#synced(fd, this.events.length);
      });
  }

  /** Calls with a callback: a change counts from when it is asked for, a sync from when it is done. */
  #watchLater(): void {
    const refused = (call: string, fd: number, done: Callback): boolean => {
      try {
        this.#hindered(call, fd);
        return false;
      } catch (error) {
        setImmediate(() => done(error as Error));
        return true;
      }
    };
    type Writev = (fd: number, parts: Uint8Array[], at: number, done: Callback) => void;
    this.#replace(
      fs,
      'writev',
      (original: Writev): Writev =>
        (fd, parts, at, done) => {
          if (refused('writev', fd, done)) return;
          this.#written(fd, Buffer.concat(parts), at);
          original(fd, parts, at, done);
        },
    );
    type Truncate = (fd: number, size: number, done: Callback) => void;
    this.#replace(
      fs,
      'ftruncate',
      (original: Truncate): Truncate =>
        (fd, size, done) => {
          if (refused('ftruncate', fd, done)) return;
          const file = this.#open.get(fd);
          if (file) this.#change({ kind: 'truncate', node: file.node, size });
          original(fd, size, done);
        },
    );
    type Sync = (fd: number, done: Callback) => void;
    for (const name of ['fsync', 'fdatasync'] as const)
      this.#replace(
        fs,
        name,
        (original: Sync): Sync =>
          (fd, done) => {
            if (refused(name, fd, done)) return;
            const covered = this.events.length;
            original(fd, (error) => {
              if (!error) this.#synced(fd, covered);
              done(error);
            });
          },
      );
  }
}
