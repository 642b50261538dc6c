// What a list would do, line by line: issued, skipped with the reason, rejected with the cure.

import { h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { count } from "./run_words.js";
import { table } from "./table.js";

const SHOWN = 100; // as many as the server tells one by one

/** @param {any} preview @param {any} keyField @param {any} beginButton */
export function previewPart(preview, keyField, beginButton) {
  const { counts } = preview;
  return h(
    "section",
    { "aria-labelledby": "preview-title", id: "preview" },
    h("h2", { id: "preview-title", tabindex: "-1" }, w("3. 確かめて、交付する", "3. Look at it, then issue")),
    h("p", {}, w(`文字コード ${preview.encoding}、${count(counts.decided)}件を読みました。まだ何も書き込まれていません。`, `Read as ${preview.encoding}: ${count(counts.decided)} lines. Nothing is written yet.`)),
    countsList(counts),
    counts.done ? begin(preview, keyField, beginButton) : nothing(),
    others(preview),
  );
}

/** Done, skipped and rejected, each by word and colour. @param {any} counts @param {string} [doneWords] */
export function countsList(counts, doneWords = w("交付する", "To be issued")) {
  return h(
    "ul",
    { class: "counts" },
    tile("good", doneWords, counts.done),
    tile("warn", w("対象外（交付しない）", "Skipped"), counts.skipped),
    tile("bad", w("エラー（直せば交付できる）", "Rejected: can be mended"), counts.rejected),
  );
}

const tile = (look, words, number) => h("li", { class: look }, words, h("b", {}, count(number)));

function others(preview) {
  if (!preview.shown.length) return h("p", { class: "note good" }, w("対象外もエラーもありません。", "Nothing is skipped or rejected."));
  const total = preview.counts.skipped + preview.counts.rejected;
  const caption = total > SHOWN ? w(`交付されない行（${count(total)}件のうち、はじめの${SHOWN}件）`, `Lines that get none: the first ${SHOWN} of ${count(total)}`) : w(`交付されない行（${count(total)}件）`, `Lines that get none (${count(total)})`);
  return [reasons(preview.reasons, total), table(caption, COLUMNS(), preview.shown)];
}

function reasons(counted, total) {
  if (total <= SHOWN || counted.length < 2) return null;
  const lines = counted.map((it) => h("li", {}, h("code", {}, it.reason), w(`：${count(it.lines)}件`, `: ${count(it.lines)} lines`)));
  return h("details", {}, h("summary", {}, w("理由ごとの件数", "How many by reason")), h("ul", {}, lines));
}

const COLUMNS = () => [
  { label: w("行", "Line"), cell: (it) => count(it.line), isHead: true },
  { label: w("結果", "Result"), cell: resultBadge },
  { label: w("理由と直し方", "Reason and cure"), cell: why },
];

function resultBadge(outcome) {
  if (outcome.result === "rejected") return h("span", { class: "badge bad" }, w("エラー", "Rejected"));
  return h("span", { class: "badge warn" }, w("対象外", "Skipped"));
}

function why(outcome) {
  if (outcome.result !== "rejected") return said(outcome.reason);
  return h("ul", { class: "complaints" }, outcome.errors.map((it) => h("li", {}, h("code", {}, it.field), " ", said(it.reason), h("br"), w("対処：", "What to do: "), said(it.fix))));
}

function begin(preview, keyField, beginButton) {
  const words = preview.awaits_approval
    ? w("件数が多いため、別の担当者が承認してから交付が始まります。", "It is large: it begins once a colleague has approved it.")
    : w("押すとすぐに交付が始まります。交付した資格確認書は、あとから失効・停止できます。", "It begins at once. What is issued can be withdrawn or suspended later.");
  return [h("p", {}, words), keyField, h("div", { class: "buttons" }, beginButton)];
}

function nothing() {
  return h("p", { class: "note warn" }, w("交付できる行がありません。下の理由を確かめ、一覧を直して選び直してください。", "No line would get a certificate. See the reasons below, mend the list and choose it again."));
}
