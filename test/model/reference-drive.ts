// SPDX-License-Identifier: GPL-2.0-or-later
// A drive as the standard explains it, one object at a time. Too simple to be wrong.
import { ReferenceTape } from './reference-tape.js';

/** What a command ends with: `key/asc/ascq` ('none' for GOOD), INFORMATION, and data. */
export interface Outcome {
  readonly sense: string;
  readonly information?: number | undefined;
  readonly data?: Uint8Array;
}

const good: Outcome = { sense: 'none' };
const filemark = (information: number): Outcome => ({ sense: '0/00/01', information });
const endOfData = (information?: number): Outcome => ({ sense: '8/00/05', information });
const beginning = (information: number): Outcome => ({ sense: '0/00/04', information });

export class ReferenceDrive {
  readonly tape = new ReferenceTape();
  position = 0;

  write(block: Uint8Array): Outcome {
    if (block.length === 0) return good;
    this.tape.write(this.position, block);
    this.position++;
    return good;
  }

  writeFilemarks(count: number): Outcome {
    this.tape.writeFilemarks(this.position, count);
    this.position += count;
    return good;
  }

  erase(): Outcome {
    this.tape.truncate(this.position);
    return good;
  }

  /** READ of one variable block. */
  read(length: number, SILI: boolean): Outcome {
    if (length === 0) return good;
    const object = this.tape.objects[this.position];
    if (object === undefined) return endOfData(length);
    this.position++;
    if (object === 'mark') return filemark(length);
    const data = object.slice(0, length);
    return object.length === length || SILI
      ? { sense: 'none', data }
      : { sense: '0/00/00', information: length - object.length, data };
  }

  /** SPACE over blocks, one step at a time. */
  spaceBlocks(count: number): Outcome {
    for (let left = Math.abs(count); left > 0; left--) {
      if (count < 0 && this.position === 0) return beginning(left);
      const object = this.tape.objects[count > 0 ? this.position : this.position - 1];
      if (object === undefined) return endOfData(left);
      this.position += Math.sign(count);
      if (object === 'mark') return filemark(left);
    }
    return good;
  }

  /** SPACE over filemarks: past blocks, and over so many marks. */
  spaceFilemarks(count: number): Outcome {
    for (let left = Math.abs(count); left > 0; ) {
      if (count < 0 && this.position === 0) return beginning(left);
      const object = this.tape.objects[count > 0 ? this.position : this.position - 1];
      if (object === undefined) return endOfData(left);
      this.position += Math.sign(count);
      if (object === 'mark') left--;
    }
    return good;
  }

  spaceToEndOfData(): Outcome {
    this.position = this.tape.objects.length;
    return good;
  }

  locate(position: number): Outcome {
    const end = this.tape.objects.length;
    this.position = Math.min(position, end);
    return position > end ? endOfData() : good;
  }

  /** LOCATE of a logical file: file n begins behind the n-th filemark. */
  locateFile(file: number): Outcome {
    this.position = 0;
    return this.spaceFilemarks(file).sense === 'none' ? good : endOfData();
  }

  rewind(): Outcome {
    this.position = 0;
    return good;
  }

  filemarksBefore(): number {
    return this.tape.objects.slice(0, this.position).filter((object) => object === 'mark').length;
  }
}
