// Octets read from the front; asking for more than there are is an error.

export class Octets {
  #all;
  #at = 0;

  /** @param {Uint8Array} all */
  constructor(all) {
    this.#all = all;
  }

  get hasMore() {
    return this.#at < this.#all.length;
  }

  /** The next `count` octets; RangeError if there are fewer. @param {number} count */
  take(count) {
    const taken = this.#all.subarray(this.#at, this.#at + count);
    if (taken.length !== count) throw new RangeError("cut short");
    this.#at += count;
    return taken;
  }

  /** A number of `count` octets, at most six, the highest first. @param {number} count */
  number(count) {
    return this.take(count).reduce((sum, octet) => sum * 256 + octet, 0);
  }

  /** Everything that is left. */
  rest() {
    return this.take(this.#all.length - this.#at);
  }
}
