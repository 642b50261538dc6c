// Bulk runs on the first page: those to approve, those under way, those a colleague must see.

import { instant } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { count, howLong, runKind } from "./run_words.js";

/** Runs that this operator may approve. @param {any[]} runs @returns {import("./today_tasks.js").Task[]} */
export function colleagueTasks(runs) {
  return runs.filter((run) => run.may_approve).map((run) => ({
    look: "warn",
    words: [w("承認待ち：", "To approve: "), runKind(run), w(` ${count(run.lines)}行`, `, ${count(run.lines)} lines`)],
    detail: [w("作成：", "Made by "), name(run.made_by_name || run.made_by), w("、", ", "), instant(run.made_at)],
    step: [`#/runs/${run.run_id}`, w("内容を見て承認する", "Look and approve")],
  }));
}

/** Runs that need nobody here now. @param {any[]} runs */
export function goingOn(runs) {
  const moving = runs.filter((run) => ["ready", "receiving"].includes(run.state) || (run.state === "awaiting-approval" && !run.may_approve));
  if (!moving.length) return null;
  return h("section", { id: "going-on", "aria-labelledby": "going-on-title" }, h("h2", { id: "going-on-title" }, w("進行中の一括処理", "Bulk runs under way")), h("ul", { class: "tasks" }, moving.map(going)));
}

function going(run) {
  const isOwn = run.state === "awaiting-approval";
  const { decided } = run.counts;
  const bar = h("progress", { max: Math.max(run.lines, 1), value: decided, "aria-label": runKind(run) });
  const left = run.seconds_left === null ? w("順番を待っています", "waiting for its turn") : w(`残り${howLong(run.seconds_left)}`, `${howLong(run.seconds_left)} left`);
  const words = isOwn ? w("同僚の承認を待っています", "A colleague must approve it") : w(`${count(decided)} / ${count(run.lines)} 行、${left}`, `${count(decided)} of ${count(run.lines)} lines, ${left}`);
  return h("li", { class: "task" }, h("div", {}, h("p", { class: "strong" }, runKind(run)), isOwn ? null : bar, h("p", { class: "muted" }, words)), h("a", { class: "button", href: `#/runs/${run.run_id}` }, w("状況を見る", "Look at it")));
}
