// SPDX-License-Identifier: GPL-2.0-or-later
// A tape as anybody would explain it: a list of blocks and marks. Too simple to be wrong.

export class ReferenceTape {
  objects: (Uint8Array | 'mark')[] = [];

  write(position: number, block: Uint8Array): void {
    this.objects = [...this.objects.slice(0, position), block];
  }

  writeFilemarks(position: number, count: number): void {
    if (count === 0) return;
    this.objects = [...this.objects.slice(0, position), ...new Array(count).fill('mark')];
  }

  truncate(position: number): void {
    this.objects = this.objects.slice(0, position);
  }

  kindAt(position: number): 'block' | 'filemark' | 'end of data' {
    const object = this.objects[position];
    if (object === undefined) return 'end of data';
    return object === 'mark' ? 'filemark' : 'block';
  }

  read(position: number, into: Uint8Array): object {
    const object = this.objects[position];
    if (!(object instanceof Uint8Array)) return { kind: this.kindAt(position) };
    for (let i = 0; i < Math.min(into.length, object.length); i++) into[i] = object[i]!;
    return { kind: 'block', length: object.length };
  }

  used(position: number): number {
    let bytes = 0;
    for (const object of this.objects.slice(0, position))
      if (object instanceof Uint8Array) bytes += object.length;
    return bytes;
  }

  filemarks(position: number, count: number, step: 1 | -1): object {
    let found = 0;
    let at: number | undefined;
    for (
      let i = step === 1 ? position : Math.min(position, this.objects.length) - 1;
      found < count;
      i += step
    ) {
      if (i < 0 || i >= this.objects.length) break;
      if (this.objects[i] !== 'mark') continue;
      found++;
      at = i;
    }
    return { found, at };
  }
}
