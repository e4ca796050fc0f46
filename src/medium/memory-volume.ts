// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge that exists only in memory, for tests of what drives do with cartridges.
import { CartridgeMemory } from './cartridge-memory.js';
import type { CartridgeType } from './cartridge-types.js';
import { type FirstEncrypted, FirstEncryptedBlock } from './first-encrypted.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import {
  type BlockInfo,
  type FilemarkSearch,
  MediumError,
  type MountingDrive,
  type ObjectKind,
  type ReadOptions,
  type ReadOutcome,
  type Seal,
  type Use,
  type Volume,
  type WriteOptions,
} from './volume.js';

/** The cartridge to make; what is left out is as `mktape` would make a data cartridge of the type. */
export interface MemoryCartridge {
  readonly type: CartridgeType;
  readonly barcode?: string;
  readonly use?: Use;
  /** Bytes of the whole medium. */
  readonly capacity?: number;
  readonly partitions?: number;
  readonly writeProtected?: boolean;
}

const FILEMARK = 'filemark';
interface StoredBlock {
  /** Bytes the host wrote. */
  readonly size: number;
  /** What is kept: those bytes, or what sealing made of them. */
  readonly payload: Uint8Array;
  readonly seal: Seal | undefined;
}
type StoredObject = StoredBlock | typeof FILEMARK;

const NO_DATA = { unauthenticatedData: new Uint8Array(), authenticatedData: new Uint8Array() };

const describe = ({ size, payload, seal }: StoredBlock): BlockInfo => ({
  size,
  storedSize: payload.length,
  encryption: seal ? 'sealed' : 'none',
  key: new Uint8Array(),
  unauthenticatedData: (seal ?? NO_DATA).unauthenticatedData,
  authenticatedData: (seal ?? NO_DATA).authenticatedData,
});

export class MemoryVolume implements Volume {
  readonly barcode: string;
  readonly #memory: CartridgeMemory;
  #partitions: StoredObject[][];
  #modified = false;
  readonly buffered = { objects: 0, bytes: 0 };

  constructor(cartridge: MemoryCartridge) {
    const { type, barcode = 'MEMORY01', use = 'data', capacity = 0, partitions = 1 } = cartridge;
    this.barcode = barcode;
    this.#memory = CartridgeMemory.create({ barcode, type, use, capacity, createdAt: 0 });
    this.#partitions = Array.from({ length: partitions }, () => []);
    if (cartridge.writeProtected) this.#memory.setWriteProtected(true);
  }

  get type(): CartridgeType {
    return this.#memory.type;
  }

  get use(): Use {
    return this.#memory.use;
  }

  get writeProtected(): boolean {
    return this.#memory.writeProtected;
  }

  setWriteProtected(on: boolean): void {
    this.#memory.setWriteProtected(on);
  }

  get mam(): MediumAuxiliaryMemory {
    return this.#memory.mam;
  }

  get partitionCount(): number {
    return this.#partitions.length;
  }

  #objects(partition: number): StoredObject[] {
    const objects = this.#partitions[partition];
    if (!objects) throw new RangeError(`there is no partition ${partition}`);
    return objects;
  }

  endOfData(partition: number): number {
    return this.#objects(partition).length;
  }

  capacity(partition: number): number {
    return this.#memory.capacity(partition, this.#partitions.length);
  }

  used(partition: number, position: number): number {
    const before = this.#objects(partition).slice(0, position);
    return before.reduce(
      (sum, object) => sum + (object === FILEMARK ? 0 : object.payload.length),
      0,
    );
  }

  settle(): void {}

  takeDeferredError(): undefined {}

  kindAt(partition: number, position: number): ObjectKind {
    const object = this.#objects(partition)[position];
    if (object === undefined) return 'end of data';
    return object === FILEMARK ? FILEMARK : 'block';
  }

  read(
    partition: number,
    position: number,
    into: Uint8Array,
    { unseal }: ReadOptions = {},
  ): ReadOutcome {
    const object = this.#objects(partition)[position];
    if (object === undefined) return { kind: 'end of data' };
    if (object === FILEMARK) return { kind: FILEMARK };
    if (object.seal && !unseal)
      throw new MediumError('sealed', `object ${position} is encrypted, and there is no key`);
    const block =
      object.seal && unseal ? unseal.unseal(object.payload, describe(object)) : object.payload;
    into.set(block.subarray(0, into.length));
    return { kind: 'block', length: object.size };
  }

  encryptionAt(partition: number, position: number): BlockInfo['encryption'] {
    return this.kindAt(partition, position) === 'block'
      ? this.blockInfo(partition, position).encryption
      : 'none';
  }

  firstEncrypted(partition: number): FirstEncrypted {
    return new FirstEncryptedBlock((number) => {
      if (this.kindAt(partition, number) !== 'block') return 'no block';
      return this.encryptionAt(partition, number) === 'none' ? 'clear' : 'encrypted';
    }).find(this.endOfData(partition));
  }

  blockInfo(partition: number, position: number): BlockInfo {
    const object = this.#objects(partition)[position];
    if (object === undefined || object === FILEMARK)
      throw new RangeError(`object ${position} is no block`);
    return describe(object);
  }

  write(partition: number, position: number, block: Uint8Array, { seal }: WriteOptions = {}): void {
    this.truncate(partition, position);
    const payload = seal ? seal.seal(block) : block.slice();
    this.#objects(partition).push({ size: block.length, payload, seal });
  }

  writeFilemarks(partition: number, position: number, count: number): void {
    if (count === 0) return;
    this.truncate(partition, position);
    for (let i = 0; i < count; i++) this.#objects(partition).push(FILEMARK);
  }

  truncate(partition: number, position: number): void {
    const objects = this.#objects(partition);
    if (position > objects.length)
      throw new RangeError(`position ${position} is past object ${objects.length}`);
    objects.length = position;
  }

  format(sizes: readonly number[]): void {
    this.#memory.format(sizes);
    this.#partitions = sizes.map(() => []);
  }

  flush(): void {
    this.#memory.mam.changed = false;
  }

  filemarksForward(partition: number, position: number, count: number): FilemarkSearch {
    const following = this.#filemarks(partition).filter((number) => number >= position);
    const found = following.slice(0, count);
    return { found: found.length, at: found.at(-1) };
  }

  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch {
    const before = this.#filemarks(partition).filter((number) => number < position);
    const found = before.reverse().slice(0, count);
    return { found: found.length, at: found.at(-1) };
  }

  #filemarks(partition: number): number[] {
    return this.#objects(partition).flatMap((object, number) =>
      object === FILEMARK ? [number] : [],
    );
  }

  mount(drive: MountingDrive): { readonly dirty: boolean } {
    return this.#memory.mount(drive, this.#partitions.length);
  }

  noteModification(): void {
    if (!this.#modified) this.#memory.noteModification();
    this.#modified = true;
  }

  dismount(totals: { readonly bytesWritten: number; readonly bytesRead: number }): void {
    this.#memory.noteUse(this.used(0, this.endOfData(0)), this.#partitions.length);
    this.#memory.dismount(totals, []);
    this.close();
  }

  /** A mount after this counts its modifications anew; the objects stay. */
  close(): void {
    this.#modified = false;
  }
}
