// The person as the register describes them, large enough to compare across the counter.

import { day } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const SEX = { 1: ["男", "male"], 2: ["女", "female"], 3: ["不明", "unknown"] };

/** Name, kana, sex, birth date; null where the answer names nobody. @param {any} told */
export function personSeen(told) {
  if (!told) return null;
  const [ja, en] = SEX[told.sex] ?? SEX[3];
  return h(
    "div",
    { class: "person" },
    h("p", { class: "kana" }, name(told.kana), " ", h("span", { class: "sex" }, w(ja, en))),
    h("p", { class: "who" }, name(told.name)),
    h("p", { class: "born" }, h("span", { class: "label" }, w("生年月日", "born")), " ", day(told.birth_on)),
    told.has_unsupported_characters ? marked() : null,
  );
}

function marked() {
  return h("p", { class: "small" }, w("●は、保険者のシステムで表せない漢字です。カナと生年月日で確かめてください。", "● stands for a kanji that the insurer's system cannot write: compare kana and birth date."));
}
