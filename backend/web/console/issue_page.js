// Certificates for a list: chosen, looked at line by line, begun. Nothing is done before.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { formChoice, keyField } from "./issue_fields.js";
import { ListRun } from "./list_run.js";
import { count } from "./run_words.js";

const DOOR = "/v1/insurer/runs";

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function issuePage(desk) {
  const state = { form: "a4" };
  const list = new ListRun(desk, {
    path: (step) => `${DOOR}${step}?form=${state.form}`,
    words: previewWords,
    begin: () => w("交付を始めています", "Beginning to issue"),
  });

  const choose = (form) => {
    state.form = form;
    list.changed();
  };

  return {
    title: () => w("資格確認書をまとめて交付", "Issue certificates by list"),
    hasUnsent: () => list.hasUnsent,
    draw: () => [
      h("p", {}, w("加入者の一覧（記号・番号と生年月日）から、資格確認書が必要な方にだけ{交付|こうふ}します。まず内容を確かめます。確かめるだけでは何も書き込まれません。", "From a list of members (numbers and birth date) certificates go only to those who need one. You look at it first; that alone writes nothing.")),
      list.trouble(),
      h("h2", {}, w("1. 一覧を選ぶ", "1. Choose the list")),
      list.chooser(),
      h("h2", {}, w("2. 用紙を選ぶ", "2. Choose the paper")),
      formChoice(state.form, choose, list.isBusy),
      list.looking(),
      list.preview.draw(list.named(keyField), list.beginButton(beginWords)),
    ],
  };
}

const previewWords = () => ({
  title: w("3. 確かめて、交付する", "3. Look at it, then issue"),
  done: w("交付する", "To be issued"),
  skipped: w("対象外（交付しない）", "Skipped"),
  rejected: w("エラー（直せば交付できる）", "Rejected: can be mended"),
  effect: w("押すとすぐに交付が始まります。交付した資格確認書は、あとから失効・停止できます。", "It begins at once. What is issued can be withdrawn or suspended later."),
});

function beginWords(preview) {
  const done = count(preview.counts.done);
  return preview.awaits_approval ? w(`${done}件の交付を申請する（承認待ちになります）`, `Submit ${done} for approval`) : w(`${done}件を交付する`, `Issue ${done}`);
}
