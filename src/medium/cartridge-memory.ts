// SPDX-License-Identifier: GPL-2.0-or-later
// What a cartridge remembers besides its data: both attribute lists, and how a mount changes them.
import { ascii, layout } from '../bytes/layout.js';
import { type CartridgeType, identifyType } from './cartridge-types.js';
import { MediumAuxiliaryMemory, parseMam } from './mam.js';
import {
  CAPACITY_ROWS,
  FLAGS,
  newPrivateData,
  type PrivateData,
  parsePrivateData,
} from './private-data.js';
import { countLoad, countTransfers, forgetPartitions, type Moved } from './usage-history.js';
import { MediumError, type MountingDrive, type Use } from './volume.js';

/** Most partitions a cartridge can have. */
export const MAX_PARTITIONS = CAPACITY_ROWS.length;

/** Uses of a cartridge and the number of each on disk. */
export const USES: Readonly<Record<Use, number>> = {
  data: 0,
  WORM: 1,
  NULL: 2,
  diagnostic: 3,
  firmware: 4,
  cleaning: 6,
};
/** SPC's number for WORM media; a host that writes it to attribute 0408h makes the cartridge one. */
const T10_WORM = 0x80;
/** How often a new cleaning cartridge can be used. */
const CLEANINGS = 20;

/** Attributes 020Ah to 020Dh (SPC-4, "DEVICE VENDOR/SERIAL NUMBER AT LAST LOAD"). */
const loadedBy = layout(40, { vendor: ascii(0, 8), serial: ascii(8, 32) });

/** What a new cartridge is to be. */
export interface CartridgeDescription {
  readonly barcode: string;
  readonly type: CartridgeType;
  readonly use: Use;
  /** Bytes; 0 means what the type holds. */
  readonly capacity: number;
  /** Seconds since 1970. */
  readonly createdAt: number;
}

export class CartridgeMemory {
  readonly mam: MediumAuxiliaryMemory;
  readonly privateData: PrivateData;
  #type: CartridgeType;

  private constructor(mam: MediumAuxiliaryMemory, privateData: PrivateData, type: CartridgeType) {
    this.mam = mam;
    this.privateData = privateData;
    this.#type = type;
  }

  /** The memory of a cartridge fresh from the factory. */
  static create(description: CartridgeDescription): CartridgeMemory {
    const privateData = newPrivateData();
    const mam = new MediumAuxiliaryMemory(privateData);
    const memory = new CartridgeMemory(mam, privateData, description.type);
    memory.setType(description.type);
    memory.setUse(description.use);
    memory.setCapacity(description.capacity, 1);
    privateData.set('partitions', Math.min(description.type.maxPartitions, 2));
    describeMedium(memory, description);
    return memory;
  }

  /**
   * @param mam the file `mam`, whose versions the caller has checked
   * @param privateData the file `mhvtl_data`
   * @param directory for messages
   * @throws MediumError `'damaged'` when a list is cut or the cartridge is of no known type
   */
  static parse(mam: Uint8Array, privateData: Uint8Array, directory: string): CartridgeMemory {
    const own = parsePrivateData(privateData, `${directory}/mhvtl_data`);
    return CartridgeMemory.of(parseMam(mam, `${directory}/mam`, own), own, directory);
  }

  /**
   * The memory with these attribute lists.
   * @throws MediumError `'damaged'` when the cartridge is of no known type
   */
  static of(
    mam: MediumAuxiliaryMemory,
    privateData: PrivateData,
    directory: string,
  ): CartridgeMemory {
    const mediaType = privateData.get('mediaType');
    const type = identifyType(mediaType, {
      densityName: privateData.get('densityName'),
      description: privateData.get('description'),
      densityCode: mam.get('mediumDensity'),
    });
    if (!type)
      throw new MediumError(
        'damaged',
        `${directory}: media type ${mediaType} is none this build knows, and neither density nor description name one: make a new cartridge, or restore the files from a copy`,
      );
    return new CartridgeMemory(mam, privateData, type);
  }

  /** Makes the number of the type that of this release; older ones had others. */
  renumberType(): void {
    const { privateData, type } = this;
    if (!type.mediaTypes.includes(privateData.get('mediaType')))
      privateData.set('mediaType', type.mediaTypes[0]!);
    privateData.set('maxPartitions', type.maxPartitions);
  }

  get type(): CartridgeType {
    return this.#type;
  }

  /** Makes it a cartridge of another type: what depends on the type, but not the capacity, follows. */
  setType(type: CartridgeType): void {
    const { mam, privateData } = this;
    this.#type = type;
    privateData.set('maxPartitions', type.maxPartitions);
    privateData.set('mediaType', type.mediaTypes[0]!);
    privateData.set('bitsPerMillimetre', type.bitsPerMillimetre);
    privateData.set('tracks', type.tracks);
    privateData.set('densityName', type.densityName);
    privateData.set('description', type.description);
    mam.set('densityOrganization', type.organization);
    mam.set('formattedDensity', type.densityCode);
    mam.set('mediumDensity', type.densityCode);
    mam.set('length', type.length);
    mam.set('width', type.width);
    mam.set('mamCapacity', BigInt(type.mamBytes));
    mam.set('mamSpaceRemaining', BigInt(type.mamBytes - mam.bytesInUse));
  }

  setUse(use: Use): void {
    this.mam.set('mediumType', USES[use]);
    this.mam.set('mediumTypeInformation', use === 'cleaning' ? CLEANINGS : 0);
  }

  /**
   * Changes what the medium holds; partitions of recorded sizes keep their shares of it.
   * @param bytes 0 for the native capacity
   * @param partitions how many there are
   */
  setCapacity(bytes: number, partitions: number): void {
    const before = Number(this.mam.get('maximumCapacity'));
    const capacity = bytes || this.#type.nativeBytes;
    for (const row of CAPACITY_ROWS.slice(0, partitions)) {
      const recorded = Number(this.privateData.get(row));
      if (recorded > 0)
        this.privateData.set(row, BigInt(Math.floor((recorded / before) * capacity)));
    }
    this.mam.set('remainingCapacity', BigInt(capacity));
    this.mam.set('maximumCapacity', BigInt(capacity));
  }

  setWriteProtected(on: boolean): void {
    const flags = this.privateData.get('flags') & ~FLAGS.writeProtected;
    this.privateData.set('flags', on ? flags | FLAGS.writeProtected : flags);
  }

  get use(): Use {
    const stored = this.mam.get('mediumType');
    if (stored === T10_WORM) return 'WORM';
    const use = (Object.keys(USES) as Use[]).find((name) => USES[name] === stored);
    if (use) return use;
    throw new MediumError(
      'damaged',
      `medium type ${stored} (MAM attribute 0408h) is none there is`,
    );
  }

  get writeProtected(): boolean {
    return (this.privateData.get('flags') & FLAGS.writeProtected) !== 0;
  }

  /** Bytes partition `partition` of `partitions` holds: its recorded size, else an equal share. */
  capacity(partition: number, partitions: number): number {
    const recorded = Number(this.privateData.get(CAPACITY_ROWS[partition]!));
    return recorded || Math.floor(Number(this.mam.get('maximumCapacity')) / partitions);
  }

  /** The partitions are these from now on, of so many bytes each. */
  format(sizes: readonly number[]): void {
    describePartitions(this.privateData, sizes);
    forgetPartitions(this.mam, sizes.length);
    const count = this.mam.get('initializationCount');
    this.mam.set('initializationCount', Math.min(count + 1, 0xffff));
  }

  /** What `mhvtl_data` holds once {@link format} has been done. */
  formatted(sizes: readonly number[]): Uint8Array {
    const copy = parsePrivateData(this.privateData.serialise(), 'mhvtl_data');
    describePartitions(copy, sizes);
    return copy.serialise();
  }

  /** A drive accepted the cartridge, which has so many partitions. Returns whether the last never gave it back. */
  mount(drive: MountingDrive, partitions: number): { readonly dirty: boolean } {
    const { mam, privateData } = this;
    const dirty = privateData.get('recordDirty') !== 0;
    privateData.set('partitions', partitions);
    privateData.set('recordDirty', 1);
    mam.set('loadCount', mam.get('loadCount') + 1n);
    mam.set('loadMinus3', mam.get('loadMinus2'));
    mam.set('loadMinus2', mam.get('loadMinus1'));
    mam.set('loadMinus1', mam.get('lastLoad'));
    mam.set('lastLoad', loadedBy.encode({ vendor: drive.vendor, serial: drive.serial }));
    countLoad(mam, partitions);
    mam.set('mamSpaceRemaining', mam.get('mamCapacity') - BigInt(mam.bytesInUse));
    return { dirty };
  }

  /** The medium is about to be changed. 0 means "never changed", so the count goes from its end to 1. */
  noteModification(): void {
    const changes = this.mam.get('volumeChangeReference');
    this.mam.set('volumeChangeReference', changes === 0xffffffff ? 1 : changes + 1);
  }

  /** Records how much partition 0 has left; what READ ATTRIBUTE reports is computed from the volume. */
  noteUse(used: number, partitions: number): void {
    const remaining = BigInt(Math.max(0, this.capacity(0, partitions) - used));
    if (this.mam.get('remainingCapacity') !== remaining)
      this.mam.set('remainingCapacity', remaining);
  }

  /**
   * The drive gives the cartridge back.
   * @param moved of each partition; `totals` are those of the drive
   * @param whole false keeps the mark of a crash: who forgets that objects are missing would take the rest for all
   */
  dismount(
    totals: { readonly bytesWritten: number; readonly bytesRead: number },
    moved: readonly Moved[],
    whole = true,
  ): void {
    const { mam, privateData } = this;
    const written = BigInt(totals.bytesWritten);
    const read = BigInt(totals.bytesRead);
    mam.set('writtenInLife', mam.get('writtenInLife') + written);
    mam.set('readInLife', mam.get('readInLife') + read);
    mam.set('writtenLastLoad', written);
    mam.set('readLastLoad', read);
    countTransfers(mam, moved);
    if (whole) privateData.set('recordDirty', 0);
  }
}

function describePartitions(privateData: PrivateData, sizes: readonly number[]): void {
  CAPACITY_ROWS.forEach((row, partition) => {
    privateData.set(row, BigInt(sizes[partition] ?? 0));
  });
  privateData.set('partitions', sizes.length);
}

/** Fills in the rest of a new medium. Vendor and format version are those of the reference's `mktape`. */
function describeMedium({ mam }: CartridgeMemory, description: CartridgeDescription): void {
  const { barcode, createdAt } = description;
  mam.set('manufacturer', 'linuxVTL');
  mam.set('serialNumber', `${barcode}_${createdAt}`);
  mam.set('manufactureDate', String(createdAt));
  mam.set('applicationVendor', 'vtl-1.8 ');
  mam.set('applicationVersion', '6');
  mam.set('barcode', barcode.padEnd(31));
}
