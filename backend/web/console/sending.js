// A file being sent from one page: bar, per cent, a way to stop, and what broke it off.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { UPLOADS, StoppedError, percent } from "./upload.js";

/** What a page shows of its upload; drawn by itself, so that the page stays as it is. */
export class Sending {
  /** What is being sent for: words that say it. @type {(() => string)|null} */
  #what = null;
  #id;
  /** @type {HTMLElement|null} */
  #place = null;

  /** @param {string} id of the place on the page */
  constructor(id) {
    this.#id = id;
    UPLOADS.onChange(() => this.#refresh());
  }

  get isBusy() {
    return this.#what !== null;
  }

  /** Send; null if the operator stopped it. Throws ToldError while another file is on its way. @param {any} desk @param {string} path @param {any} file @param {() => string} what */
  async send(desk, path, file, what) {
    this.#what = what;
    this.#refresh();
    try {
      return await UPLOADS.send(desk, path, file);
    } catch (error) {
      if (error instanceof StoppedError) return null;
      throw error;
    } finally {
      this.#what = null;
    }
  }

  draw() {
    return (this.#place = h("div", { id: this.#id }, this.#parts()));
  }

  #refresh() {
    if (this.#place && this.#what) fill(this.#place, this.#parts());
  }

  #parts() {
    if (!this.#what) return null;
    const part = UPLOADS.now?.part ?? 0;
    const isSent = part >= 1;
    const words = isSent ? w("送信しました。サーバーが一覧を読んでいます…", "Sent. The server is reading the list…") : w(`送信中 ${percent(part)}`, `Sending, ${percent(part)}`);
    const bar = h("progress", { max: 100, value: isSent ? null : part * 100, "aria-label": w("送信の進み具合", "How much is sent") });
    const stop = h("button", { type: "button", id: `${this.#id}-stop`, onclick: () => UPLOADS.stop() }, w("送信をやめる", "Stop"));
    return h("div", { class: "card" }, h("p", { class: "strong" }, this.#what()), h("p", {}, words), bar, h("p", { class: "hint" }, w("「戻る」で別の画面に移っても送信は続きます。", "Sending goes on if you go back or look at other pages.")), h("div", { class: "buttons" }, stop));
  }
}
