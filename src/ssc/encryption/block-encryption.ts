// SPDX-License-Identifier: GPL-2.0-or-later
// What encryption does to a block that is written or read (SSC-5 4.2.26.3 to 4.2.26.6).
import type { Awaitable, BlockInfo, ReadOptions, Seal, Volume } from '../../medium/volume.js';
import { refuse } from '../../sam/reply.js';
import type { Nexus } from '../../sam/task.js';
import type { UnitAttentions } from '../../sam/unit-attention.js';
import type { EncryptionCapability } from '../encryption-capability.js';
import type { Cipher } from './cipher.js';
import {
  type DataEncryptionParameters,
  decryptionModes,
  EncryptionParameters,
  encryptionModes,
} from './parameters.js';
import { type Place, rawReading, sealing, unsealing, wasSealedWith } from './sealed-block.js';

/** ENCRYPTION STATUS field values of the Next Block Encryption Status page (SSC-5 table 183). */
export const blockStatus = {
  'not a block': 2,
  'not encrypted': 3,
  'encrypted, the key is set': 5,
  'encrypted, the key is not set': 6,
} as const;

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

export class BlockEncryption {
  readonly capability: EncryptionCapability;
  readonly parameters: EncryptionParameters;
  readonly cipher: Cipher;
  #demounting = false;
  /** Blocks whose key somebody holds who waits for the medium. */
  #sealing = 0;

  constructor(capability: EncryptionCapability, cipher: Cipher, attentions: UnitAttentions) {
    this.capability = capability;
    this.cipher = cipher;
    this.parameters = new EncryptionParameters(attentions);
  }

  /** Overwrites keys that were given up, unless blocks wait that were, or are to be, written under them. */
  wipeKeys(mounted: Volume | undefined): void {
    const needed = this.#demounting || this.#sealing > 0 || Boolean(mounted?.buffered.objects);
    if (!needed) this.parameters.wipe();
  }

  /** Runs `write`, which has a seal: a reset meanwhile must not overwrite its key. */
  async whileSealing(write: () => Promise<void>): Promise<void> {
    this.#sealing++;
    try {
      await write();
    } finally {
      this.#sealing--;
    }
  }

  /** The volume goes; what was written is encrypted and stored meanwhile. */
  async demount(dismount: () => Awaitable<void>): Promise<void> {
    this.parameters.demounted();
    this.#demounting = true;
    try {
      await dismount();
    } finally {
      this.#demounting = false;
      this.wipeKeys(undefined);
    }
  }

  /** Whether blocks of a volume can be encrypted (AVFMV). */
  isPossible({ type, use }: Volume): boolean {
    return (
      (use === 'data' || use === 'WORM') && this.capability.cartridges.includes(type.mktapeName)
    );
  }

  /** How a block that `nexus` writes is encrypted; undefined when it is not. Throws what forbids it. */
  sealFor(nexus: Nexus, volume: Volume, at: Place): Seal | undefined {
    this.wipeKeys(volume);
    this.parameters.assertUnbroken(nexus);
    const parameters = this.parameters.of(nexus);
    if (parameters.encryptionMode !== encryptionModes.encrypt) return undefined;
    if (!this.isPossible(volume)) throw refuse('DATA PROTECT', 'ENCRYPTION PARAMETERS NOT USEABLE');
    return sealing(this.cipher, parameters, at);
  }

  /** How `nexus` reads the object at a place. Throws what forbids it; the position stays before the block. */
  async readFor(nexus: Nexus, volume: Volume, at: Place): Promise<ReadOptions> {
    this.parameters.assertUnbroken(nexus);
    const parameters = this.parameters.of(nexus);
    switch (volume.encryptionAt(at.partition, at.position)) {
      case 'sealed':
        return { unseal: this.#unsealFor(parameters, at) };
      case 'marked':
        this.#assertMarkedWith(parameters, await volume.blockInfo(at.partition, at.position));
        return {};
      default:
        if (
          parameters.decryptionMode === decryptionModes.decrypt &&
          volume.kindAt(at.partition, at.position) === 'block'
        )
          throw refuse('DATA PROTECT', 'UNENCRYPTED DATA ENCOUNTERED WHILE DECRYPTING');
        return {};
    }
  }

  #unsealFor({ decryptionMode, key }: DataEncryptionParameters, at: Place) {
    if (decryptionMode === decryptionModes.disable)
      throw refuse('DATA PROTECT', 'UNABLE TO DECRYPT DATA');
    if (decryptionMode === decryptionModes.raw) return rawReading;
    return unsealing(this.cipher, key, at);
  }

  /** Blocks other programs marked as encrypted are in clear, with the key beside them: it must be the same. */
  #assertMarkedWith({ decryptionMode, key }: DataEncryptionParameters, info: BlockInfo): void {
    if (decryptionMode === decryptionModes.disable)
      throw refuse('DATA PROTECT', 'UNABLE TO DECRYPT DATA');
    if (decryptionMode === decryptionModes.raw)
      throw refuse('DATA PROTECT', 'ENCRYPTED BLOCK NOT RAW READ ENABLED');
    if (!isSame(info.key, key)) throw refuse('DATA PROTECT', 'INCORRECT DATA ENCRYPTION KEY');
  }

  /** What the Next Block Encryption Status page says of the object at a place. */
  async statusFor(nexus: Nexus, volume: Volume, { partition, position }: Place): Promise<number> {
    if (volume.kindAt(partition, position) !== 'block') return blockStatus['not a block'];
    const { decryptionMode, key } = this.parameters.of(nexus);
    const info = await volume.blockInfo(partition, position);
    if (info.encryption === 'none') return blockStatus['not encrypted'];
    const decrypts = decryptionMode >= decryptionModes.decrypt;
    const isOurs =
      decrypts &&
      (info.encryption === 'marked'
        ? isSame(info.key, key)
        : await wasSealedWith(this.cipher, key, (unseal) =>
            volume.read(partition, position, new Uint8Array(0), { unseal }),
          ));
    return blockStatus[isOurs ? 'encrypted, the key is set' : 'encrypted, the key is not set'];
  }
}
