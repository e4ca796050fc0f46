// SPDX-License-Identifier: GPL-2.0-or-later
// Where the data of a READ are put together, without a new buffer for each.

export class ReadBuffers {
  /** Two in turn: the data of one reply stay intact while the next command runs. */
  readonly #buffers = [new Uint8Array(0), new Uint8Array(0)];
  #next = 0;

  /** A buffer for the data of one READ, valid until the one after the next. */
  of(length: number): Uint8Array {
    this.#next ^= 1;
    let buffer = this.#buffers[this.#next]!;
    if (buffer.length < length) {
      buffer = new Uint8Array(length);
      this.#buffers[this.#next] = buffer;
    }
    return buffer.subarray(0, length);
  }
}
