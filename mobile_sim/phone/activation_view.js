// 有効化: the letter's code makes this browser the person's phone.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { insurerToAsk } from "./insurer_contact.js";
import { installView, isInstalled } from "./install_view.js";
import { codeOfAddress, grouped } from "./letter_code.js";
import { letterScan } from "./letter_scan.js";
import { activate } from "./people.js";
import { session } from "./session.js";

let isWithout = false; // they went on without installing
let typed = codeOfAddress() ?? ""; // stays while views change
/** Draws the shown view anew. @type {() => void} */
let changed = () => {};

addEventListener("hashchange", () => {
  typed = codeOfAddress() ?? typed;
  changed();
});

/** @param {(person: any) => void} onActive @param {string} told what happened before */
export function activationView(onActive, told) {
  const place = h("div", {});
  const show = (view) => (fill(place, view), /** @type {any} */ (place.querySelector("h1"))?.focus());
  const form = () => ((changed = form), show(codeForm(onActive, told, scan)));
  const scan = () => show(letterScan((code) => ((typed = code), form(), place.querySelector("form").requestSubmit()), form));
  const install = () => show(installView(() => ((isWithout = true), form()), (changed = install), typed !== ""));
  if (isInstalled() || isWithout || told || session.person) form();
  else install();
  return place;
}

function codeForm(onActive, told, scan) {
  const trouble = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "first wide", id: "begin" }, w("はじめる", "Begin"));
  const send = async (event) => {
    event.preventDefault();
    button.disabled = true;
    fill(trouble);
    await activate(typed, { name: w("わたしのスマホ", "My phone") }).then(done, (error) => (trouble.textContent = troubleWords(error)));
    button.disabled = false;
    if (trouble.textContent) event.target.code.focus();
  };
  const done = (person) => ((typed = ""), (changed = () => {}), onActive(person));
  return h(
    "form",
    { onsubmit: send, "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, told ? w("もう一度、登録してください", "Please register again") : w("スマホ保険証をはじめる", "Begin with your phone")),
    told ? h("div", { class: "note warn" }, h("p", {}, told), h("div", { class: "buttons" }, insurerToAsk())) : null,
    h("div", { class: "buttons" }, h("button", { type: "button", class: typed ? "wide" : "first wide", id: "scan", onclick: scan }, w("お手紙のQRコードを読み取る", "Scan the letter's QR code"))),
    h("label", { for: "code" }, w("または、コードを入力（12文字）", "Or type the code (12 characters)")),
    h("input", { id: "code", name: "code", value: typed, required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint", oninput: written }),
    h("p", { id: "code-hint", class: "hint" }, w("例: 7K2M-0QX4-9TZB　O と 0、I と 1 はどちらでもかまいません。", "Such as 7K2M-0QX4-9TZB; O or 0, I or 1 are the same.")),
    trouble,
    h("div", { class: "buttons" }, button),
  );
}

function written({ target }) {
  const isAtEnd = target.selectionStart === target.value.length;
  if (isAtEnd) target.value = grouped(target.value);
  typed = target.value;
}
