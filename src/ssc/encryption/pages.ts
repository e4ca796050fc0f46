// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of the Tape Data Encryption protocol that SECURITY PROTOCOL IN returns (SSC-5 8.5.2).
import { bit, bits, concat, layout, u8, u16, u32, u64, writeUint } from '../../bytes/layout.js';
import type { Nexus } from '../../sam/task.js';
import type { TapeDrive } from '../tape-drive.js';
import type { BlockEncryption } from './block-encryption.js';
import { encodeKeyAssociatedData } from './key-associated-data.js';

/** Page codes (SSC-5 tables 171 and 187). */
export const setDataEncryption = 0x0010;
const codes = {
  'in support': 0x0000,
  'out support': 0x0001,
  capabilities: 0x0010,
  'key formats': 0x0011,
  'management capabilities': 0x0012,
  status: 0x0020,
  'next block status': 0x0021,
  'random number': 0x0030,
  'key wrapping public key': 0x0031,
} as const;

/** The only algorithm's index. */
export const algorithmIndex = 1;
export const keyLength = 32;

/** Page code and length in front of a page's body. */
function framed(code: number, ...body: Uint8Array[]): Uint8Array {
  const page = concat(new Uint8Array(4), ...body);
  writeUint(page, 0, 2, code);
  writeUint(page, 2, 2, page.length - 4);
  return page;
}

const listOf = (values: readonly number[]): Uint8Array => {
  const list = new Uint8Array(2 * values.length);
  values.forEach((value, i) => {
    writeUint(list, 2 * i, 2, value);
  });
  return list;
};

const capabilities = layout(16, { CFG_P: bits(0, 1, 2) });
const algorithm = layout(24, {
  algorithmIndex: u8(0),
  descriptorLength: u16(2),
  AVFMV: bit(4, 7),
  SDK_C: bit(4, 6),
  MAC_C: bit(4, 5),
  DED_C: bit(4, 4),
  DECRYPT_C: bits(4, 3, 2),
  ENCRYPT_C: bits(4, 1, 2),
  AVFCLP: bits(5, 7, 2),
  NONCE_C: bits(5, 5, 2),
  KADF_C: bit(5, 3),
  VCELB_C: bit(5, 2),
  UKADF: bit(5, 1),
  AKADF: bit(5, 0),
  maximumUKADLength: u16(6),
  maximumAKADLength: u16(8),
  keyLength: u16(10),
  DKAD_C: bits(12, 7, 2),
  EEMC_C: bits(12, 5, 2),
  RDMC_C: bits(12, 3, 3),
  EAREM: bit(12, 0),
  securityAlgorithm: u32(20),
});
/** DECRYPT_C and ENCRYPT_C: done by the drive itself. */
const inHardware = 2;

function describeCapabilities(drive: TapeDrive, encryption: BlockEncryption): Uint8Array {
  const volume = drive.mounted?.volume;
  const { CFG_P, ...claims } = encryption.capability;
  return concat(
    capabilities.encode({ CFG_P }),
    algorithm.encode({
      ...claims,
      algorithmIndex,
      descriptorLength: algorithm.size - 4,
      AVFMV: volume !== undefined && encryption.isPossible(volume),
      DECRYPT_C: inHardware,
      ENCRYPT_C: inHardware,
      keyLength,
    }),
  );
}

const management = layout(12, {
  LOCK_C: bit(0, 0),
  CKOD_C: bit(1, 2),
  CKORP_C: bit(1, 1),
  CKORL_C: bit(1, 0),
  AITN_C: bit(3, 2),
  LOCAL_C: bit(3, 1),
  PUBLIC_C: bit(3, 0),
});
const everything = management.encode({
  LOCK_C: true,
  CKOD_C: true,
  CKORP_C: true,
  CKORL_C: true,
  AITN_C: true,
  LOCAL_C: true,
  PUBLIC_C: true,
});

const status = layout(20, {
  nexusScope: bits(0, 7, 3),
  keyScope: bits(0, 2, 3),
  encryptionMode: u8(1),
  decryptionMode: u8(2),
  algorithmIndex: u8(3),
  keyInstanceCounter: u32(4),
  RDMD: bit(8, 0),
});

function describeStatus({ parameters }: BlockEncryption, nexus: Nexus): Uint8Array {
  const used = parameters.of(nexus);
  const { nexus: nexusScope, key: keyScope } = parameters.scopesOf(nexus);
  const head = status.encode({
    ...used,
    nexusScope,
    keyScope,
    keyInstanceCounter: parameters.keyInstance,
  });
  return concat(head, encodeKeyAssociatedData(used, false));
}

const nextBlock = layout(12, {
  logicalObjectNumber: u64(0),
  compressionStatus: bits(8, 7, 4),
  encryptionStatus: bits(8, 3, 4),
  algorithmIndex: u8(9),
});

async function describeNextBlock(
  drive: TapeDrive,
  encryption: BlockEncryption,
  nexus: Nexus,
): Promise<Uint8Array> {
  const { volume, partition, position } = drive.assertMounted();
  const encryptionStatus = await encryption.statusFor(nexus, volume, { partition, position });
  const isEncrypted = volume.encryptionAt(partition, position) !== 'none';
  const head = nextBlock.encode({
    logicalObjectNumber: BigInt(position),
    encryptionStatus,
    algorithmIndex: isEncrypted ? algorithmIndex : 0,
  });
  if (!isEncrypted) return head;
  return concat(head, encodeKeyAssociatedData(await volume.blockInfo(partition, position), true));
}

const randomLength = 32;

/** PUBLIC KEY TYPE and FORMAT: RSA 2048, modulus and exponent of the same length (SSC-5 8.5.2.12). */
const publicKeyHeader = layout(10, {
  publicKeyType: u32(0),
  publicKeyFormat: u32(4),
  publicKeyLength: u16(8),
});
const numberLength = 256;

async function describePublicKey({ cipher }: BlockEncryption): Promise<Uint8Array> {
  const { modulus, exponent } = await cipher.publicKey();
  const key = new Uint8Array(2 * numberLength);
  key.set(modulus, numberLength - modulus.length);
  key.set(exponent, 2 * numberLength - exponent.length);
  return concat(publicKeyHeader.encode({ publicKeyLength: key.length }), key);
}

/** Pages that not every product has. */
const hasPage = (name: keyof typeof codes, { capability }: BlockEncryption): boolean =>
  name !== 'key wrapping public key' || capability.tellsPublicKey === true;

const names = Object.keys(codes) as (keyof typeof codes)[];

const bodies: Readonly<
  Record<
    keyof typeof codes,
    (
      drive: TapeDrive,
      encryption: BlockEncryption,
      nexus: Nexus,
    ) => Uint8Array | Promise<Uint8Array>
  >
> = {
  'in support': (_, encryption) =>
    listOf(names.filter((name) => hasPage(name, encryption)).map((name) => codes[name])),
  'out support': () => listOf([setDataEncryption]),
  capabilities: describeCapabilities,
  /* Format 00h: the key in clear. */
  'key formats': () => Uint8Array.of(0),
  'management capabilities': () => everything,
  status: (_, encryption, nexus) => describeStatus(encryption, nexus),
  'next block status': describeNextBlock,
  'random number': (_, { cipher }) => cipher.random(randomLength),
  'key wrapping public key': (_, encryption) => describePublicKey(encryption),
};

/**
 * The page of a SECURITY PROTOCOL SPECIFIC.
 * @returns undefined when the drive has none
 */
export async function tapeDataEncryptionPage(
  drive: TapeDrive,
  encryption: BlockEncryption,
  nexus: Nexus,
  specific: number,
): Promise<Uint8Array | undefined> {
  const name = names.find((each) => codes[each] === specific);
  if (!name || !hasPage(name, encryption)) return undefined;
  return framed(specific, await bodies[name](drive, encryption, nexus));
}
