// 続柄: what a delegate is to the person, as the server names it (domain/delegation.py).

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @type {[string, () => string][]} */
const RELATIONS = [
  ["parent", () => w("親", "Parent")],
  ["child", () => w("子", "Child")],
  ["spouse", () => w("配偶者", "Spouse")],
  ["family", () => w("その他の家族", "Another member of the family")],
  ["guardian", () => w("成年後見人など", "Legal guardian")],
  ["carer", () => w("介護・支援をする人", "Carer")],
  ["other", () => w("その他", "Other")],
];

/** The choice of one, under a label. @param {string} label @param {string} [chosen] */
export function relationChoice(label, chosen) {
  const options = RELATIONS.map(([value, words]) => h("option", { value, selected: value === chosen }, words()));
  const none = h("option", { value: "" }, w("選んでください", "Choose"));
  return [h("label", { for: "relation" }, label), h("select", { id: "relation", name: "relation", required: true }, none, options)];
}
