// What the server said otherwise than the desk was told without network: stays until seen.

import { time } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { language, w } from "/pages/kit/language.js";
import { lookOf } from "../outcomes.js";
import { isOtherRatio } from "./differing.js";

/**
 * Show what is new in its place, above every view.
 * @param {Element} place @param {import("./waiting.js").Entry[]} news
 * @param {(entry: any) => void} open @param {(id: string) => void} seen
 */
export function showNews(place, news, open, seen) {
  fill(place, news.map((entry) => one(entry, open, seen)));
}

function one(entry, open, seen) {
  const { id, told, answer } = entry;
  const who = answer.person ?? told.person;
  return h(
    "section",
    { class: `news ${lookOf(answer.outcome).light}`, role: "alert" },
    h("p", {}, h("strong", {}, w("オフラインで判定した方の結果が違います。", "The server answers otherwise than was told offline.")), " ", who ? name(who.name) : null),
    h("p", {}, time(told.checked_at), " ", lookOf(told.outcome)[language()], " → ", h("strong", {}, lookOf(answer.outcome)[language()]), answer.refused ? ` ${answer.refused}` : null),
    isOtherRatio(told, answer) ? h("p", {}, w(`負担割合：印字 ${told.printed.ratio_tenths}割 → 登録 ${answer.charge.ratio_tenths}割`, `Ratio: ${told.printed.ratio_tenths * 10} % printed → ${answer.charge.ratio_tenths * 10} % registered`)) : null,
    h("div", { class: "buttons" }, answer.refused ? null : h("button", { type: "button", onclick: () => open(entry) }, w("結果を開く", "Open the answer")), h("button", { type: "button", onclick: () => seen(id) }, w("確認しました", "Seen"))),
  );
}
