// SPDX-License-Identifier: GPL-2.0-or-later
// Key-associated data: what goes with a key, in lists of descriptors (SSC-5 8.5.2.2).
import { bits, concat, layout, u8, u16 } from '../../bytes/layout.js';

/** KEY DESCRIPTOR TYPE field values (SSC-5 table 167). */
export const keyDescriptorTypes = { 'U-KAD': 0, 'A-KAD': 1, nonce: 2, 'M-KAD': 3 } as const;

const header = layout(4, { type: u8(0), AUTHENTICATED: bits(1, 2, 3), length: u16(2) });

export interface KeyDescriptor {
  readonly type: number;
  readonly value: Uint8Array;
  /** Where in the list its fields lie. */
  readonly typeAt: number;
  readonly lengthAt: number;
}

/** Reads the descriptors from `at` to the end; undefined when the last one is cut. */
export function parseKeyDescriptors(list: Uint8Array, at: number): KeyDescriptor[] | undefined {
  const descriptors: KeyDescriptor[] = [];
  let offset = at;
  while (offset < list.length) {
    if (offset + header.size > list.length) return undefined;
    const { type, length } = header.decode(list, offset);
    const end = offset + header.size + length;
    if (end > list.length) return undefined;
    const value = list.slice(offset + header.size, end);
    descriptors.push({ type, value, typeAt: offset, lengthAt: offset + 2 });
    offset = end;
  }
  return descriptors;
}

/** AUTHENTICATED: 1, authentication is not supported for it; 3, it was done (SSC-5 table 186). */
const authentication = { 'not asked': 0, none: 1, done: 3 } as const;

/** The descriptors of both kinds of data, as far as there are any. */
export function encodeKeyAssociatedData(
  data: { readonly unauthenticatedData: Uint8Array; readonly authenticatedData: Uint8Array },
  ofBlock: boolean,
): Uint8Array {
  const one = (type: keyof typeof keyDescriptorTypes, value: Uint8Array, AUTHENTICATED: number) =>
    value.length === 0
      ? new Uint8Array(0)
      : concat(
          header.encode({ type: keyDescriptorTypes[type], AUTHENTICATED, length: value.length }),
          value,
        );
  return concat(
    one('U-KAD', data.unauthenticatedData, authentication[ofBlock ? 'none' : 'not asked']),
    one('A-KAD', data.authenticatedData, authentication[ofBlock ? 'done' : 'not asked']),
  );
}
