// The title of a view, and whose it is where several people are on this phone.

import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { person, session } from "./session.js";
import { called } from "./whose.js";

/** @param {string} words */
export function titleOf(words) {
  const shown = /** @type {import("./people.js").Person} */ (person());
  const whose = () => h("p", { id: "whose", class: "lead" }, h("strong", {}, name(called(shown))), w(" さん", ""));
  return [h("h1", { id: "title", tabindex: "-1" }, words), session.people.length > 1 ? whose() : null];
}
