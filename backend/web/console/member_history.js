// A member's history, read only when asked for: the reading itself is recorded.

import { h, name } from "/pages/kit/dom.js";
import { day, instant } from "/pages/kit/dates.js";
import { said, w } from "/pages/kit/language.js";
import { historyWord } from "./member_words.js";
import { table } from "./table.js";

const PAGE = 20;
const SHOWN = {
  phone: () => w("スマホ", "phone"),
  certificate: () => w("資格確認書", "certificate"),
  numbers: () => w("番号の入力", "keyed numbers"),
};

/** @param {import("./desk.js").Desk} desk @param {string} door @param {import("./acting.js").Acting} acting */
export function historyPart(desk, door, acting) {
  /** @type {any[]|null} */
  let entries = null;
  /** @type {number|null} */
  let next = null;

  async function read(before) {
    const page = before === null ? "" : `&before=${before}`;
    const told = await desk.ask("GET", `${door}/history?limit=${PAGE}${page}`);
    entries = before === null ? told.entries : [...(entries ?? []), ...told.entries];
    next = told.next;
  }

  function draw() {
    return [h("h2", { id: "history", tabindex: "-1" }, w("履歴", "History")), entries === null ? offer() : entries.length ? list(entries) : h("p", { class: "muted" }, w("履歴はありません。", "Nothing has happened."))];
  }

  const offer = () => [
    h("p", {}, w("履歴を見たことは記録され、本人の画面にも表示されます。", "That you read it is recorded, and the member sees it.")),
    h("div", { class: "buttons" }, acting.button("history", w("履歴を表示する", "Show the history"), () => read(null))),
  ];

  const list = (lines) => [table(w("新しい順", "The newest first"), COLUMNS(), lines), next !== null && h("div", { class: "buttons" }, acting.button("more-history", w("続きを表示", "Show more"), () => read(next)))];

  return { draw, forget: () => ([entries, next] = [null, null]) };
}

const COLUMNS = () => [
  { label: w("日時", "When"), isHead: true, cell: (it) => instant(it.at) },
  { label: w("内容", "What"), cell: (it) => [historyWord(it.kind), it.what && w(`（${SHOWN[it.what.kind]?.() ?? it.what.kind}${it.what.is_copy ? "の写し" : ""}）`, ` (${it.what.is_copy ? "copy of a " : ""}${SHOWN[it.what.kind]?.() ?? it.what.kind})`)] },
  { label: w("結果", "Outcome"), cell: (it) => [it.outcome_words ? said(it.outcome_words) : "—", it.on && w(`　受診日 ${day(it.on)}`, `, day of service ${day(it.on)}`)] },
  { label: w("だれが", "Who"), cell: (it) => [name(it.who.name || it.who.code || it.who.kind), it.who.terminal && [" ", name(it.who.terminal)]] },
];
