// The first page: what waits for whoever signs in, each with the one next thing to do.

import { h } from "/pages/kit/dom.js";
import { day, dayOf } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";
import { freshness, reasonsToAct, task } from "./today_tasks.js";
import { colleagueTasks, goingOn } from "./today_runs.js";
import { Watch } from "./watch.js";

const SOON_MS = 5_000;
const RARELY_MS = 60_000;

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function todayPage(desk) {
  /** @type {any[]|null} */
  let runs = null;
  const watch = new Watch();

  async function look(ask) {
    const [told] = await Promise.all([ask("/v1/insurer/runs"), desk.waiting.load(ask)]);
    runs = told.runs;
    const isMoving = told.runs.some((run) => run.state === "ready" || run.state === "receiving");
    watch.after(isMoving ? SOON_MS : RARELY_MS, again);
  }

  async function again() {
    await look((path) => desk.watch(path)).catch(() => watch.after(RARELY_MS, again));
    if (watch.isOn) desk.redraw();
  }

  return {
    title: () => w("きょうの仕事", "Today"),
    load: () => {
      watch.begin();
      return look((path) => desk.ask("GET", path));
    },
    leave: () => watch.end(),
    draw: () => runs && desk.waiting.told && whole(runs, desk.waiting.told, desk.now()),
  };
}

function whole(runs, told, now) {
  const waiting = [...colleagueTasks(runs), ...reasonsToAct(told, now)];
  return [
    h("p", { class: "muted" }, longDay(now)),
    h("section", { id: "waiting", "aria-labelledby": "waiting-title" }, h("h2", { id: "waiting-title" }, w("あなたを待っているもの", "What waits for you")), waiting.length ? h("ul", { class: "tasks" }, waiting.map(task)) : nothing()),
    goingOn(runs),
    freshness(told, now),
  ];
}

const longDay = (now) => day(dayOf(now));

const nothing = () => h("p", { class: "note good" }, w("いま待っているものはありません。", "Nothing waits for you now."));
