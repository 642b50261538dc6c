// Typing the numbers (番号入力) when there is nothing to scan.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { digitsHelp } from "./insurer_digits.js";

/** The form; `onNumbers` gets what the check's door asks for. @param {(numbers: object) => void} onNumbers @param {() => void} back */
export function numbersView(onNumbers, back) {
  const help = h("p", { id: "insurer-help", class: "error", "aria-live": "polite" });
  const insurer = field("insurer_number", w("保険者番号", "Insurer's number"), { inputmode: "numeric", required: true, "aria-describedby": "insurer-help" });
  insurer.lastChild.addEventListener("input", ({ target }) => {
    help.textContent = digitsHelp(target.value);
    target.setAttribute("aria-invalid", String(help.textContent !== ""));
  });
  const send = (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.target));
    onNumbers(Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== "")));
  };
  return h(
    "form",
    { class: "card", onsubmit: send, "aria-labelledby": "numbers-title" },
    h("h1", { id: "numbers-title", tabindex: "-1" }, w("番号で確認する", "Check by numbers")),
    insurer,
    help,
    field("symbol", w("記号（なければ空欄）", "Symbol (empty if none)"), {}),
    field("number", w("番号", "Number"), { required: true }),
    field("branch", w("枝番（なければ空欄）", "Branch (empty if none)"), { inputmode: "numeric", maxlength: 2 }),
    field("birth_on", w("生年月日", "Date of birth"), { type: "date", required: true, min: "1870-01-01" }),
    h("div", { class: "buttons" }, h("button", { class: "first" }, w("確認する", "Check")), h("button", { type: "button", onclick: back }, w("戻る（Esc）", "Back (Esc)"))),
  );
}

function field(id, label, attributes) {
  const input = h("input", { id, name: id, autocomplete: "off", ...attributes });
  return h("div", {}, h("label", { for: id }, label), input);
}
