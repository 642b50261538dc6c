// 設定: what this phone holds of a person, and how to end it.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubles } from "./home_view.js";

/** @param {() => Promise<void>} end what ends this phone */
export function settingsView(end) {
  const really = () => confirm(w("このスマホの登録を消します。使うには新しい有効化コードが必要です。", "This ends this phone. A new code is needed to begin again.")) && void end();
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("設定", "Settings")),
    troubles(),
    h("p", {}, w("鍵はこのスマホの中だけにあり、取り出せません。", "The key is in this phone alone and cannot be taken out.")),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "danger", onclick: really }, w("このスマホの登録を消す", "End this phone"))),
  ];
}
