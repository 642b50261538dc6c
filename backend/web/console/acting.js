// One thing at a time: a button that is busy while it works, and what went wrong by it.

import { h } from "/pages/kit/dom.js";

/** What a page is doing now, and the trouble of what it did last. */
export class Acting {
  /** @type {string|null} */
  busy = null;
  /** @type {unknown} */
  trouble = null;
  #redraw;
  #turn = 0;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.#redraw = redraw;
  }

  /** Do it unless something is being done; whether it went well. @param {string} name @param {(isWanted: () => boolean) => Promise<any>} act */
  async run(name, act) {
    return this.busy ? false : this.instead(name, act);
  }

  /**
   * Do it in place of what is being done: what comes of that counts no more, and its
   * `act` is told so by what it was given.
   * @param {string} name @param {(isWanted: () => boolean) => Promise<any>} act
   */
  async instead(name, act) {
    const own = this.drop();
    this.busy = name;
    this.#redraw();
    const trouble = await act(() => own === this.#turn).then(() => null, (error) => error);
    if (own !== this.#turn) return false;
    [this.busy, this.trouble] = [null, trouble];
    this.#redraw();
    return trouble === null;
  }

  /** Nothing is waited for any more. */
  drop() {
    [this.busy, this.trouble] = [null, null];
    return ++this.#turn;
  }

  /** A button for one act; it keeps the focus while it is busy. @param {string} name @param {any} label @param {(isWanted: () => boolean) => Promise<any>} act @param {object} [more] */
  button(name, label, act, more = {}) {
    const attributes = {
      type: "button",
      id: `do-${name}`,
      "aria-disabled": this.busy ? "true" : null,
      "aria-busy": this.busy === name ? "true" : null,
      onclick: () => this.run(name, act),
      ...more,
    };
    return h("button", attributes, label, this.busy === name ? h("span", { class: "busy", "aria-hidden": "true" }, "…") : null);
  }
}
