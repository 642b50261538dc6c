// The verdict fills the screen: colour, shape, words; who, what to charge, what to do next.

import { ago, day, dayOf, time } from "/pages/kit/dates.js";
import { h, svg } from "/pages/kit/dom.js";
import { language, said, w } from "/pages/kit/language.js";
import { decidingFact } from "./deciding_fact.js";
import { lookOf } from "./outcomes.js";
import { personSeen } from "./person_seen.js";
import { verdictFacts } from "./verdict_facts.js";

const FRESH_MS = 120_000;

/**
 * The panel for an answer: `mend` types the numbers again; `known` is what this desk
 * knows besides.
 * @param {any} answer @param {number} now @param {{next: () => void, mend?: (() => void)|null, known?: Element|null}} more
 */
export function verdictView(answer, now, { next, mend = null, known = null }) {
  const [fact, person] = [decidingFact(answer), personSeen(answer.person)];
  return panel(lookOf(answer.outcome), answer.outcome, [
    anotherDay(answer),
    askedBefore(answer, now),
    fact || person ? h("div", { class: "who-and-what" }, fact, person) : null,
    h("p", { class: "step" }, said(answer.next_step)),
    known,
    verdictFacts(answer, now),
    onward(next, answer.outcome === "valid" ? null : mendButton(mend)),
  ]);
}

/** Nothing was checked: amber, and never to be taken for valid. @param {string} why @param {() => void} next @param {() => void} [again] */
export function uncheckedView(why, next, again) {
  return panel(lookOf("could-not-check"), "could-not-check", [
    h("p", { class: "step" }, why),
    h("p", { class: "step" }, w("有効か無効かは、まだわかりません。", "Whether the coverage holds is not known.")),
    onward(next, againButton(again)),
  ]);
}

/** Colour, shape, headline, and what stands below. @param {any} look @param {string} outcome @param {any[]} children */
export function panel(look, outcome, children) {
  return h(
    "section",
    { class: `verdict ${look.light}`, "data-outcome": outcome, "data-light": look.light, "aria-labelledby": "verdict-words" },
    h(
      "div",
      { class: "headline" },
      signOf(look),
      headline(look[language()]),
    ),
    h("div", { class: "below" }, children),
  );
}

/** The shape that stands for an outcome. @param {import("./outcomes.js").Look} look */
export function signOf(look) {
  const [outline, sign] = look.shape.split("|");
  return svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true", class: "shape" }, svg("path", { class: "outline", d: outline }), svg("path", { class: "sign", d: sign }));
}

/** The word that decides, and beside it, smaller, what kind of it. */
function headline(words) {
  const [first, ...rest] = words.split(/　|: /);
  return h("h1", { id: "verdict-words", tabindex: "-1" }, first, rest.length ? h("span", { class: "detail" }, " ", rest.join(" ")) : null);
}

/** An answer for another day than today says so before all else. */
function anotherDay({ on, checked_at }) {
  if (on === dayOf(Date.parse(checked_at))) return null;
  return h("p", { class: "note warn step" }, w(`${day(on)}の受診についての答えです。今日ではありません。`, `This answers for a visit on ${day(on)}, not for today.`));
}

/** An answer out of today's list says what was, not what is. */
function askedBefore({ checked_at }, now) {
  const age = now - Date.parse(checked_at);
  if (age < FRESH_MS) return null;
  return h("p", { id: "asked-before", class: "note warn step" }, w(`${time(checked_at)}に確認した結果です（${ago(age)}）。いまの資格は、もう一度読み取って確認してください。`, `This was the answer at ${time(checked_at)} (${ago(age)}). For the coverage now, check again.`));
}

function mendButton(mend) {
  return mend && h("button", { type: "button", onclick: mend }, w("番号を直す（F2）", "Mend the numbers (F2)"));
}

/** @param {(() => void)|null} [again] */
export function againButton(again) {
  return again && h("button", { type: "button", onclick: again }, w("もう一度確認する", "Check again"));
}

/** The ways on, always in sight. @param {() => void} next @param {Node|null} [another] */
export function onward(next, another) {
  return h("div", { class: "onward" }, another, h("button", { type: "button", class: "first", id: "next", onclick: next }, w("次の方へ（Enter）", "Next person (Enter)")));
}
