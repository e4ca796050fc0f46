// SPDX-License-Identifier: GPL-2.0-or-later
// SECURITY PROTOCOL OUT (SPC-5 6.51) with the Set Data Encryption page (SSC-5 8.5.3.2).
import { bit, bits, layout, u8, u16, u32 } from '../../bytes/layout.js';
import { command } from '../../sam/command.js';
import { good, invalidFieldInCdb, invalidFieldInParameterList, refuse } from '../../sam/reply.js';
import type { Nexus } from '../../sam/task.js';
import { type EncryptionCapability, rawDecryption } from '../encryption-capability.js';
import type { TapeDrive } from '../tape-drive.js';
import type { BlockEncryption } from './block-encryption.js';
import { keyDescriptorTypes, parseKeyDescriptors } from './key-associated-data.js';
import {
  algorithmIndex as onlyAlgorithm,
  keyLength as onlyKeyLength,
  setDataEncryption,
} from './pages.js';
import { decryptionModes, encryptionModes, scopes } from './parameters.js';
import { securityProtocols } from './security-protocol-in.js';

const page = layout(20, {
  pageCode: u16(0),
  pageLength: u16(2),
  SCOPE: bits(4, 7, 3),
  LOCK: bit(4, 0),
  CEEM: bits(5, 7, 2),
  RDMC: bits(5, 5, 2),
  SDK: bit(5, 3),
  CKOD: bit(5, 2),
  CKORP: bit(5, 1),
  CKORL: bit(5, 0),
  encryptionMode: u8(6),
  decryptionMode: u8(7),
  algorithmIndex: u8(8),
  keyFormat: u8(9),
  KADFormat: u8(10),
  keyLength: u16(18),
});
const { fields } = page;

/** CEEM: 0 as the drive does by itself, 1 without a check; the others need external encryption. */
const uncheckedCEEM = 1;
/** RDMC field values (SSC-5 table 189); 1 is reserved. */
const RDMCs = { 'as the algorithm has it': 0, reserved: 1, allowed: 2, forbidden: 3 } as const;
const keyInClear = 0;

type Values = ReturnType<typeof page.decode>;

const truncated = () => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

/** Whether blocks that are written may not be read raw; throws the refusal for what the algorithm does not let choose. */
function forbidsRawReads(
  { RDMC_C }: EncryptionCapability,
  { RDMC, decryptionMode }: Values,
): boolean {
  const choosable: readonly number[] = [
    rawDecryption['disabled by default'],
    rawDecryption['enabled by default'],
  ];
  if (RDMC !== RDMCs['as the algorithm has it'] && !choosable.includes(RDMC_C))
    throw invalidFieldInParameterList(fields.RDMC.at, 5);
  if (decryptionMode === decryptionModes.raw && RDMC_C === rawDecryption['not supported'])
    throw invalidFieldInParameterList(fields.decryptionMode.at);
  switch (RDMC_C) {
    case rawDecryption['disabled by default']:
      return RDMC !== RDMCs.allowed;
    case rawDecryption['enabled by default']:
      return RDMC === RDMCs.forbidden;
    default:
      return RDMC_C !== rawDecryption.enabled;
  }
}

/** Everything before the key: throws the refusal that points at the first field that is wrong. */
function assertSensible(values: Values, length: number): void {
  const { pageCode, pageLength, SCOPE, CEEM, RDMC, SDK, encryptionMode, decryptionMode } = values;
  if (pageCode !== setDataEncryption) throw invalidFieldInParameterList(fields.pageCode.at);
  if (pageLength !== length - 4) throw invalidFieldInParameterList(fields.pageLength.at);
  if (SCOPE > scopes['all I_T nexus']) throw invalidFieldInParameterList(fields.SCOPE.at, 7);
  if (CEEM > uncheckedCEEM) throw invalidFieldInParameterList(fields.CEEM.at, 7);
  if (RDMC === RDMCs.reserved) throw invalidFieldInParameterList(fields.RDMC.at, 5);
  if (SDK) throw invalidFieldInParameterList(fields.SDK.at, 3);
  if (encryptionMode !== encryptionModes.disable && encryptionMode !== encryptionModes.encrypt)
    throw invalidFieldInParameterList(fields.encryptionMode.at);
  if (decryptionMode > decryptionModes.mixed)
    throw invalidFieldInParameterList(fields.decryptionMode.at);
}

const needsKey = ({ encryptionMode, decryptionMode }: Values): boolean =>
  encryptionMode === encryptionModes.encrypt || decryptionMode >= decryptionModes.decrypt;

function assertKey(values: Values, length: number): void {
  const { algorithmIndex, keyFormat, keyLength } = values;
  if (algorithmIndex !== onlyAlgorithm) throw invalidFieldInParameterList(fields.algorithmIndex.at);
  if (keyFormat !== keyInClear) throw invalidFieldInParameterList(fields.keyFormat.at);
  if (keyLength !== onlyKeyLength) throw invalidFieldInParameterList(fields.keyLength.at);
  if (page.size + keyLength > length) throw truncated();
}

/** The key-associated data behind the key, in ascending order of type and each once (SSC-5 8.5.3.2). */
function keyAssociatedData({ capability }: BlockEncryption, list: Uint8Array, values: Values) {
  const descriptors = parseKeyDescriptors(list, page.size + values.keyLength);
  if (!descriptors) throw truncated();
  const found = new Map<number, Uint8Array>();
  const longest: Readonly<Record<number, number>> = {
    [keyDescriptorTypes['U-KAD']]: capability.maximumUKADLength,
    [keyDescriptorTypes['A-KAD']]: capability.maximumAKADLength,
  };
  let last = -1;
  for (const { type, value, typeAt, lengthAt } of descriptors) {
    const most = longest[type];
    if (most === undefined || type <= last) throw invalidFieldInParameterList(typeAt);
    /* Without encryption there is nothing the data could go with. */
    if (values.encryptionMode !== encryptionModes.encrypt)
      throw invalidFieldInParameterList(typeAt);
    if (value.length > most) throw invalidFieldInParameterList(lengthAt);
    found.set(type, value);
    last = type;
  }
  const nothing = new Uint8Array(0);
  return {
    unauthenticatedData: found.get(keyDescriptorTypes['U-KAD']) ?? nothing,
    authenticatedData: found.get(keyDescriptorTypes['A-KAD']) ?? nothing,
  };
}

function set(encryption: BlockEncryption, nexus: Nexus, list: Uint8Array): void {
  if (list.length < page.size) throw truncated();
  const values = page.decode(list);
  assertSensible(values, list.length);
  if (needsKey(values)) assertKey(values, list.length);
  const RDMD = forbidsRawReads(encryption.capability, values);
  const key = list.slice(page.size, page.size + values.keyLength);
  const { encryptionMode, decryptionMode, algorithmIndex, CKOD, CKORP, CKORL } = values;
  encryption.parameters.set(nexus, values.SCOPE, values.LOCK, {
    ...keyAssociatedData(encryption, list, values),
    encryptionMode,
    decryptionMode,
    algorithmIndex,
    key,
    CKOD,
    CKORP,
    CKORL,
    RDMD,
  });
}

export const securityProtocolOut = command<TapeDrive>()({
  name: 'SECURITY PROTOCOL OUT',
  ref: 'SPC-5 6.51',
  opcode: 0xb5,
  dataOutIsSecret: true,
  cdb: {
    securityProtocol: u8(1),
    securityProtocolSpecific: u16(2),
    INC_512: bit(4, 7),
    transferLength: u32(6),
  },
  execute(drive, { securityProtocol, securityProtocolSpecific, INC_512, transferLength }, task) {
    if (securityProtocol !== securityProtocols['tape data encryption']) throw invalidFieldInCdb(1);
    if (securityProtocolSpecific !== setDataEncryption) throw invalidFieldInCdb(2);
    if (INC_512) throw invalidFieldInCdb(4, 7);
    if (task.dataOut.length < transferLength) throw truncated();
    if (transferLength === 0) return good();
    try {
      set(drive.encryption!, task.nexus, task.dataOut.subarray(0, transferLength));
    } finally {
      drive.encryption!.wipeKeys(drive.mounted?.volume);
    }
    return good();
  },
});
