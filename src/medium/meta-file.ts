// SPDX-License-Identifier: GPL-2.0-or-later
// The file `meta.N`: a header and the object numbers of all filemarks. A copy of what the index knows.
import { layout, littleEndian, u32 } from '../bytes/layout.js';
import type { ObjectIndex } from './object-index.js';
import type { StoreFile } from './store-file.js';

export const metaHeader = layout(512, {
  filemarkCount: littleEndian(u32(0)),
  /** {@link SYNC_MARK} says that the next field means something. Other programs copy both or write zeros. */
  syncMark: littleEndian(u32(496)),
  /** Objects, from the first, that once were on stable storage, all files of them. */
  syncedObjects: littleEndian(u32(500)),
});
/** Ours. */
const SYNC_MARK = 0x3253486d;
const mapEntry = layout(4, { number: littleEndian(u32(0)) });
/** Map entries read or written in one go. */
const CHUNK = 65536;

export class MetaFile {
  readonly #file: StoreFile;
  /** Where the header is. */
  readonly #at: number;
  /** The count in the header; undefined when the file has none. */
  #count: number | undefined;
  /** How many entries, from the first, are those of the index. */
  #agreed = 0;
  #synced: number | undefined;

  /** @param at where the header is: old cartridges have something else before it */
  constructor(file: StoreFile, at = 0) {
    this.#file = file;
    this.#at = at;
    if (file.size < at + metaHeader.size) return;
    const header = new Uint8Array(metaHeader.size);
    file.read(header, at);
    const { filemarkCount, syncMark, syncedObjects } = metaHeader.decode(header);
    this.#count = filemarkCount;
    if (syncMark === SYNC_MARK) this.#synced = syncedObjects;
  }

  /** Objects, from the first, known to be on stable storage; undefined when nobody kept count. */
  get synced(): number | undefined {
    return this.#synced;
  }

  /** Where the entry `index` is. */
  #entryAt(index: number): number {
    return this.#at + metaHeader.size + index * mapEntry.size;
  }

  /** Entries the file has room for and its header counts. */
  #entries(): number {
    if (this.#count === undefined) return 0;
    return Math.min(this.#count, Math.floor((this.#file.size - this.#entryAt(0)) / mapEntry.size));
  }

  /** Compares the map with the index, which is believed; {@link agrees} tells how it went. */
  compare(index: ObjectIndex): void {
    const count = Math.min(this.#entries(), index.filemarkCount);
    this.#agreed = 0;
    for (let first = 0; first < count; first += CHUNK) {
      const chunk = new Uint8Array(Math.min(CHUNK, count - first) * mapEntry.size);
      this.#file.read(chunk, this.#entryAt(first));
      for (let at = 0; at < chunk.length; at += mapEntry.size, this.#agreed++)
        if (mapEntry.decode(chunk, at).number !== index.filemark(this.#agreed)) return;
    }
  }

  /** Whether the file says what the index says. */
  agrees(index: ObjectIndex): boolean {
    return (
      this.#count === index.filemarkCount &&
      this.#agreed === index.filemarkCount &&
      this.#file.size === this.#entryAt(index.filemarkCount)
    );
  }

  /** Whether there is a header at all. */
  get hasHeader(): boolean {
    return this.#count !== undefined;
  }

  /** Whether the map has filemarks at or after the object `number`, so that there once were more objects. */
  listsBeyond(number: number): boolean {
    const count = this.#entries();
    if (count === 0) return false;
    const last = new Uint8Array(mapEntry.size);
    this.#file.read(last, this.#entryAt(count - 1));
    return mapEntry.decode(last).number >= number;
  }

  /**
   * Makes the file say what the index says about the first `count` filemarks, writing only what differs. The
   * header never counts an entry that is not there.
   * @param synced objects that are on stable storage
   * @throws MediumError as StoreFile.write; calling it again completes the work
   */
  async save(index: ObjectIndex, count: number, synced: number): Promise<void> {
    this.#agreed = Math.min(this.#agreed, count);
    if (this.#count === undefined || this.#count > this.#agreed)
      await this.#writeHeader(this.#agreed, Math.min(synced, this.#synced ?? 0));
    for (let first = this.#agreed; first < count; first = this.#agreed) {
      const chunk = new Uint8Array(Math.min(CHUNK, count - first) * mapEntry.size);
      for (let at = 0, i = first; at < chunk.length; at += mapEntry.size, i++)
        mapEntry.patch(chunk, { number: index.filemark(i) }, at);
      await this.#file.write([chunk], this.#entryAt(first));
      this.#agreed = first + chunk.length / mapEntry.size;
    }
    if (this.#count !== count || this.#synced !== synced) await this.#writeHeader(count, synced);
    await this.#file.truncate(this.#entryAt(count));
  }

  /** Returns when the file is on stable storage. If that fails, the next {@link save} writes all of it. */
  async sync(): Promise<void> {
    try {
      await this.#file.sync();
    } catch (error) {
      this.#count = undefined;
      this.#agreed = 0;
      throw error;
    }
  }

  async #writeHeader(filemarkCount: number, syncedObjects: number): Promise<void> {
    const header = metaHeader.encode({ filemarkCount, syncMark: SYNC_MARK, syncedObjects });
    await this.#file.write([header], this.#at);
    this.#count = filemarkCount;
    this.#synced = syncedObjects;
  }
}
