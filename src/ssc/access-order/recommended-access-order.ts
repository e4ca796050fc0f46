// SPDX-License-Identifier: GPL-2.0-or-later
// GENERATE and RECEIVE RECOMMENDED ACCESS ORDER (SSC-5 7.6, 7.18).
import { bit, bits, concat, layout, u16, u32 } from '../../bytes/layout.js';
import { command } from '../../sam/command.js';
import { good, invalidFieldInCdb, invalidFieldInParameterList, refuse } from '../../sam/reply.js';
import type { TapeDrive } from '../tape-drive.js';
import { placeOf } from '../wraps.js';
import {
  descriptor,
  encodeSegments,
  mostSegments,
  nearestFirst,
  parseSegments,
} from './user-data-segment.js';

/** RAO PROCESS field values: the segments are only looked at, or put in order. */
const processes = { 'keep the order': 1, 'recommend an order': 2 } as const;
/** UDS TYPE: descriptors without geometry are the only ones. */
const withoutGeometry = 0;
/** STATUS of the RAO list (SSC-5 table 66). */
const statuses = { 'there is none': 0, 'it is complete': 2 } as const;

const parameterHeader = layout(8, { segmentListLength: u32(4) });
const limits = layout(4, { maximumSegments: u16(0), maximumDescriptorSize: u16(2) });
const listHeader = layout(8, {
  process: bits(0, 2, 3),
  status: bits(1, 2, 3),
  descriptorListLength: u32(4),
});

const truncated = () => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

export const generateRecommendedAccessOrder = command<TapeDrive>()({
  name: 'GENERATE RECOMMENDED ACCESS ORDER',
  ref: 'SSC-5 7.6',
  opcode: 0xa4,
  serviceAction: 0x1d,
  allowedUnder: 'write exclusive',
  cdb: { RAO_PROCESS: bits(2, 2, 3), UDS_TYPE: bits(3, 2, 3), parameterListLength: u32(6) },
  execute(drive, { RAO_PROCESS, UDS_TYPE, parameterListLength }, { dataOut, nexus }) {
    if (!Object.values<number>(processes).includes(RAO_PROCESS)) throw invalidFieldInCdb(2, 2);
    if (UDS_TYPE !== withoutGeometry) throw invalidFieldInCdb(3, 2);
    const { volume, partition, position } = drive.assertMounted();
    if (parameterListLength === 0) return good();
    if (parameterListLength < parameterHeader.size) throw truncated();
    const list = dataOut.subarray(0, parameterListLength);
    const { segmentListLength } = parameterHeader.decode(list);
    const { size } = descriptor;
    if (segmentListLength % size !== 0 || segmentListLength > mostSegments * size)
      throw invalidFieldInParameterList(parameterHeader.fields.segmentListLength.at);
    if (list.length !== parameterHeader.size + segmentListLength) throw truncated();
    const segments = parseSegments(list, parameterHeader.size, volume);
    const { timing } = drive.mechanics;
    const from = placeOf(volume, timing, partition, position);
    drive.accessOrders.set(nexus, {
      process: RAO_PROCESS,
      segments:
        RAO_PROCESS === processes['keep the order']
          ? segments
          : nearestFirst(segments, volume, timing, from),
    });
    return good();
  },
});

export const receiveRecommendedAccessOrder = command<TapeDrive>()({
  name: 'RECEIVE RECOMMENDED ACCESS ORDER',
  ref: 'SSC-5 7.18',
  opcode: 0xa3,
  serviceAction: 0x1d,
  allowedUnder: 'write exclusive',
  cdb: {
    UDS_LIMITS: bit(1, 7),
    listOffset: u32(2),
    allocationLength: u32(6),
    UDS_TYPE: bits(10, 2, 3),
  },
  execute(drive, { UDS_LIMITS, listOffset, UDS_TYPE }, { nexus }) {
    if (UDS_TYPE !== withoutGeometry) throw invalidFieldInCdb(10, 2);
    if (UDS_LIMITS)
      return good(
        limits.encode({ maximumSegments: mostSegments, maximumDescriptorSize: descriptor.size }),
      );
    drive.assertMounted();
    const order = drive.accessOrders.get(nexus);
    const descriptors = encodeSegments(order?.segments ?? []);
    const head = listHeader.encode({
      process: order?.process ?? 0,
      status: statuses[order ? 'it is complete' : 'there is none'],
      descriptorListLength: descriptors.length,
    });
    const list = concat(head, descriptors);
    if (listOffset > list.length) throw invalidFieldInCdb(2);
    return good(list.subarray(listOffset));
  },
});
