// Which page an address names: `#/runs/…`; an address never holds what is personal.

import { runsPage } from "./runs_page.js";

/**
 * @typedef {object} Page One page with its state; it lives until sign-out.
 * @property {() => string} title
 * @property {() => any} draw what stands under the heading
 * @property {() => Promise<any>} [load] called whenever it is shown
 * @property {() => void} [leave] called whenever another is shown
 * @property {() => boolean} [hasUnsent] whether something would be lost with the tab
 */

/** @type {[RegExp, (desk: any, id: string) => Page][]} */
const PAGES = [
  [/^#\/runs$/, runsPage],
];
export const START = "#/runs";

/** Every page that was opened since sign-in, with its state. */
export class Opened {
  /** @type {Map<string, Page>} */
  #pages = new Map();

  /** The page of an address; null for an unknown one. @param {any} desk @param {string} hash */
  page(desk, hash) {
    if (!this.#pages.has(hash)) {
      const found = PAGES.find(([pattern]) => pattern.test(hash));
      if (!found) return null;
      this.#pages.set(hash, found[1](desk, found[0].exec(hash)?.[1] ?? ""));
    }
    return this.#pages.get(hash) ?? null;
  }

  /** Whether any of them holds what is not sent yet. */
  hasUnsent = () => [...this.#pages.values()].some((page) => page.hasUnsent?.());

  /** Forget all, of one operator, before another comes. */
  clear() {
    for (const page of this.#pages.values()) page.leave?.();
    this.#pages.clear();
  }
}
