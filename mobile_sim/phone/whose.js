// Whose code is on the screen, and the choice among those who are on this phone.

import { h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";

/** @typedef {import("./people.js").Person} Person */

/** Their name, or a word until the server told it. @param {Person} person */
export const called = (person) => person.name || (person.delegation ? w("代理を頼んだ人", "The person you stand for") : w("わたし", "Me"));

/** A name within a sentence that is no markup, kept from turning the words around it (UAX 9). @param {string} text */
export const inWords = (text) => `\u2068${text}\u2069`;

/** What this phone is to them. @param {Person} person */
function standing({ delegation }) {
  if (!delegation) return w("本人のスマホ", "Their own phone");
  return w(`${said(delegation.relation_words)}として代理`, `You stand for them, as their ${said(delegation.relation_words)}`);
}

/** So many names stand above the code; of more, the others are one tap away. */
const MOST = 2;

/**
 * The name above the code; with several people, each is a large button.
 * @param {Person[]} people @param {Person} shown @param {(id: string) => void} choose
 */
export function whose(people, shown, choose) {
  const label = w("だれのコードを見せますか", "Whose code is shown");
  const words = (person) => [h("span", { class: "name" }, name(called(person))), h("span", { class: "small" }, standing(person))];
  if (people.length === 1) return h("p", { class: "whose" }, words(shown));
  const button = (person) => h("button", { type: "button", "aria-pressed": String(person.id === shown.id), onclick: () => choose(person.id) }, words(person));
  const others = people.filter((it) => it.id !== shown.id);
  const more = () => [button(shown), h("details", {}, h("summary", {}, w(`ほかの人に切り替える（${others.length}人）`, `Somebody else (${others.length})`)), others.map(button))];
  return h("div", { class: "people", role: "group", "aria-label": label }, people.length > MOST ? more() : people.map(button));
}
