// Numbers over time: what clinics were answered, papers issued and withdrawn, phones.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { bars, onWidth } from "./chart.js";
import { save } from "./download.js";
import { csv, GROUPS, PAPERS, PHONES, spans, sum } from "./figures.js";
import { problemBox } from "./problem_box.js";
import { count } from "./run_words.js";
import { table } from "./table.js";

const CHOICES = [7, 30, 90, 366];

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function figuresPage(desk) {
  const acting = new Acting(desk.redraw);
  const state = { days: 30, told: /** @type {any[]|null} */ (null) };

  let asked = 0;

  async function load(days = state.days) {
    const own = ++asked;
    const told = await desk.ask("GET", `/v1/insurer/figures?days=${days}`);
    if (own === asked) Object.assign(state, { days, told: told.days }); // else others are wanted by now
  }

  onWidth(desk.redraw);
  const choose = (days) => () => acting.instead(`days-${days}`, async () => {
    await load(days);
    desk.say(w(`${days}日間の件数です。`, `The last ${days} days.`));
  });

  function choices() {
    const button = (days) => h("button", { type: "button", id: `days-${days}`, "aria-pressed": String(days === state.days), onclick: choose(days) }, w(`${days}日`, `${days} days`));
    return h("div", { class: "buttons", role: "group", "aria-label": w("期間", "Period") }, CHOICES.map(button), state.told && h("button", { type: "button", id: "csv", class: "quiet", onclick: () => save(csv(state.told ?? []), `figures-${state.days}.csv`) }, w("CSVで保存", "Save as CSV")));
  }

  return {
    title: () => w("件数の推移", "Numbers over time"),
    load: () => load(),
    draw: () => [choices(), problemBox(acting.trouble), state.told !== null && charts(state.told)],
  };
}

function charts(days) {
  const each = spans(days);
  return [
    chart("checks", w("資格確認（結果別）", "Checks by outcome"), GROUPS, each),
    chart("papers", w("資格確認書", "Certificates"), PAPERS, each),
    chart("phones", w("登録されたスマホ", "Phones activated"), PHONES, each),
  ];
}

function chart(id, title, series, each) {
  const total = each.reduce((before, span) => before + sum(series, span), 0);
  const body = total ? [bars(id, title, series, each), legend(series, each)] : h("p", { class: "muted" }, w("この期間にはありません。", "None in this period."));
  return h("section", { class: "card", "aria-labelledby": `${id}-title` }, h("h2", { class: "plain", id: `${id}-title` }, title), body, total > 0 && asTable(title, series, each));
}

function legend(series, each) {
  const swatch = (it, place) => h("li", {}, h("span", { class: `key ink-${place + 1} pattern-${place + 1}`, "aria-hidden": "true" }), `${it.label()} `, h("b", {}, count(each.reduce((before, span) => before + it.of(span), 0))));
  return h("ul", { class: "legend" }, series.map(swatch));
}

function asTable(title, series, each) {
  const columns = [{ label: w("期間", "Period"), isHead: true, cell: (span) => span.words() }, ...series.map((it) => ({ label: it.label(), isNumber: true, cell: (span) => count(it.of(span)) }))];
  return h("details", {}, h("summary", {}, w("表で見る", "As a table")), table(title, columns, [...each].reverse()));
}
