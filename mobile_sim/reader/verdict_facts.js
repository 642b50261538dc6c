// The rest of an answer: numbers to copy, what was shown, whom to ask, how old the data are.

import { ago, day, instant } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";

/** A list of what is known. @param {any} answer @param {number} now how old the data are by now */
export function verdictFacts(answer, now) {
  const { coverage, qualification, ask } = answer;
  const rows = [
    [w("保険者", "Insurer"), coverage && h("span", {}, name(coverage.insurer_name ?? ""), " ", copied(coverage.insurer_number))],
    [w("記号・番号", "Symbol, number"), coverage && numbers(coverage)],
    [w("資格開始日", "Covered from"), answer.charge && qualification?.since && day(qualification.since)],
    [w("受診日", "Day of service"), day(answer.on)],
    [w("見せたもの", "Shown"), shownWords(answer.document)],
    [w("照会先", "Ask"), ask && h("span", {}, name(ask.name), " ", h("span", { class: "number" }, ask.contact))],
    [w("情報の時点", "Data as of"), answer.data_as_of && age(answer.data_as_of, now)],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
}

function numbers({ symbol, number, branch }) {
  const of = (label, text) => (text ? h("span", { class: "part" }, h("span", { class: "label" }, label), " ", copied(text)) : null);
  return h("span", { class: "parts" }, of(w("記号", "symbol"), symbol), of(w("番号", "number"), number), of(w("枝番", "branch"), branch));
}

function copied(text) {
  const copy = () => navigator.clipboard?.writeText(text);
  return h("button", { type: "button", class: "copy", title: w("コピー", "copy"), onclick: copy }, h("bdi", {}, text));
}

function age(at, now) {
  return `${instant(at)}（${ago(now - Date.parse(at))}）`;
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
