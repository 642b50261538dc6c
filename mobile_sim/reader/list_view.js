// Today's checks (今日の確認): in memory for the shift alone, searched, filtered, exported.

import { time } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { language, w } from "/pages/kit/language.js";
import { saveChecks } from "./checks_file.js";
import { lookOf } from "./outcomes.js";
import { signOf } from "./verdict_view.js";

/** @type {[string, () => string][]} */
const LIGHTS = [
  ["", () => w("すべて", "All")],
  ["go", () => w("有効", "Valid")],
  ["stop", () => w("無効・該当なし", "Invalid, none found")],
  ["paper", () => w("紙・コードの問題", "Paper or code")],
  ["fraud", () => w("偽造の疑い", "Not genuine")],
  ["unsure", () => w("未確認・要確認", "Not settled")],
];

/** @param {any[]} checks @param {(answer: any) => void} open @param {() => void} back */
export function listView(checks, open, back) {
  const [rows, count] = [h("ul", { class: "checks" }), h("p", { id: "count", class: "muted", role: "status" })];
  const wanted = { sought: "", light: "" };
  const found = () => checks.filter((it) => isWanted(it, wanted));
  const draw = (more) => {
    Object.assign(wanted, more);
    const shown = found();
    fill(rows, shown.map((it) => h("li", {}, row(it, open))));
    count.textContent = shown.length || !checks.length ? w(`${shown.length}件`, `${shown.length} checks`) : w("当てはまる確認はありません。", "None fits.");
  };
  draw({});
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("今日の確認", "Today's checks")),
    h("div", { class: "beside" }, search((sought) => draw({ sought })), filter(checks, (light) => draw({ light }))),
    count,
    checks.length ? rows : h("p", { class: "note" }, w("まだ一件もありません。", "None so far.")),
    h("div", { class: "buttons" }, h("button", { type: "button", id: "save", onclick: () => saveChecks(found()), disabled: !checks.length }, w("この一覧を CSV で保存", "Save these as CSV")), h("button", { type: "button", onclick: back }, w("戻る（Esc）", "Back (Esc)"))),
    h("p", { class: "note warn" }, w("個人情報です。勤務が終わると、この一覧は消えます。", "Personal data: this list is gone when the shift ends.")),
  ];
}

function search(draw) {
  return h("div", {}, h("label", { for: "sought" }, w("名前・番号でさがす", "Search by name or number")), h("input", { id: "sought", type: "search", autocomplete: "off", "data-first": true, oninput: ({ target }) => draw(target.value) }));
}

function filter(checks, draw) {
  const of = (light) => checks.filter((it) => !light || lookOf(it.outcome).light === light).length;
  const choices = LIGHTS.map(([light, words]) => h("option", { value: light }, `${words()}（${of(light)}）`));
  return h("div", {}, h("label", { for: "light" }, w("結果でしぼる", "Only these answers")), h("select", { id: "light", onchange: ({ target }) => draw(target.value) }, choices));
}

function row(answer, open) {
  const look = lookOf(answer.outcome);
  const [word] = look[language()].split(/　|: /);
  const who = answer.person ? h("span", { class: "whose" }, name(answer.person.name)) : null;
  return h(
    "button",
    { type: "button", class: `check ${look.light}`, "data-outcome": answer.outcome, onclick: () => open(answer) },
    h("span", { class: "field" }, signOf(look)),
    h("span", { class: "number" }, time(answer.checked_at)),
    h("strong", {}, word),
    answer.is_waiting ? h("span", { class: "tag" }, w("照会待ち", "waiting")) : null,
    who,
    answer.charge?.ratio_label ? h("span", { class: "push" }, answer.charge.ratio_label) : null,
  );
}

function isWanted(answer, { sought, light }) {
  if (light && lookOf(answer.outcome).light !== light) return false;
  const { person, coverage, document } = answer;
  const text = [person?.name, person?.kana, person?.birth_on, coverage?.symbol, coverage?.number, document?.serial].join(" ");
  return folded(text).includes(folded(sought));
}

/** Widths, case and spaces do not count in a search. */
const folded = (text) => text.normalize("NFKC").toUpperCase().replaceAll(/[\s-]/g, "");
