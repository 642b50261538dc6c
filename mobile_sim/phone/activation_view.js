// 有効化: the letter's code makes this browser the person's phone.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { delegateFields, forgetWhose, learnWhose, offerIn } from "./delegate_fields.js";
import { insurerToAsk } from "./insurer_contact.js";
import { installView, isInstalled } from "./install_view.js";
import { codeOfAddress, grouped } from "./letter_code.js";
import { letterScan } from "./letter_scan.js";
import { activate } from "./people.js";
import { phoneName } from "./phone_name.js";
import { go, person, session } from "./session.js";
import { troubleOf } from "./trouble_note.js";
import { wayBack } from "./way_back.js";

let isWithout = false; // they went on without installing
let typed = codeOfAddress() ?? ""; // stays while views change

/** Whether the address brought a code, or one was typed. */
export const hasCode = () => typed !== "";

addEventListener("hashchange", () => {
  const code = codeOfAddress();
  if (!code) return;
  typed = code;
  go(person() ? "add" : "activation", { told: session.told });
});

/**
 * @param {(person: any) => void} onActive
 * @param {(() => any)|null} told what happened before
 * @param {(() => void)|null} [onBack] where somebody is on this phone already
 */
export function activationView(onActive, told, onBack = null) {
  const place = h("div", {});
  const show = (view) => (fill(place, view), /** @type {any} */ (place.querySelector("h1"))?.focus());
  const form = () => (wayBack(onBack), show(codeForm(onActive, told, onBack, scan)));
  const scan = () => (wayBack(form), show(letterScan((code) => ((typed = code), form(), place.querySelector("form").requestSubmit()), form)));
  const install = () => show(installView(() => ((isWithout = true), form()), install, typed !== ""));
  if (isInstalled() || isWithout || told || onBack) form();
  else install();
  return place;
}

function codeForm(onActive, told, onBack, scan) {
  const trouble = h("div", {});
  const whose = h("div", {}, delegateFields(onBack !== null));
  const button = h("button", { class: "first wide", id: "begin" }, w("はじめる", "Begin"));
  const send = async (event) => {
    event.preventDefault();
    button.disabled = true;
    fill(trouble);
    await activate(typed, { name: phoneName(), ...offerIn(event.target) }).then(done, failed);
    button.disabled = false;
  };
  const failed = (error) => {
    const more = learnWhose(error);
    fill(trouble, more ? h("p", { class: "error", role: "alert" }, more) : troubleOf(error));
    if (more) fill(whose, delegateFields(onBack !== null));
    /** @type {any} */ (place.querySelector(more ? "#delegate" : "#code")).focus();
  };
  const done = (newcomer) => ((typed = ""), forgetWhose(), onActive(newcomer));
  const place = h(
    "form",
    { onsubmit: send, "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, title(told, onBack)),
    told ? h("div", { class: "note warn" }, h("p", {}, told()), insurerToAsk()) : null,
    whose,
    h("div", { class: "buttons" }, h("button", { type: "button", class: typed ? "wide" : "first wide", id: "scan", onclick: scan }, w("お手紙のQRコードを読み取る", "Scan the letter's QR code"))),
    h("label", { for: "code" }, w("または、コードを入力（12文字）", "Or type the code (12 characters)")),
    h("input", { id: "code", name: "code", value: typed, required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint", oninput: written }),
    h("p", { id: "code-hint", class: "hint" }, w("例: 7K2M-0QX4-9TZB　O と 0、I と 1 はどちらでもかまいません。", "Such as 7K2M-0QX4-9TZB; O or 0, I or 1 are the same.")),
    trouble,
    h("div", { class: "buttons" }, button, onBack ? h("button", { type: "button", onclick: onBack }, w("やめる", "Cancel")) : null),
    onBack ? null : h("button", { type: "button", class: "quiet back", id: "to-desk", onclick: () => go("desk") }, w("登録できないが、いま窓口にいる", "I cannot begin, but I am at the desk now")),
  );
  return place;
}

function title(told, onBack) {
  if (onBack) return w("人を追加する", "Add a person");
  return told ? w("もう一度、登録してください", "Please register again") : w("スマホ保険証をはじめる", "Begin with your phone");
}

function written({ target }) {
  const isAtEnd = target.selectionStart === target.value.length;
  if (isAtEnd) target.value = grouped(target.value);
  typed = target.value;
}
