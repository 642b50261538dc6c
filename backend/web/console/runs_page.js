// All bulk runs of the insurer, the newest first: what each is doing, what waits for whom.

import { h, name } from "/pages/kit/dom.js";
import { instant } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { problemBox } from "./problem_box.js";
import { count, runKind, stateBadge } from "./run_words.js";
import { table } from "./table.js";
import { Watch } from "./watch.js";

const DOOR = "/v1/insurer/runs";
const EVERY_MS = 5_000;

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function runsPage(desk) {
  const acting = new Acting(desk.redraw);
  /** @type {Map<string, any>} every run that was told, as it was told last */
  const runs = new Map();
  /** @type {string|null|undefined} where the next page begins; undefined before the first */
  let next;
  const watch = new Watch();

  function take(told) {
    for (const run of told.runs) runs.set(run.run_id, run);
  }

  async function more() {
    const told = await desk.ask("GET", `${DOOR}?before=${next}`);
    take(told);
    next = told.next;
  }

  async function look(ask) {
    const told = await ask(DOOR);
    take(told);
    if (next === undefined) next = told.next;
    if (told.runs.some((run) => run.state === "ready" || run.state === "receiving")) watch.after(EVERY_MS, again);
  }

  async function again() {
    await look((path) => desk.watch(path)).catch(() => watch.after(2 * EVERY_MS, again));
    if (watch.isOn) desk.redraw();
  }

  return {
    title: () => w("一括処理の状況", "Runs"),
    load: () => {
      watch.begin();
      return look((path) => desk.ask("GET", path));
    },
    leave: () => watch.end(),
    draw: () => {
      if (next === undefined) return null;
      if (!runs.size) return none();
      const newestFirst = [...runs.values()].sort((one, other) => other.made_at.localeCompare(one.made_at));
      return [problemBox(acting.trouble), awaited(newestFirst), list(newestFirst), next && h("div", { class: "buttons" }, acting.button("more", w("前の処理も表示", "Show earlier runs"), more))];
    },
  };
}

function awaited(runs) {
  const mine = runs.filter((run) => run.may_approve).length;
  if (!mine) return null;
  return h("p", { class: "note warn" }, w(`あなたの承認を待つ処理が${mine}件あります。`, `${mine} of these await your approval.`));
}

function list(runs) {
  const columns = [
    { label: w("内容", "What"), cell: (run) => [h("a", { href: `#/runs/${run.run_id}` }, runKind(run)), h("br"), h("span", { class: "under" }, instant(run.made_at))], isHead: true },
    { label: w("状態", "State"), cell: stateBadge },
    { label: w("進み具合", "Progress"), cell: (run) => `${count(run.counts.decided)} / ${count(run.lines)}`, isNumber: true },
    { label: w("交付・実行", "Done"), cell: (run) => count(run.counts.done), isNumber: true },
    { label: w("対象外", "Skipped"), cell: (run) => count(run.counts.skipped), isNumber: true },
    { label: w("エラー", "Rejected"), cell: (run) => count(run.counts.rejected), isNumber: true },
    { label: w("作成", "Made by"), cell: (run) => name(run.made_by_name || run.made_by) },
  ];
  return table(w(`一括処理の一覧（新しい順、${runs.length}件）`, `${runs.length} runs, the newest first`), columns, runs);
}

function none() {
  return h(
    "div",
    { class: "card empty" },
    h("h2", { class: "plain" }, w("一括処理はまだありません", "No runs yet")),
    h("p", {}, w("加入者の一覧（CSV・Excel）から資格確認書をまとめて交付すると、ここで進み具合を確かめ、結果と印刷ファイルを受け取れます。", "When you issue certificates from a list (CSV or Excel), you follow it here and take its results and print files.")),
    h("div", { class: "buttons" }, h("a", { class: "button", href: "#/issue" }, w("資格確認書をまとめて交付", "Issue certificates"))),
  );
}
