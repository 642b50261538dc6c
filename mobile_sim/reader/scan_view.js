// The counter: the camera's picture, and the other ways in beside it.

import { byId, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @typedef {{numbers: () => void, list: () => void, day: () => void, settings: () => void, picture: (file: Blob) => void}} Ways */

/** @param {Set<string>} agreed what the person agrees to @param {Ways} ways */
export function scanView(agreed, ways) {
  const video = h("video", { id: "video", muted: true, playsinline: true, "aria-label": w("カメラの映像", "The camera's picture") });
  video.muted = true;
  return [
    h("h1", { tabindex: "-1", id: "title" }, w("コードをかざしてください", "Hold the code before the camera")),
    h("div", { class: "counter" }, h("div", { class: "film" }, video, h("p", { id: "trouble", class: "note warn", role: "alert", hidden: true })), h("div", { class: "ways" }, wayButtons(ways), agreements(agreed))),
  ];
}

/** A sentence over the camera's picture; none takes it away. @param {string} text */
export function tell(text) {
  const place = byId("trouble");
  if (place) Object.assign(place, { hidden: !text, textContent: text });
}

function wayButtons(ways) {
  const file = h("input", { type: "file", accept: "image/*", id: "picture", class: "unseen", onchange: ({ target }) => target.files[0] && ways.picture(target.files[0]) });
  const way = (act, words) => h("button", { type: "button", onclick: act }, words);
  return h(
    "div",
    { class: "buttons" },
    way(ways.numbers, w("番号を入力（F2）", "Type numbers (F2)")),
    file,
    h("label", { for: "picture", class: "button" }, w("画像を選ぶ（F7）", "Choose a picture (F7)")),
    way(ways.list, w("今日の一覧（F4）", "Today's list (F4)")),
    way(ways.day, w("受診日を変える（F8）", "Another day of service (F8)")),
    way(ways.settings, w("設定（F9）", "Settings (F9)")),
  );
}

function agreements(agreed) {
  const agree = (name, label) =>
    h("label", { class: "choice" }, h("input", { type: "checkbox", checked: agreed.has(name), onchange: ({ target }) => (target.checked ? agreed.add(name) : agreed.delete(name)) }), label);
  return h(
    "fieldset",
    {},
    h("legend", {}, w("この方の同意", "This person agrees")),
    agree("limit", w("限度額区分を医療機関に見せる", "to tell the limit category")),
    agree("diseases", w("{特定疾病|とくていしっぺい}を医療機関に見せる", "to tell specific diseases")),
  );
}
