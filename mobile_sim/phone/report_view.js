// お知らせ: "this is not me", "my data is wrong", "I do not know this check", to the insurer.

import { instant } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { said, w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { troubleNote } from "./trouble_note.js";

const DOOR = "/v1/patient/reports";
const LONGEST = 500;
/** @type {[string, () => string][]} */
const KINDS = [
  ["not-me", () => w("これは私ではありません", "This is not me")],
  ["wrong-name", () => w("名前が違います", "My name is wrong")],
  ["wrong-birth-date", () => w("生年月日が違います", "My birth date is wrong")],
  ["wrong-insurer", () => w("保険が違います", "My insurance is wrong")],
  ["wrong-copay", () => w("負担割合が違います", "The share I pay is wrong")],
  ["unknown-check", () => w("心当たりのない確認があります", "I do not know a check")],
  ["other", () => w("そのほか", "Something else")],
];

/** @param {any} connection @param {number|null} about a check of the history */
export function reportView(connection, about) {
  const told = h("p", { role: "status" });
  const trouble = h("div", {});
  const own = h("div", {});
  const send = async (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.target));
    const text = String(typed.text).replaceAll(/\s+/g, " ").trim();
    const body = { kind: typed.kind, ...(text ? { text } : {}), ...(about === null ? {} : { about }) };
    try {
      await connection.ask("POST", DOOR, body);
      event.target.reset();
      fill(trouble);
      fill(told, h("span", { class: "note good" }, w("保険者に届きました。", "Your insurer has it.")));
      void showOwn(connection, own);
    } catch (error) {
      fill(trouble, troubleNote(troubleWords(error), null));
    }
  };
  void showOwn(connection, own);
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("違うとき・困ったとき", "If something is wrong")),
    h("form", { onsubmit: send }, choices(about), h("label", { for: "text" }, w("くわしく（なくてもかまいません）", "More (optional)")), h("textarea", { id: "text", name: "text", rows: 4, maxlength: LONGEST }), trouble, h("div", { class: "buttons" }, h("button", { class: "first wide" }, w("保険者に知らせる", "Tell the insurer")))),
    told,
    own,
  ];
}

function choices(about) {
  const first = about === null ? "not-me" : "unknown-check";
  return h("fieldset", {}, h("legend", {}, w("どうしましたか", "What is wrong?")), KINDS.map(([value, words]) => h("label", { class: "choice" }, h("input", { type: "radio", name: "kind", value, checked: value === first }), words())));
}

async function showOwn(connection, place) {
  const { reports } = await connection.ask("GET", DOOR).catch(() => ({ reports: [] }));
  fill(place, reports.length ? h("h2", {}, w("送ったお知らせ", "What you sent")) : null, reports.map(card));
}

function card(report) {
  const words = KINDS.find(([kind]) => kind === report.kind)?.[1]() ?? report.kind;
  return h("div", { class: "card" }, h("p", { class: "small muted" }, instant(report.filed_at)), h("p", {}, h("strong", {}, words), " ", report.text ?? ""), report.answers.map((it) => h("p", { class: "note" }, w("保険者から: ", "The insurer: "), it.text)));
}
