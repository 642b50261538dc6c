// What went wrong, in amber, with the way on: it is never the end of a view.

import { ProblemError } from "/pages/kit/connection.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";

/** @param {string} words @param {(() => void)|null} again */
export function troubleNote(words, again) {
  return h("div", { class: "note warn", role: "alert" }, h("p", {}, words), again ? h("div", { class: "buttons" }, h("button", { type: "button", class: "wide again", onclick: again }, w("もう一度ためす", "Try again"))) : null);
}

/** At the head of a list, in place of an older one. @param {Element} place @param {unknown} error */
export function troubleAbove(place, error) {
  place.querySelector(":scope > [role=alert]")?.remove();
  place.prepend(troubleNote(troubleWords(error), null));
}

/** What was typed and refused is wrong, in red; all else is no fault of whoever typed it. @param {unknown} error */
export function troubleOf(error) {
  const isRefused = error instanceof ProblemError && error.status < 500;
  return isRefused ? h("p", { class: "error", role: "alert" }, troubleWords(error)) : troubleNote(troubleWords(error), null);
}
