// Typing the numbers (番号入力) when there is nothing to scan.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { birthField, birthOn } from "./birth_field.js";
import { digitsHelp, insurersKind } from "./insurer_digits.js";

/**
 * The form; `onNumbers` gets what the check's door asks for.
 * @param {string} today YYYY-MM-DD @param {Record<string, string>} known what was typed before @param {(numbers: object) => void} onNumbers @param {() => void} back
 */
export function numbersView(today, known, onNumbers, back) {
  const send = (event) => {
    event.preventDefault();
    const { birth_on, ...typed } = Object.fromEntries(new FormData(event.target));
    const said = Object.entries(typed).filter(([, text]) => text !== "");
    onNumbers({ ...Object.fromEntries(said), birth_on: birthOn(String(birth_on)) });
  };
  return h(
    "form",
    { class: "card narrow", onsubmit: send, "aria-labelledby": "numbers-title" },
    h("h1", { id: "numbers-title", tabindex: "-1" }, w("番号で確認する", "Check by numbers")),
    insurerField(known.insurer_number),
    field("symbol", w("記号（なければ空欄）", "Symbol (empty if none)"), { value: known.symbol ?? "" }),
    h("div", { class: "beside" }, field("number", w("番号", "Number"), { required: true, value: known.number ?? "" }), field("branch", w("枝番（なければ空欄）", "Branch (empty if none)"), { inputmode: "numeric", maxlength: 2, value: known.branch ?? "" })),
    birthField(today, known.birth_on),
    h("div", { class: "buttons" }, h("button", { class: "first" }, w("確認する（Enter）", "Check (Enter)")), h("button", { type: "button", onclick: back }, w("戻る（Esc）", "Back (Esc)"))),
  );
}

function insurerField(known = "") {
  const [help, kind] = [h("p", { id: "insurer-help", class: "error", "aria-live": "polite" }), h("p", { id: "insurer-kind", class: "told", "aria-live": "polite" })];
  const listen = ({ target }) => {
    help.textContent = digitsHelp(target.value);
    kind.textContent = insurersKind(target.value);
    target.setAttribute("aria-invalid", String(help.textContent !== ""));
  };
  const more = { inputmode: "numeric", required: true, "aria-describedby": "insurer-help insurer-kind", "data-first": true, oninput: listen, value: known };
  return h("div", {}, field("insurer_number", w("保険者番号", "Insurer's number"), more), help, kind);
}

function field(id, label, attributes) {
  const input = h("input", { id, name: id, autocomplete: "off", ...attributes });
  return h("div", {}, h("label", { for: id }, label), input);
}
