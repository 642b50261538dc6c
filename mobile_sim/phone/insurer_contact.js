// Whom to call: the insurer's name and number, kept for the day on which all else is lost.

import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const PLACE = "shikaku-phone-insurer"; // it names nobody but the insurer
const NUMBER = /^[+0-9][-0-9 ()]{5,}$/;

/** @param {{name: string, contact: string}|null} insurer as the status told it */
export function rememberInsurer(insurer) {
  if (insurer) localStorage.setItem(PLACE, JSON.stringify({ name: insurer.name, contact: insurer.contact }));
}

export const forgetInsurer = () => localStorage.removeItem(PLACE);

/** A way to call the insurer, as far as it is known. */
export function insurerToAsk() {
  const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
  if (!kept) return h("p", { id: "ask" }, w("保険者の電話番号は、お手紙や資格情報のお知らせにあります。", "Your insurer's number is in its letters."));
  const who = h("p", { id: "ask" }, w("保険者: ", "Your insurer: "), name(kept.name), " ", h("span", { class: "number" }, kept.contact));
  const call = () => h("a", { id: "call", class: "button wide", href: `tel:${kept.contact.replaceAll(/[^+0-9]/g, "")}` }, w("☎ 保険者に電話する", "☎ Call your insurer"));
  return [who, NUMBER.test(kept.contact) ? call() : null];
}
