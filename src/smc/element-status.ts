// SPDX-License-Identifier: GPL-2.0-or-later
// Element status data (SMC-3; SCSI-2 17.2.5.1): which elements are told, and their pages.
import { bit, bits, layout, u8, u16, u24 } from '../bytes/layout.js';
import type { MediaChanger } from './changer.js';
import { identifiersOf } from './device-identifiers.js';
import { allElementTypes, type Element, type ElementType, elementTypes } from './element.js';
import { descriptorSize } from './element-descriptor.js';

const reportHeader = layout(8, {
  firstElementAddressReported: u16(0),
  numberOfElementsAvailable: u16(2),
  /** Of REQUEST VOLUME ELEMENT ADDRESS; reserved in READ ELEMENT STATUS. */
  sendActionCode: bits(4, 4, 5),
  byteCountOfReportAvailable: u24(5),
});

const pageHeader = layout(8, {
  elementTypeCode: u8(0),
  PVOLTAG: bit(1, 7),
  AVOLTAG: bit(1, 6),
  elementDescriptorLength: u16(2),
  byteCountOfDescriptorDataAvailable: u24(5),
});

/** Neighbours of one type: positions `first` to `end` - 1 among the elements of their type. */
interface Run {
  readonly type: ElementType;
  readonly first: number;
  end: number;
}

/** What is to be told of which elements. */
export interface Selection {
  /** undefined: of every type */
  readonly type: ElementType | undefined;
  readonly startingElementAddress: number;
  readonly numberOfElements: number;
  /** Elements with a volume tag that matches; all when left out. */
  readonly matches?: (element: Element) => boolean;
}

export interface Telling {
  readonly VOLTAG: boolean;
  readonly DVCID: boolean;
  readonly allocationLength: number;
  readonly sendActionCode?: number;
}

/** The runs of elements that are selected, ascending by address. */
function selected({ elements }: MediaChanger, selection: Selection): Run[] {
  const runs: Run[] = [];
  const { startingElementAddress: start, matches } = selection;
  let left = selection.numberOfElements;
  const types = allElementTypes.filter((type) => !selection.type || type === selection.type);
  for (const type of types.sort((a, b) => elements.first[a] - elements.first[b])) {
    const all = elements.of(type);
    let run: Run | undefined;
    for (let i = all.findIndex(({ address }) => address >= start); i >= 0 && i < all.length; i++) {
      if (left === 0) return runs;
      if (matches && !matches(all[i]!)) continue;
      left--;
      if (run?.end === i) run.end++;
      else {
        run = { type, first: i, end: i + 1 };
        runs.push(run);
      }
    }
  }
  return runs;
}

/** Runs of one type share a page. */
function byType(runs: readonly Run[]): Map<ElementType, Run[]> {
  const pages = new Map<ElementType, Run[]>();
  for (const run of runs) pages.set(run.type, [...(pages.get(run.type) ?? []), run]);
  return pages;
}

interface Page {
  readonly header: Uint8Array;
  readonly descriptorLength: number;
  readonly runs: readonly Uint8Array[];
  /** Bytes, header included. */
  readonly size: number;
}

function pageOf(changer: MediaChanger, type: ElementType, runs: Run[], telling: Telling): Page {
  const { VOLTAG, DVCID } = telling;
  const identifiers = identifiersOf(changer, type, DVCID);
  const descriptorLength = descriptorSize(VOLTAG) + identifiers.identifierLength;
  const all = changer.images.of(
    changer.elements,
    type,
    descriptorLength,
    `${VOLTAG ? 'VOLTAG' : ''} ${DVCID ? 'DVCID' : ''}`,
    { VOLTAG, importExportOpen: changer.importExportOpen, ...identifiers },
  );
  const parts = runs.map(({ first, end }) =>
    all.subarray(first * descriptorLength, end * descriptorLength),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = pageHeader.encode({
    elementTypeCode: elementTypes[type],
    PVOLTAG: VOLTAG,
    elementDescriptorLength: descriptorLength,
    byteCountOfDescriptorDataAvailable: length,
  });
  return { header, descriptorLength, runs: parts, size: header.length + length };
}

/**
 * How much of the pages is sent in `room` bytes: descriptors that fit as a whole (SCSI-2 17.2.5, allocation
 * length), and headers as far as they go.
 */
function fitting(pages: readonly Page[], room: number): number {
  let at = 0;
  for (const { header, descriptorLength, size } of pages) {
    if (at + size > room) {
      const left = room - at - header.length;
      return left < 0 ? room : room - (left % descriptorLength);
    }
    at += size;
  }
  return at;
}

/** Element status data; cut so that no descriptor is sent in part. */
export function elementStatus(
  changer: MediaChanger,
  selection: Selection,
  telling: Telling,
): Uint8Array {
  const runs = selected(changer, selection);
  const pages = [...byType(runs)].map(([type, own]) => pageOf(changer, type, own, telling));
  const length = pages.reduce((sum, { size }) => sum + size, 0);
  const [first] = runs;
  const header = reportHeader.encode({
    firstElementAddressReported: first ? changer.elements.of(first.type)[first.first]!.address : 0,
    numberOfElementsAvailable: runs.reduce((sum, run) => sum + run.end - run.first, 0),
    sendActionCode: telling.sendActionCode ?? 0,
    byteCountOfReportAvailable: length,
  });
  const room = Math.max(0, telling.allocationLength - header.length);
  const data = new Uint8Array(header.length + length);
  data.set(header);
  let at = header.length;
  for (const page of pages)
    for (const part of [page.header, ...page.runs]) {
      data.set(part, at);
      at += part.length;
    }
  return data.subarray(0, header.length + fitting(pages, room));
}
