// 有効化: the letter's code makes this browser the person's phone.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { activate } from "./people.js";

/** The browser's offer to install the page, while it stands. @type {any} */
let offer = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});

/** @param {(person: any) => void} onActive @param {string} told what happened before */
export function activationView(onActive, told) {
  const trouble = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "first wide" }, w("はじめる", "Begin"));
  const send = async (event) => {
    event.preventDefault();
    button.disabled = true;
    const { code } = Object.fromEntries(new FormData(event.target));
    await activate(String(code), { name: w("わたしのスマホ", "My phone") }).then(onActive, (error) => (trouble.textContent = troubleWords(error)));
    button.disabled = false;
    if (trouble.textContent) event.target.code.focus();
  };
  return h(
    "form",
    { onsubmit: send, "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, w("スマホ保険証をはじめる", "Begin with your phone")),
    told ? h("p", { class: "note warn" }, told) : null,
    install(),
    h("label", { for: "code" }, w("お手紙の{有効化|ゆうこうか}コード（12文字）", "The code in the letter (12 characters)")),
    h("input", { id: "code", name: "code", required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint", oninput: grouped }),
    h("p", { id: "code-hint", class: "hint" }, w("例: 7K2M-0QX4-9TZB　O と 0、I と 1 はどちらでもかまいません。", "Such as 7K2M-0QX4-9TZB; O or 0, I or 1 are the same.")),
    trouble,
    h("div", { class: "buttons" }, button),
  );
}

function grouped({ target }) {
  const letters = target.value.normalize("NFKC").toUpperCase().replaceAll(/[^0-9A-Z]/g, "").slice(0, 12);
  const isAtEnd = target.selectionStart === target.value.length;
  if (isAtEnd) target.value = letters.match(/.{1,4}/g)?.join("-") ?? "";
}

/** Why to install first, and how. */
function install() {
  if (matchMedia("(display-mode: standalone)").matches) return null;
  const ask = h("button", { type: "button", onclick: () => (offer ? offer.prompt() : (how.open = true)) }, w("ホーム画面に追加する", "Add to the home screen"));
  const how = h(
    "details",
    {},
    h("summary", {}, w("追加のしかた", "How to add it")),
    h("p", {}, w("iPhone: 共有ボタン →「ホーム画面に追加」。Android: 右上のメニュー →「アプリをインストール」。", "iPhone: share button, then “Add to Home Screen”. Android: menu at the top right, then “Install app”.")),
  );
  return h("div", { class: "note" }, h("p", {}, w("先にホーム画面へ追加してください。追加しないと、1週間ほど使わないあいだに消えてしまうスマホがあります。", "Add this page to your home screen first: some phones erase a page that was not opened for a week.")), h("div", { class: "buttons" }, ask), how);
}
