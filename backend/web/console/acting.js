// One thing at a time: a button that is busy while it works, and what went wrong by it.

import { h } from "/pages/kit/dom.js";

/** What a page is doing now, and the trouble of what it did last. */
export class Acting {
  /** @type {string|null} */
  busy = null;
  /** @type {unknown} */
  trouble = null;
  #redraw;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.#redraw = redraw;
  }

  /** Do it unless something is being done; whether it went well. @param {string} name @param {() => Promise<any>} act */
  async run(name, act) {
    if (this.busy) return false;
    [this.busy, this.trouble] = [name, null];
    this.#redraw();
    try {
      await act();
    } catch (error) {
      this.trouble = error;
    }
    this.busy = null;
    this.#redraw();
    return this.trouble === null;
  }

  /** A button for one act; it keeps the focus while it is busy. @param {string} name @param {any} label @param {() => Promise<any>} act @param {object} [more] */
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
