// Which page an address names: `#/runs/…`; an address never holds what is personal.

import { figuresPage } from "./figures_page.js";
import { issuePage } from "./issue_page.js";
import { listPage } from "./list_page.js";
import { memberPage } from "./member_page.js";
import { membersPage } from "./members_page.js";
import { remindersPage } from "./reminders_page.js";
import { reportsPage } from "./reports_page.js";
import { todayPage } from "./today_page.js";
import { runPage } from "./run_page.js";
import { runsPage } from "./runs_page.js";
import { withdrawPage } from "./withdraw_page.js";

/**
 * @typedef {object} Page One page with its state; it lives until sign-out.
 * @property {() => string} title
 * @property {() => any} [heading] the title where it is somebody's name
 * @property {() => any} draw what stands under the heading; null until it is loaded
 * @property {() => Promise<any>} [load] called whenever it is shown
 * @property {() => void} [leave] called whenever another is shown
 * @property {() => boolean} [hasUnsent] whether something would be lost with the tab
 */

/** @type {[RegExp, (desk: any, id: string) => Page][]} */
const PAGES = [
  [/^#\/today$/, todayPage],
  [/^#\/runs$/, runsPage],
  [/^#\/runs\/([\w-]+)$/, runPage],
  [/^#\/issue$/, issuePage],
  [/^#\/withdraw$/, withdrawPage],
  [/^#\/list$/, listPage],
  [/^#\/members$/, membersPage],
  [/^#\/members\/([\w-]+)$/, memberPage],
  [/^#\/reports$/, reportsPage],
  [/^#\/figures$/, figuresPage],
  [/^#\/reminders$/, remindersPage],
];
export const START = "#/today";

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
