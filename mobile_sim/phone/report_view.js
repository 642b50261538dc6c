// お知らせ: "this is not me", "my data is wrong", "I do not know this check", to the insurer.

import { instant } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { forgetTyped, lastingForm, typedIn } from "./lasting_form.js";
import { titleOf } from "./title.js";
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
  const form = `report of ${connection.clientId}`;
  const forget = (text) => {
    forgetTyped(form);
    text.value = "";
  };
  const send = async (typed, { text }) => {
    try {
      await connection.ask("POST", DOOR, asked(typed));
      if (text.value === typed.text) forget(text); // what was added since stays
      fill(trouble);
      fill(told, h("span", { class: "note good" }, w("保険者に届きました。", "Your insurer has it.")));
      void showOwn(connection, own);
    } catch (error) {
      fill(trouble, troubleNote(troubleWords(error), null));
    }
  };
  void showOwn(connection, own);
  return [
    titleOf(w("違うとき・困ったとき", "If something is wrong")),
    lastingForm(form, send, fields(begun(typedIn(form), about)), trouble, h("div", { class: "buttons" }, h("button", { class: "first wide" }, w("保険者に知らせる", "Tell the insurer")))),
    told,
    own,
  ];
}

/** What was being written, about the check that was chosen last. */
function begun(typed, about) {
  if (about === null || typed.about === String(about)) return { kind: "not-me", text: "", about: "", ...typed };
  return { kind: "unknown-check", text: typed.text ?? "", about };
}

function fields({ kind, text, about }) {
  const choice = ([value, words]) => h("label", { class: "choice" }, h("input", { type: "radio", name: "kind", value, checked: value === kind }), words());
  return [
    h("input", { type: "hidden", name: "about", value: about }),
    about === "" ? null : h("p", { class: "note" }, w("履歴で選んだ確認についてのお知らせです。", "It is about the check that you chose in the history.")),
    h("fieldset", {}, h("legend", {}, w("どうしましたか", "What is wrong?")), KINDS.map(choice)),
    h("label", { for: "text" }, w("くわしく（なくてもかまいません）", "More (optional)")),
    h("textarea", { id: "text", name: "text", rows: 4, maxlength: LONGEST, value: text }),
  ];
}

function asked({ kind, text, about }) {
  const words = text.replaceAll(/\s+/g, " ").trim();
  return { kind, ...(words ? { text: words } : {}), ...(about === "" ? {} : { about: Number(about) }) };
}

async function showOwn(connection, place) {
  const { reports } = await connection.ask("GET", DOOR).catch(() => ({ reports: [] }));
  fill(place, reports.length ? h("h2", {}, w("送ったお知らせ", "What you sent")) : null, reports.map(card));
}

function card(report) {
  const words = KINDS.find(([kind]) => kind === report.kind)?.[1]() ?? report.kind;
  return h("div", { class: "card" }, h("p", { class: "small muted" }, instant(report.filed_at)), h("p", {}, h("strong", {}, words), " ", report.text ?? ""), report.answers.map((it) => h("p", { class: "note" }, w("保険者から: ", "The insurer: "), it.text)));
}
