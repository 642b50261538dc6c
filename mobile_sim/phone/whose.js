// Whose code is on the screen, and the choice among those who are on this phone.

import { h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";

/** @typedef {import("./people.js").Person} Person */

/** Their name, or a word until the server told it. @param {Person} person */
export const called = (person) => person.name || (person.delegation ? w("代理を頼んだ人", "The person you stand for") : w("わたし", "Me"));

/** What this phone is to them. @param {Person} person */
function standing({ delegation }) {
  if (!delegation) return w("本人のスマホ", "Their own phone");
  return w(`${said(delegation.relation_words)}として代理`, `You stand for them, as their ${said(delegation.relation_words)}`);
}

/**
 * The name above the code; with several people, each is a large button.
 * @param {Person[]} people @param {Person} shown @param {(id: string) => void} choose
 */
export function whose(people, shown, choose) {
  const label = w("だれのコードを見せますか", "Whose code is shown");
  const words = (person) => [h("span", { class: "name" }, name(called(person))), h("span", { class: "small" }, standing(person))];
  if (people.length === 1) return h("p", { class: "whose" }, words(shown));
  const button = (person) => h("button", { type: "button", "aria-pressed": String(person.id === shown.id), onclick: () => choose(person.id) }, words(person));
  return h("div", { class: "people", role: "group", "aria-label": label }, people.map(button));
}
