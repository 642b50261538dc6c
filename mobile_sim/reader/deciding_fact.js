// What decides at the counter, very large: the ratio to charge, or the day that matters.

import { day } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";

/** What stands beside the person; null where nothing decides but the outcome. @param {any} answer */
export function decidingFact(answer) {
  return answer.charge ? charge(answer.charge) : dayThatMatters(answer);
}

function charge({ ratio_tenths: tenths, limit_category: limit, diseases }) {
  const ratio = tenths ? w(`${tenths}割`, `${tenths * 10} %`) : w("割合は不明", "ratio unknown");
  const more = [limit, ...diseases].filter(Boolean).map((it) => h("p", {}, `${it.label}（${it.code}）`));
  return h("div", { class: "charge" }, h("p", { class: "label" }, w("窓口負担", "to charge")), h("p", { class: tenths ? "ratio" : "deciding" }, ratio), more);
}

function dayThatMatters({ outcome, qualification: told }) {
  const words = WORDS[outcome];
  const on = told?.expected_on ?? told?.since;
  if (!words || !on) return null;
  const why = told.loss_reason ? h("p", {}, w("理由: ", "reason: "), said(told.loss_reason.label)) : null;
  return h("div", { class: "charge" }, h("p", { class: "label" }, words()), h("p", { class: "deciding" }, day(on)), why);
}

/** What the day is: where coverage holds or will hold, it begins then. @type {Record<string, () => string>} */
const WORDS = {
  lapsed: () => w("資格を失った日（この日から無効）", "not covered from"),
  "newer-coverage": () => w("資格を失った日（この日から無効）", "not covered from"),
  "registration-undone": () => w("取り消された登録の日", "the registration that was undone"),
  "not-yet-started": () => w("資格が始まる日（この日から有効）", "covered from"),
  "registration-in-progress": () => w("登録の予定日", "to be registered by"),
};
