// The counter: the camera's picture, and the other ways in beside it.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { cameras, chooseCamera } from "/pages/kit/camera.js";

/**
 * @param {{day: string, agreed: Set<string>, today: string}} state
 * @param {{numbers: () => void, list: () => void, picture: (file: Blob) => void, film: () => void}} ways
 */
export function scanView(state, ways) {
  const video = h("video", { id: "video", muted: true, playsinline: true, "aria-label": w("カメラの映像", "The camera's picture") });
  video.muted = true;
  return [
    h("h1", { tabindex: "-1", id: "title" }, w("コードをかざしてください", "Hold the code before the camera")),
    h("div", { class: "counter" }, h("div", { class: "film" }, video, h("p", { id: "trouble", class: "note warn", role: "alert", hidden: true })), h("div", { class: "ways" }, wayButtons(ways), cameraPicker(ways.film), options(state))),
  ];
}

function wayButtons(ways) {
  const file = h("input", { type: "file", accept: "image/*", id: "picture", class: "unseen", onchange: ({ target }) => target.files[0] && ways.picture(target.files[0]) });
  return h(
    "div",
    { class: "buttons" },
    h("button", { type: "button", onclick: ways.numbers }, w("番号を入力（F2）", "Type numbers (F2)")),
    file,
    h("label", { for: "picture", class: "button" }, w("画像を選ぶ", "Choose a picture")),
    h("button", { type: "button", onclick: ways.list }, w("今日の一覧（F4）", "Today's list (F4)")),
  );
}

function cameraPicker(film) {
  const select = h("select", { id: "camera", onchange: ({ target }) => (chooseCamera(target.value), film()) });
  const place = h("div", { hidden: true }, h("label", { for: "camera" }, w("カメラ", "Camera")), select);
  void cameras().then((found) => {
    place.hidden = found.length < 2;
    select.append(...found.map((it, number) => h("option", { value: it.deviceId }, it.label || `${number + 1}`)));
  });
  return place;
}

function options(state) {
  const agree = (name, label) =>
    h("label", { class: "choice" }, h("input", { type: "checkbox", checked: state.agreed.has(name), onchange: ({ target }) => (target.checked ? state.agreed.add(name) : state.agreed.delete(name)) }), label);
  const day = h("input", { type: "date", id: "day", value: state.day || state.today, onchange: ({ target }) => (state.day = target.value === state.today ? "" : target.value) });
  return h(
    "fieldset",
    {},
    h("legend", {}, w("この方の確認", "For this check")),
    agree("limit", w("限度額区分の提供に同意あり", "Agrees to tell the limit category")),
    agree("diseases", w("{特定疾病|とくていしっぺい}の提供に同意あり", "Agrees to tell specific diseases")),
    h("label", { for: "day" }, w("受診日", "Day of service")),
    day,
  );
}
