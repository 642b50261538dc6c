// Done, skipped and rejected lines of a list, each by word and colour.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { count } from "./run_words.js";

/** @param {any} counts @param {{done: string, skipped?: string, rejected?: string}} words */
export function countsList(counts, words) {
  return h(
    "ul",
    { class: "counts" },
    tile("good", words.done, counts.done),
    tile("warn", words.skipped ?? w("対象外", "Skipped"), counts.skipped),
    tile("bad", words.rejected ?? w("エラー", "Rejected"), counts.rejected),
  );
}

const tile = (look, words, number) => h("li", { class: look }, words, h("b", {}, count(number)));
