// 代理の最後の日: a day from today to a year from now (domain/delegation.py).

import { dayOf } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

const DAY_MS = 24 * 3_600_000;
const LONGEST_DAYS = 365;

/** The choice of the last day; nobody's is chosen for them. @param {string} [chosen] */
export function untilChoice(chosen = "") {
  const day = (days) => dayOf(Date.now() + days * DAY_MS);
  return [
    h("label", { for: "until" }, w("いつまで（この日まで）", "Until (the last day)")),
    h("input", { id: "until", name: "until", type: "date", required: true, value: chosen, min: day(0), max: day(LONGEST_DAYS), "aria-describedby": "until-hint" }),
    h("p", { id: "until-hint", class: "hint" }, w("1年以内。必要なあいだだけにしてください。", "Within a year; no longer than is needed.")),
  ];
}
