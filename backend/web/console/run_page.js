// One run: how far it is, what may be done with it, and the files that it gave.

import { h, name } from "/pages/kit/dom.js";
import { instant } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { ask } from "./dialog.js";
import { problemBox } from "./problem_box.js";
import { runFiles } from "./run_files.js";
import { runApproval } from "./run_approval.js";
import { RunProgress } from "./run_progress.js";
import { count, runKind, stateBadge } from "./run_words.js";

/** @param {import("./desk.js").Desk} desk @param {string} id @returns {import("./routes.js").Page} */
export function runPage(desk, id) {
  const door = `/v1/insurer/runs/${id}`;
  const acting = new Acting(desk.redraw);
  const progress = new RunProgress(desk, door, () => files.load(progress.run).catch(() => null).finally(desk.redraw));
  const files = runFiles(desk, door, id, acting);

  const approving = runApproval(desk, door, id, acting, () => progress.run);

  const step = (name) => async () => progress.take(await desk.ask("POST", `${door}/${name}`));

  async function load() {
    await progress.load();
    await files.load(progress.run);
  }

  async function turn(name, words) {
    await ask({ ...words, act: step(name) });
    await files.load(progress.run).catch(() => null); // they can be asked for again
    desk.redraw();
  }

  function buttons(run) {
    const approve = () => turn("approve", approveWords(run));
    const cancel = () => turn("cancel", cancelWords(run));
    const canStop = run.state === "ready" || run.state === "awaiting-approval";
    return h(
      "div",
      { class: "buttons" },
      run.may_approve && h("button", { type: "button", id: "approve", class: approving.hasLooked() ? "first" : "", onclick: approve }, w("承認する", "Approve")),
      canStop && h("button", { type: "button", id: "cancel", class: "danger", onclick: cancel }, w("取り消す", "Cancel")),
      run.state === "cancelled" && run.counts.decided < run.lines && acting.button("resume", w("続きから再開", "Go on from there"), step("resume"), { class: "first" }),
    );
  }

  return {
    title: () => (progress.run ? runKind(progress.run) : w("一括処理", "Run")),
    load,
    leave: () => progress.rest(),
    draw: () => {
      const run = progress.run;
      if (!run) return null;
      const top = [h("p", {}, stateBadge(run)), problemBox(acting.trouble)];
      if (run.state === "awaiting-approval") return [top, progress.draw(), approving.draw(run, buttons(run)), facts(run, id)];
      return [top, progress.draw(), buttons(run), files.draw(run), facts(run, id)];
    },
  };
}

function facts(run, id) {
  const rows = [
    [w("作成", "Made"), [instant(run.made_at), w("、", ", "), name(run.made_by_name || run.made_by)]],
    run.approved_by && [w("承認", "Approved by"), name(run.approved_by_name || run.approved_by)],
    run.ended_at && [w("終了", "Ended"), instant(run.ended_at)],
    [w("処理番号", "Run"), h("code", {}, id)],
  ];
  return [h("h2", {}, w("記録", "Record")), h("dl", { class: "facts" }, rows.filter(Boolean).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]))];
}

const approveWords = (run) => ({
  title: () => w("この処理を承認しますか", "Approve this run?"),
  body: () => [
    h("p", {}, w(`${runKind(run)}。${count(run.lines)}行の一覧です。承認するとすぐに始まり、あなたの名前が記録に残ります。`, `${runKind(run)}, a list of ${count(run.lines)} lines. It begins at once, and your name stays on record.`)),
    h("p", {}, w("作成：", "Made by "), name(run.made_by_name || run.made_by), w("、", ", "), instant(run.made_at)),
  ],
  label: () => w("承認する", "Approve"),
});

const cancelWords = (run) => ({
  title: () => w("この処理を取り消しますか", "Cancel this run?"),
  body: () => h("p", {}, w(`ここまでの${count(run.counts.done)}件はそのまま有効です。残りは行われず、あとで続きから再開できます。`, `The ${count(run.counts.done)} done so far stay as they are. The rest is left undone, and can go on later.`)),
  label: () => w("取り消す", "Cancel the run"),
  leave: () => w("続ける", "Let it go on"),
  isDanger: true,
});
