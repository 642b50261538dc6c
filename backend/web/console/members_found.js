// Members who were found: enough of each to know the right one.

import { h, name } from "/pages/kit/dom.js";
import { day, dayOf } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { holds, lossWord, numbers } from "./member_words.js";
import { table } from "./table.js";

/** @param {any[]} members @param {boolean} hasMore */
export function foundTable(members, hasMore) {
  const caption = hasMore ? w(`はじめの${members.length}人（カナの順）`, `The first ${members.length}, in the order of their kana`) : w(`${members.length}人（カナの順）`, `${members.length} in the order of their kana`);
  return table(caption, COLUMNS(), members);
}

const COLUMNS = () => [
  { label: w("氏名", "Name"), isHead: true, cell: (it) => [h("a", { href: `#/members/${it.person_id}` }, name(it.name)), h("br"), h("span", { class: "under" }, name(it.kana))] },
  { label: w("生年月日", "Birth date"), cell: (it) => day(it.birth_on) },
  { label: w("記号・番号", "Numbers"), cell: (it) => numbers(newest(it)) },
  { label: w("資格", "Coverage"), cell: (it) => coverageBadge(newest(it)) },
  { label: w("注意", "Note"), cell: (it) => (it.is_undisclosed ? undisclosed() : "") },
];

/** The mark of whoever's address must not be shown (不開示). */
export const undisclosed = () => h("span", { class: "badge bad" }, w("不開示", "Address withheld"));

/** Whether it holds today, by word and colour. @param {any} coverage */
export function coverageBadge(coverage) {
  const today = dayOf(Date.now());
  if (coverage.is_hidden) return h("span", { class: "badge warn" }, w("点検中（医療機関に非表示）", "Under inspection, hidden from clinics"));
  if (holds(coverage, today)) return h("span", { class: "badge good" }, w("有効", "Holds"));
  if (coverage.acquired_on > today) return h("span", { class: "badge" }, w("開始前", "Not started yet"));
  return h("span", { class: "badge bad" }, w(`喪失（${lossWord(coverage.loss_reason)}）`, `Lapsed (${lossWord(coverage.loss_reason)})`));
}

const newest = (member) => [...member.coverages].sort((one, other) => (one.acquired_on < other.acquired_on ? 1 : -1))[0];
