// What a list would do, looked at before anything is done; then it is begun, or not.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { countsList } from "./counts_list.js";
import { download } from "./download.js";
import { PreviewLines } from "./preview_lines.js";
import { count } from "./run_words.js";

/**
 * @typedef {object} PreviewWords
 * @property {string} title
 * @property {string} done what becomes of a line that is done
 * @property {string} skipped
 * @property {string} rejected
 * @property {string} effect what happens once it is begun, unless it must be approved first
 * @property {string} [approval] said instead where it must be approved first
 */

/** The preview of one page's list, while it is the preview of what is chosen. */
export class RunPreview {
  /** @type {any} */
  told = null;
  #words;
  #lines;

  /**
   * @param {import("./desk.js").Desk} desk
   * @param {import("./acting.js").Acting} acting
   * @param {() => PreviewWords} words
   * @param {() => {path: string, name: string, list?: Blob}} asked where the lines are asked for, and with which list
   */
  constructor(desk, acting, words, asked) {
    this.#words = words;
    this.#lines = new PreviewLines(words, acting, (result) => {
      const { path, name, list } = asked();
      const only = result ? `&result=${result}` : "";
      return download(desk, `${path}${only}`, `${name}-${result || "lines"}.csv`, list);
    });
  }

  /** Show it, from its heading on. @param {any} told */
  take(told) {
    this.told = told;
    this.#lines.reset();
    setTimeout(() => document.getElementById("preview-title")?.focus());
  }

  clear() {
    this.told = null;
  }

  /** @param {any} more what else is asked for @param {any} beginButton */
  draw(more, beginButton) {
    if (!this.told) return null;
    const [words, { counts }] = [this.#words(), this.told];
    return h(
      "section",
      { "aria-labelledby": "preview-title", id: "preview" },
      h("h2", { id: "preview-title", tabindex: "-1" }, words.title),
      h("p", {}, w(`文字コード ${this.told.encoding}、${count(counts.decided)}行を読みました。まだ何も行われていません。`, `Read as ${this.told.encoding}: ${count(counts.decided)} lines. Nothing is done yet.`)),
      countsList(counts, words),
      counts.done ? begin(this.told, words, more, beginButton) : nothing(),
      h("h3", {}, w("1行ごとの結果", "Line by line")),
      this.#lines.draw(this.told),
    );
  }
}

function begin(told, words, more, beginButton) {
  const effect = told.awaits_approval ? (words.approval ?? w("件数が多いため、別の担当者が承認してから始まります。", "It is large: it begins once a colleague has approved it.")) : words.effect;
  return [h("p", {}, effect), more, h("div", { class: "buttons" }, beginButton)];
}

function nothing() {
  return h("p", { class: "note warn" }, w("行えるものがありません。下の理由を確かめ、一覧を直して選び直してください。", "There is nothing to do. See the reasons below, mend the list and choose it again."));
}
