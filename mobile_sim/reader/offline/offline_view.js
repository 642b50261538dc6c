// What a judgement without network says: never as an answer of the server would look.

import { day } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { lookOf } from "../outcomes.js";
import { personSeen } from "../person_seen.js";
import { verdictFacts } from "../verdict_facts.js";
import { againButton, onward, panel } from "../verdict_view.js";
import { stepAfter } from "./steps.js";

/** @param {any} told @param {number} now @param {() => void} next @param {(() => void)|null} again */
export function offlineView(told, now, next, again) {
  return panel(lookOf(told.outcome), told.outcome, [
    h("p", { class: "offline" }, w("オフライン判定：サーバーにはまだ照会していません。", "Judged offline: the server has not been asked yet.")),
    told.person && h("div", { class: "who-and-what" }, printed(told.printed), personSeen(told.person)),
    h("p", { class: "step" }, stepAfter(told.outcome, told.data_as_of)),
    verdictFacts(told, now),
    onward(next, againButton(again)),
  ]);
}

/** What stands on the paper about charge and last day; nobody vouches for it today. */
function printed({ ratio_tenths: tenths, expires_on }) {
  const ratio = tenths ? w(`${tenths}割`, `${tenths * 10} %`) : w("記載なし", "none");
  return h(
    "div",
    { class: "printed" },
    h("p", { class: "label" }, w("紙に印字された割合（未確認）", "ratio printed on the paper (NOT checked)")),
    h("p", { class: "deciding" }, ratio),
    h("p", { class: "label" }, w("紙に印字された有効期限", "last day printed on the paper")),
    h("p", {}, day(expires_on)),
  );
}
