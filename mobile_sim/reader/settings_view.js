// Settings of this terminal (設定): sound, camera, when it locks, and the end of its enrolment.

import { cameras, chooseCamera, chosenCamera } from "/pages/kit/camera.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { endEnrolment } from "./end_enrolment.js";
import { idleMinutes, MINUTES, setIdleMinutes } from "./shift.js";
import { isMuted, setMuted, sound } from "./sound.js";

/**
 * @param {{name: string, code: string, terminal: string}|null} clinic
 * @param {{back: () => void, end: () => Promise<void>, prepared: () => void}} ways
 */
export function settingsView(clinic, ways) {
  return h(
    "section",
    { class: "card narrow", "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, w("設定", "Settings")),
    soundChoice(),
    cameraChoice(),
    lockChoice(),
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: ways.prepared }, w("オフラインの備え", "Ready for offline")), h("button", { type: "button", class: "first", onclick: ways.back }, w("戻る（Esc）", "Back (Esc)"))),
    clinic ? terminal(clinic) : null,
    endEnrolment(w("この端末の登録を終える", "End this terminal's enrolment"), ways.end),
  );
}

function soundChoice() {
  const mute = h("input", { type: "checkbox", id: "muted", checked: isMuted(), onchange: ({ target }) => setMuted(target.checked) });
  const hear = (light, words) => h("button", { type: "button", class: "quiet", onclick: () => sound(light, true) }, words);
  return h(
    "fieldset",
    {},
    h("legend", {}, w("音", "Sound")),
    h("label", { class: "choice" }, mute, w("音を消す", "Mute")),
    h("p", { class: "hint" }, w("聞いてみる:", "Hear them:"), hear("go", w("有効", "valid")), hear("stop", w("無効", "invalid")), hear("paper", w("紙・コードの問題", "paper or code")), hear("fraud", w("偽造の疑い", "not genuine")), hear("unsure", w("未確認", "not checked"))),
  );
}

function cameraChoice() {
  const select = h("select", { id: "camera", onchange: ({ target }) => chooseCamera(target.value) });
  const place = h("div", {}, h("label", { for: "camera" }, w("カメラ", "Camera")), select);
  void cameras().then((found) => {
    const none = h("option", {}, w("カメラが見つかりません", "No camera"));
    const options = found.map((it, number) => h("option", { value: it.deviceId, selected: it.deviceId === chosenCamera() }, it.label || w(`カメラ ${number + 1}`, `Camera ${number + 1}`)));
    select.append(...(options.length ? options : [none]));
  });
  return place;
}

function lockChoice() {
  const choice = (minutes) => h("option", { value: minutes, selected: minutes === idleMinutes() }, w(`${minutes}分`, `${minutes} min`));
  return h("div", {}, h("label", { for: "idle" }, w("操作がないとき自動でロックするまで", "Locks when nobody has touched it for")), h("select", { id: "idle", onchange: ({ target }) => setIdleMinutes(Number(target.value)) }, MINUTES.map(choice)));
}

function terminal({ name: clinic, code, terminal: own }) {
  const rows = [[w("医療機関", "Clinic"), name(clinic)], [w("医療機関コード", "Code"), code], [w("この端末", "This terminal"), name(own)]];
  return h("dl", { class: "facts" }, rows.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}
