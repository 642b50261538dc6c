// The keys of the desk: every function has one, and F1 lists them.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @type {[string, () => string][]} */
const KEYS = [
  ["Enter", () => w("次の方へ（結果の画面で）", "Next person (on an answer)")],
  ["Esc", () => w("カメラの画面に戻る", "Back to the camera")],
  ["F1", () => w("このキーの一覧", "This list of keys")],
  ["F2", () => w("番号を入力する", "Type numbers")],
  ["F4", () => w("今日の一覧", "Today's list")],
  ["F7", () => w("画像を選ぶ", "Choose a picture")],
  ["F8", () => w("受診日を変える", "Another day of service")],
  ["F9", () => w("設定（音・カメラ・自動ロック）", "Settings (sound, camera, lock)")],
  ["Tab", () => w("次の項目へ（Shift+Tab で前へ）", "Next field (Shift+Tab: back)")],
];

/** What each key does. @param {Record<string, () => void>} ways @returns {Record<string, () => void>} */
export function desksKeys({ home, numbers, list, choosePicture, day, settings }) {
  return { Escape: home, F1: showKeys, F2: numbers, F4: list, F7: choosePicture, F8: day, F9: settings };
}

/** Show the keys above whatever is shown; Esc closes them. */
export function showKeys() {
  const close = () => shown.close();
  const rows = KEYS.map(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words())]);
  const shown = h(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title", onclose: () => shown.remove() },
    h("h2", { id: "keys-title" }, w("キーの一覧", "Keys")),
    h("dl", { class: "facts" }, rows),
    h("p", { class: "hint" }, w("スキャナーは、どの画面でもそのまま使えます。", "The scanner works on any of these screens.")),
    h("button", { type: "button", class: "first wide", onclick: close }, w("閉じる（Esc）", "Close (Esc)")),
  );
  document.body.append(shown);
  shown.showModal();
}

/** Nothing stands above the view any more. */
export const uncover = () => document.querySelector("dialog")?.close();

/** Whether something stands above the view and has the keys for itself. */
export const isCovered = () => document.querySelector("dialog[open]") !== null;
