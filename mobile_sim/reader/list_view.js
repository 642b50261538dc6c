// Today's checks (今日の確認): in memory for the shift alone, searched and exported.

import { time } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { language, w } from "/pages/kit/language.js";
import { lookOf } from "./outcomes.js";

const HEADS = ["time", "outcome", "name", "kana", "birth_on", "insurer_number", "symbol", "number", "branch", "ratio", "on", "check_id"];

/** @param {any[]} checks @param {(answer: any) => void} open @param {() => void} back */
export function listView(checks, open, back) {
  const rows = h("ul", { class: "checks" });
  const draw = (sought) => fill(rows, checks.filter((it) => isSought(it, sought)).map((it) => row(it, open)));
  draw("");
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("今日の確認", "Today's checks")),
    h("label", { for: "sought" }, w("名前・番号でさがす", "Search by name or number")),
    h("input", { id: "sought", type: "search", oninput: ({ target }) => draw(target.value) }),
    checks.length ? rows : h("p", { class: "note" }, w("まだ一件もありません。", "None so far.")),
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => save(checks), disabled: !checks.length }, w("CSV で保存", "Save as CSV")), h("button", { type: "button", onclick: back }, w("戻る（Esc）", "Back (Esc)"))),
    h("p", { class: "note warn" }, w("個人情報です。勤務が終わると、この一覧は消えます。", "Personal data: this list is gone when the shift ends.")),
  ];
}

function row(answer, open) {
  const look = lookOf(answer.outcome);
  return h("li", {}, h("button", { type: "button", class: `check ${look.light}`, onclick: () => open(answer) }, h("span", { class: "number" }, time(answer.checked_at)), h("strong", {}, look[language()]), answer.is_waiting ? h("span", { class: "tag" }, w("照会待ち", "waiting")) : null, answer.person ? name(answer.person.name) : ""));
}

function isSought(answer, sought) {
  const text = [answer.person?.name, answer.person?.kana, answer.coverage?.number].join(" ");
  return text.normalize("NFKC").includes(sought.normalize("NFKC"));
}

function save(checks) {
  const lines = [HEADS, ...checks.map(cells)].map((line) => line.map(quoted).join(","));
  const link = h("a", { download: "checks.csv", href: URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv" })) });
  link.click();
  URL.revokeObjectURL(link.href);
}

function cells({ checked_at, outcome, person, coverage, charge, on, check_id }) {
  return [checked_at, outcome, person?.name, person?.kana, person?.birth_on, coverage?.insurer_number, coverage?.symbol, coverage?.number, coverage?.branch, charge?.ratio_tenths, on, check_id];
}

/** A cell that begins like a formula is none (OWASP, CSV injection). */
function quoted(value) {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
