// What went wrong, in amber, with the way on: it is never the end of a view.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @param {string} words @param {(() => void)|null} again */
export function troubleNote(words, again) {
  return h("div", { class: "note warn", role: "alert" }, h("p", {}, words), again ? h("div", { class: "buttons" }, h("button", { type: "button", class: "wide again", onclick: again }, w("もう一度ためす", "Try again"))) : null);
}
