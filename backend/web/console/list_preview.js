// What committing a member list would do, and what is wrong with it.

import { h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { fieldMark } from "./field_words.js";
import { count } from "./run_words.js";
import { table } from "./table.js";

const SHOWN = 100; // more would be a page nobody reads; the counts count all
const KINDS = {
  added: () => w("登録", "added"),
  changed: () => w("変更", "changed"),
  ended: () => w("喪失", "ended"),
  reopened: () => w("喪失の取消し", "loss taken back"),
};

/** @param {any} preview @param {any} commitButton */
export function listPreview(preview, commitButton) {
  const { counts } = preview;
  return h(
    "section",
    { id: "preview", "aria-labelledby": "preview-title" },
    h("h2", { id: "preview-title", tabindex: "-1" }, w("確かめて、確定する", "Look at it, then commit")),
    h("p", {}, w(`文字コード ${preview.encoding}、${count(counts.rows)}行を読みました。`, `Read as ${preview.encoding}: ${count(counts.rows)} lines.`)),
    h("ul", { class: "counts" }, tile("good", w("登録", "Added"), counts.added), tile("good", w("変更", "Changed"), counts.changed), tile("warn", w("喪失", "Ended"), counts.ended), tile("", w("喪失の取消し", "Losses taken back"), counts.reopened), tile("", w("変更なし", "Unchanged"), counts.unchanged), tile("", w("一覧にない加入者", "Not on the list"), counts.missing), tile("bad", w("エラー", "Errors"), counts.errors), tile("warn", w("確認してください", "Warnings"), counts.warnings)),
    complaints(w("エラー（このままでは確定できません）", "Errors: it cannot be committed like this"), preview.errors),
    complaints(w("確認してください（確定はできます）", "Worth a look: it can be committed"), preview.warnings),
    changes(preview.changes, counts),
    counts.errors ? h("p", { class: "note warn" }, w("エラーを直した一覧を選び直してください。", "Mend the errors and choose the list again.")) : committing(counts, commitButton),
  );
}

function committing(counts, button) {
  const total = counts.added + counts.changed + counts.ended + counts.reopened;
  if (!total) return h("p", { class: "note good" }, w("登録内容と同じです。変わるものはありません。", "It is what the register holds: nothing would change."));
  return h("div", { class: "buttons" }, button);
}

const tile = (look, words, number) => h("li", { class: look }, words, h("b", {}, count(number)));

function complaints(title, found) {
  if (!found.length) return null;
  const columns = [
    { label: w("行", "Line"), isHead: true, cell: (it) => count(it.line), isNumber: true },
    { label: w("項目", "Field"), cell: (it) => fieldMark(it.field) },
    { label: w("理由と直し方", "Reason and cure"), cell: (it) => [said(it.reason), h("br"), w("対処：", "What to do: "), said(it.fix)] },
  ];
  return table(`${title}${first(found.length)}`, columns, found.slice(0, SHOWN));
}

function changes(found, counts) {
  if (!found.length) return null;
  const columns = [
    { label: w("行", "Line"), isHead: true, cell: (it) => count(it.line), isNumber: true },
    { label: w("何を", "What"), cell: (it) => KINDS[it.kind]() },
    { label: w("記号・番号", "Numbers"), cell: (it) => it.numbers },
    { label: w("変わる項目", "Fields"), cell: (it) => it.fields.map((field) => [fieldMark(field), " "]) },
  ];
  const total = counts.added + counts.changed + counts.ended + counts.reopened;
  return h("details", {}, h("summary", {}, w(`変わる行を見る（${count(total)}件）`, `Lines that change something (${count(total)})`)), table(`${w("変わる行", "Lines that change something")}${first(found.length)}`, columns, found.slice(0, SHOWN)));
}

const first = (number) => (number > SHOWN ? w(`（はじめの${SHOWN}件）`, ` (the first ${SHOWN})`) : "");
