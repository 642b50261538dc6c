// What is asked for besides the list: the paper, and a name to do a list again on purpose.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { FORMS } from "./run_words.js";

/** What the certificates are printed on. @param {string} chosen @param {(form: string) => void} choose @param {boolean} isBusy */
export function formChoice(chosen, choose, isBusy) {
  const choices = FORMS.map(([value, words]) =>
    h("label", { class: "choice" }, h("input", { type: "radio", name: "form", id: `form-${value}`, value, checked: value === chosen, onchange: () => choose(value) }), words()),
  );
  return h("fieldset", { disabled: isBusy }, h("legend", {}, w("用紙", "Paper")), h("div", { class: "choices" }, choices));
}

/** A name for this run. @param {string} value @param {(key: string) => void} type */
export function keyField(value, type) {
  return h(
    "details",
    { open: value !== "" },
    h("summary", {}, w("同じ一覧を、あらためて処理したいとき", "To do the same list once more")),
    h("label", { for: "key" }, w("この処理の名前", "A name for this run"), h("span", { class: "hint", id: "key-hint" }, w("通常は空のままにします。同じファイルは何度送っても1つの処理です。もう一度行うときだけ、別の名前（例：2026-12再交付）を付けます。", "Usually empty: the same file is one run however often it is sent. Only to do it again, give another name (such as 2026-12-again)."))),
    h("input", { id: "key", value, maxlength: 64, "aria-describedby": "key-hint", oninput: (event) => type(event.target.value) }),
  );
}
