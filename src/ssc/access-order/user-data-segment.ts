// SPDX-License-Identifier: GPL-2.0-or-later
// User data segments (SSC-5 4.2.29): what an initiator wants to read, and the order that needs the least way.
import { concat, layout, raw, u8, u16, u64 } from '../../bytes/layout.js';
import type { Volume } from '../../medium/volume.js';
import { invalidFieldInParameterList } from '../../sam/reply.js';
import type { DriveTiming } from '../drive-timing.js';
import { type Place, placeOf, travelTime } from '../wraps.js';

/** UDS descriptor without geometry, UDS TYPE 0 (SSC-5 7.6.3). */
export const descriptor = layout(32, {
  descriptorLength: u16(0),
  /** Any ten bytes by which the initiator knows it. */
  name: raw(5, 10),
  partition: u8(15),
  beginningLogicalObjectIdentifier: u64(16),
  endingLogicalObjectIdentifier: u64(24),
});
const { fields } = descriptor;

/** Most segments of one request. */
export const mostSegments = 2730;

export interface Segment {
  readonly name: Uint8Array;
  readonly partition: number;
  /** First and last object. */
  readonly first: number;
  readonly last: number;
}

/** What GENERATE RECOMMENDED ACCESS ORDER made. */
export interface AccessOrder {
  readonly process: number;
  readonly segments: readonly Segment[];
}

/** Reads the segment at an offset of the parameter list. Throws the refusal that points at what is wrong. */
function parseSegment(list: Uint8Array, at: number, volume: Volume): Segment {
  const values = descriptor.decode(list, at);
  const first = Number(values.beginningLogicalObjectIdentifier);
  const last = Number(values.endingLogicalObjectIdentifier);
  if (values.descriptorLength !== descriptor.size - fields.descriptorLength.mask.length)
    throw invalidFieldInParameterList(at + fields.descriptorLength.at);
  if (values.partition >= volume.partitionCount)
    throw invalidFieldInParameterList(at + fields.partition.at);
  if (first >= volume.endOfData(values.partition))
    throw invalidFieldInParameterList(at + fields.beginningLogicalObjectIdentifier.at);
  if (last < first || last >= volume.endOfData(values.partition))
    throw invalidFieldInParameterList(at + fields.endingLogicalObjectIdentifier.at);
  return { name: values.name, partition: values.partition, first, last };
}

/** The segments from `at` to the end of the list. */
export function parseSegments(list: Uint8Array, at: number, volume: Volume): Segment[] {
  const segments: Segment[] = [];
  for (let offset = at; offset < list.length; offset += descriptor.size)
    segments.push(parseSegment(list, offset, volume));
  return segments;
}

export const encodeSegments = (segments: readonly Segment[]): Uint8Array =>
  concat(
    ...segments.map(({ name, partition, first, last }) =>
      descriptor.encode({
        descriptorLength: descriptor.size - fields.descriptorLength.mask.length,
        name,
        partition,
        beginningLogicalObjectIdentifier: BigInt(first),
        endingLogicalObjectIdentifier: BigInt(last),
      }),
    ),
  );

/** From each place to the nearest segment that is left: not the shortest way, but near it, and soon found. */
export function nearestFirst(
  segments: readonly Segment[],
  volume: Volume,
  timing: DriveTiming,
  from: Place,
): Segment[] {
  const placed = segments.map((segment) => ({
    segment,
    begins: placeOf(volume, timing, segment.partition, segment.first),
    ends: placeOf(volume, timing, segment.partition, segment.last + 1),
  }));
  const order: Segment[] = [];
  let here = from;
  while (placed.length > 0) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    placed.forEach(({ begins }, i) => {
      const time = travelTime(timing, here, begins);
      if (time < least) [nearest, least] = [i, time];
    });
    const [next] = placed.splice(nearest, 1);
    order.push(next!.segment);
    here = next!.ends;
  }
  return order;
}
