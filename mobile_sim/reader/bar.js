// The bar above every view: whose desk this is, and what can be done from anywhere.

import { byId, fill, h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { languageButton } from "/pages/kit/language_button.js";
import { isMuted, setMuted } from "./sound.js";

/**
 * @param {{name: string, terminal: string}|null} clinic @param {any[]} more what else is to be seen there
 * @param {{keys: () => void, end: () => void}|null} ways null while the desk is locked
 */
export function drawBar(clinic, more, ways) {
  const place = byId("bar");
  const had = place.contains(document.activeElement) ? document.activeElement?.id : null;
  const button = (id, act, words, pressed = null) => h("button", { type: "button", id, class: "quiet", "aria-pressed": pressed, onclick: act }, words);
  const mute = () => (setMuted(!isMuted()), drawBar(clinic, more, ways));
  fill(
    place,
    h("span", { class: "brand" }, w("資格確認", "Eligibility")),
    clinic ? h("span", { id: "desk" }, name(clinic.name), " ", name(clinic.terminal)) : null,
    h("span", { class: "push" }),
    more,
    ways ? button("keys", ways.keys, w("キー（F1）", "Keys (F1)")) : null,
    button("mute", mute, isMuted() ? w("音を出す", "Sound on") : w("音を消す", "Sound off"), String(isMuted())),
    ways ? button("end-shift", ways.end, w("勤務を終える", "End the shift")) : null,
    languageButton(),
  );
  document.title = w("資格確認の窓口 Shikaku", "Shikaku reader");
  if (had) byId(had)?.focus(); // the bar was drawn anew under somebody's hands
}
