// SPDX-License-Identifier: GPL-2.0-or-later
// Reads an index file and decides how far it can be believed.
import { indexRecord, LONGEST_BLOCK, LONGEST_PAYLOAD, OBJECT_TYPES } from './index-record.js';
import { ObjectIndex } from './object-index.js';
import type { StoreFile } from './store-file.js';

/** What an index file holds. */
export interface LoadedIndex {
  /** The objects of the longest run of records, from the first, that agree with each other and with the data. */
  readonly index: ObjectIndex;
  /** Why the records after that run are not believed; undefined when there are none. */
  readonly damage: string | undefined;
}

/** Records read in one go: 4 MiB. */
const CHUNK = 8192;
/** Objects to make room for before they are seen: a file may be long and have nothing in it. */
const MOST_EXPECTED = 1 << 20;
const { fields, size: RECORD } = indexRecord;

/** The fields a reader of a million records looks at, straight from the bytes. */
class RecordView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(records: number) {
    this.bytes = new Uint8Array(records * RECORD);
    this.#view = new DataView(this.bytes.buffer);
  }

  number(at: number, field: keyof typeof fields): number {
    return this.#view.getUint32(at + fields[field].at, true);
  }

  offset(at: number): number {
    return Number(this.#view.getBigInt64(at + fields.dataOffset.at, true));
  }
}

/**
 * What is wrong with the record at `at`, which should be that of the next object; undefined when nothing is.
 * @param dataSize bytes there are in the data file
 */
function faultOf(
  record: RecordView,
  at: number,
  index: ObjectIndex,
  dataSize: number,
): string | undefined {
  const type = record.number(at, 'type');
  if (type !== OBJECT_TYPES.block && type !== OBJECT_TYPES.filemark) return `has the type ${type}`;
  const number = record.number(at, 'number');
  if (number !== index.length) return `is numbered ${number}`;
  const offset = record.offset(at);
  if (offset !== index.end) return `says its data is at byte ${offset}, not ${index.end}`;
  const size = record.number(at, 'size');
  const storedSize = record.number(at, 'storedSize');
  if (type === OBJECT_TYPES.block && (size > LONGEST_BLOCK || storedSize > LONGEST_PAYLOAD))
    return `tells of a block of ${size} bytes, stored in ${storedSize}: none is that long`;
  const end = offset + storedSize;
  if (end > dataSize) return `needs ${end} bytes of data, of which there are ${dataSize}`;
  return undefined;
}

function add(index: ObjectIndex, record: RecordView, at: number): void {
  if (record.number(at, 'type') === OBJECT_TYPES.filemark) index.addFilemark();
  else
    index.addBlock(
      record.number(at, 'size'),
      record.number(at, 'storedSize'),
      record.number(at, 'flags'),
      record.number(at, 'crc'),
    );
}

/**
 * Reads all whole records.
 * @param dataSize bytes there are in the data file; infinite when the medium keeps no data
 * @throws MediumError `'unreadable'`
 */
export function loadIndex(file: StoreFile, dataSize: number): LoadedIndex {
  const records = Math.floor(file.size / RECORD);
  const index = new ObjectIndex(Math.min(records, MOST_EXPECTED));
  const chunk = new RecordView(Math.min(CHUNK, records));
  for (let first = 0; first < records; first += CHUNK) {
    const bytes = chunk.bytes.subarray(0, Math.min(CHUNK, records - first) * RECORD);
    file.read(bytes, first * RECORD);
    for (let at = 0; at < bytes.length; at += RECORD) {
      const fault = faultOf(chunk, at, index, dataSize);
      if (fault)
        return { index, damage: `record ${index.length} of ${records} in ${file.path} ${fault}` };
      add(index, chunk, at);
    }
  }
  return { index, damage: undefined };
}
