// A code of a token that has run out: said before the desk says it, with the way to renew it.

import { day, dayOf } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @param {number|null} goodUntil the token's end @param {number} now @param {() => void} renew */
export function oldCodeNote(goodUntil, now, renew) {
  if (!goodUntil || now < goodUntil) return null;
  const last = day(dayOf(goodUntil));
  return h(
    "div",
    { class: "note warn" },
    h("p", {}, h("strong", {}, w("このコードは期限が過ぎています。", "This code has run out.")), " ", w(`${last}までのものなので、窓口で断られることがあります。通信できる場所で更新してください。`, `It was good until ${last}; the desk may refuse it. Renew it where there is a network.`)),
    h("div", { class: "buttons" }, h("button", { type: "button", id: "renew", class: "wide", onclick: renew }, w("更新する", "Renew it"))),
  );
}
