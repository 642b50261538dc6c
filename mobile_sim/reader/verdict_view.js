// The verdict fills the screen: colour, shape, words; who, what to charge, what to do next.

import { ago, day, instant } from "/pages/kit/dates.js";
import { h, name, svg } from "/pages/kit/dom.js";
import { language, said, w } from "/pages/kit/language.js";
import { lookOf } from "./outcomes.js";

const SEX = { 1: ["男", "male"], 2: ["女", "female"], 3: ["不明", "unknown"] };

const ENDED = ["lapsed", "newer-coverage", "registration-undone"];

/** The panel for an answer. @param {any} answer @param {() => void} next */
export function verdictView(answer, next) {
  const look = lookOf(answer.outcome);
  return panel(look, answer.outcome, [
    h("p", { class: "step" }, said(answer.next_step)),
    charge(answer),
    person(answer),
    facts(answer),
    nextButton(next),
  ]);
}

/** Nothing was checked: amber, and never to be taken for valid. @param {string} why @param {() => void} next @param {() => void} [again] */
export function uncheckedView(why, next, again) {
  const more = again ? h("button", { type: "button", class: "first wide", onclick: again }, w("もう一度確認する", "Check again")) : null;
  return panel(lookOf("could-not-check"), "could-not-check", [
    h("p", { class: "step" }, why),
    h("p", {}, w("有効か無効かは、まだわかりません。", "Whether the coverage holds is not known.")),
    more,
    nextButton(next),
  ]);
}

function panel(look, outcome, children) {
  const [outline, sign] = look.shape.split("|");
  return h(
    "section",
    { class: `verdict ${look.light}`, "data-outcome": outcome, "data-light": look.light, "aria-labelledby": "verdict-words" },
    h(
      "div",
      { class: "headline" },
      svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true", class: "shape" }, svg("path", { class: "outline", d: outline }), svg("path", { class: "sign", d: sign })),
      headline(look[language()]),
    ),
    h("div", { class: "below" }, children),
  );
}

/** The word that decides, and beside it, smaller, what kind of it. */
function headline(words) {
  const [first, ...rest] = words.split(/　|: /);
  return h("h1", { id: "verdict-words", tabindex: "-1" }, first, rest.length ? h("span", { class: "detail" }, " ", rest.join(" ")) : null);
}

function nextButton(next) {
  return h("button", { type: "button", class: "first wide", id: "next", onclick: next }, w("次の方へ（Enter）", "Next person (Enter)"));
}

function charge({ charge: told }) {
  if (!told) return null;
  const ratio = told.ratio_tenths ? w(`${told.ratio_tenths}割`, `${told.ratio_tenths * 10} %`) : w("割合は不明", "ratio unknown");
  const more = [told.limit_category, ...told.diseases].filter(Boolean).map((it) => h("p", {}, `${it.label}（${it.code}）`));
  return h("div", { class: "charge" }, h("p", { class: "ratio" }, h("span", { class: "small" }, w("窓口負担", "charge")), " ", ratio), more);
}

function person({ person: told }) {
  if (!told) return null;
  const [ja, en] = SEX[told.sex] ?? SEX[3];
  const marked = told.has_unsupported_characters
    ? h("p", { class: "small" }, w("●は、保険者のシステムで表せない漢字です。カナと生年月日で確かめてください。", "● stands for a kanji that the insurer's system cannot write: compare kana and birth date."))
    : null;
  return h(
    "div",
    { class: "person" },
    h("p", { class: "who" }, name(told.name)),
    h("p", {}, name(told.kana), " ", w(ja, en)),
    h("p", { class: "born" }, w("生年月日 ", "born "), day(told.birth_on)),
    marked,
  );
}

function facts(answer) {
  const { coverage, qualification, ask } = answer;
  const rows = [
    [sinceWords(answer.outcome), qualification?.since && day(qualification.since)],
    [w("喪失の理由", "Reason of the loss"), qualification?.loss_reason && said(qualification.loss_reason.label)],
    [w("登録の予定日", "Expected on"), qualification?.expected_on && day(qualification.expected_on)],
    [w("保険者", "Insurer"), coverage && h("span", {}, name(coverage.insurer_name ?? ""), " ", copied(coverage.insurer_number))],
    [w("記号", "Symbol"), coverage?.symbol && copied(coverage.symbol)],
    [w("番号", "Number"), coverage && copied(coverage.number)],
    [w("枝番", "Branch"), coverage?.branch && copied(coverage.branch)],
    [w("見せたもの", "Shown"), shownWords(answer.document)],
    [w("受診日", "Day of service"), day(answer.on)],
    [w("照会先", "Ask"), ask && h("span", {}, name(ask.name), " ", ask.contact)],
    [w("情報の時点", "Data as of"), answer.data_as_of && age(answer)],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}

/** What the day is: where coverage holds or will hold, it begins then. */
function sinceWords(outcome) {
  const hasEnded = ENDED.includes(outcome);
  return hasEnded ? w("資格を失った日（この日から無効）", "Not covered since") : w("資格の始まった日", "Covered from");
}

function age({ data_as_of, checked_at }) {
  return `${instant(data_as_of)}（${ago(Date.parse(checked_at) - Date.parse(data_as_of))}）`;
}

function copied(text) {
  const copy = () => navigator.clipboard?.writeText(text);
  return h("button", { type: "button", class: "copy number", title: w("コピー", "copy"), onclick: copy }, text);
}

function shownWords(document) {
  const kinds = {
    phone: w("スマホ", "a phone"),
    certificate: document.is_copy ? w("資格確認書の写し（スマホ）", "a certificate's copy on a phone") : w("資格確認書", "a certificate"),
    numbers: w("番号入力", "typed numbers"),
  };
  const by = document.shown_by ? w(`・代理（${said(document.shown_by.relation_words)}）`, `, by a delegate (${said(document.shown_by.relation_words)})`) : "";
  const offline = document.presentation_kind === 1 ? w("・オフラインで作成", ", made offline") : "";
  return `${kinds[document.kind] ?? document.kind}${by}${offline}`;
}
