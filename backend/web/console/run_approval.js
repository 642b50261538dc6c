// A run that waits for a second person: what it would do, looked at before it is approved.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { LONG_MS } from "./desk.js";
import { RunPreview } from "./run_preview.js";
import { count } from "./run_words.js";
import { STEP_WORDS } from "./withdraw_words.js";

/** @param {import("./desk.js").Desk} desk @param {string} door @param {string} id @param {import("./acting.js").Acting} acting @param {() => any} run */
export function runApproval(desk, door, id, acting, run) {
  const preview = new RunPreview(desk, acting, () => words(run()), () => ({ path: `${door}/preview/lines?encoding=utf-8`, name: id }));

  async function look() {
    preview.take(await desk.ask("GET", `${door}/preview`, undefined, LONG_MS));
    desk.say(w("確認の結果が出ました。", "The preview is ready."));
  }

  function draw(run, buttons) {
    const first = run.may_approve && !preview.told ? "first" : "";
    return [
      h("p", { class: "note warn" }, waits(run)),
      h("p", { class: "strong" }, w(`一覧は${count(run.lines)}行です。まだ何も行われていません。`, `The list has ${count(run.lines)} lines. Nothing is done yet.`)),
      preview.told ? [preview.draw(null, buttons), preview.told.counts.done ? null : buttons] : [h("div", { class: "buttons" }, acting.button("look", w("内容を確かめる", "Look at what it would do"), look, { class: first })), buttons],
    ];
  }

  return { draw, hasLooked: () => preview.told !== null };
}

function waits(run) {
  if (run.may_approve) return w("件数が多いため承認が必要です。内容を確かめて、承認するか取り消してください。", "It is large and needs an approval. Look at what it would do, then approve or cancel it.");
  return w("あなたが作成した処理です。二重の確認のため、別の担当者の承認を待っています。同僚にこの画面を開いてもらってください。", "You made this run. A colleague must approve it, so that two people have looked at it: ask one to open this page.");
}

function words(run) {
  const own = run.kind === "issue" ? ISSUE() : STEP_WORDS[run.asked.split(":")[0]].preview();
  return { ...own, title: w("承認すると行われること", "What happens once it is approved"), approval: own.effect };
}

const ISSUE = () => ({
  title: "",
  done: w("交付する", "To be issued"),
  skipped: w("対象外（交付しない）", "Skipped"),
  rejected: w("エラー（交付できない）", "Rejected"),
  effect: w("承認するとすぐに交付が始まります。交付した資格確認書は、あとから失効・停止できます。", "It begins once approved. What is issued can be withdrawn or suspended later."),
});
