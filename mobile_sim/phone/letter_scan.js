// The phone's camera looks at the letter until it sees the letter's code.

import { Camera, cameraTrouble, lostWords } from "/pages/kit/camera.js";
import { whatItIs } from "/pages/kit/code_kinds.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { readCode } from "/pages/kit/pictures.js";
import { codeIn } from "./letter_code.js";

/**
 * The camera's picture, which is on as long as it stands in the page.
 * @param {(code: string) => void} onCode @param {() => void} onEnd typing instead
 */
export function letterScan(onCode, onEnd) {
  const video = h("video", { playsinline: true, "aria-label": w("カメラの映像", "The camera's picture") });
  video.muted = true;
  const told = h("p", { class: "note warn", role: "alert", hidden: true });
  const tell = (words) => Object.assign(told, { textContent: words, hidden: false });
  const seen = (text) => {
    const code = codeIn(text);
    if (!code) return tell(foreign(text));
    camera.stop();
    onCode(code);
  };
  const camera = new Camera(video, seen);
  const end = () => (camera.stop(), onEnd());
  const gone = (words) => (video.remove(), tell(words));
  const typing = () => w("コードは入力できます。", "You can type the code.");
  camera.onLost = () => gone(lostWords(typing()));
  void camera.start().catch((error) => gone(cameraTrouble(error, typing())));
  return h(
    "section",
    { class: "scan", "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, w("お手紙のQRコードを写してください", "Show the letter's QR code to the camera")),
    video,
    told,
    h("div", { class: "buttons" }, photo(seen, tell), h("button", { type: "button", class: "wide", id: "type-instead", onclick: end }, w("カメラを使わず入力する", "Type it instead"))),
  );
}

/** Taken with the phone's own camera, which asks this page for nothing. */
function photo(seen, tell) {
  const read = async ({ target }) => {
    const text = target.files[0] && (await readCode(target.files[0], true));
    if (text) seen(text);
    else if (text === null) tell(w("写真にQRコードが見つかりません。もう少し近くから、全体が入るように撮ってください。", "There is no QR code in the picture. Go closer, and take the whole of it."));
    target.value = "";
  };
  return [h("input", { type: "file", accept: "image/*", id: "photo", class: "unseen", onchange: read }), h("label", { for: "photo", class: "button wide" }, w("写真を撮って読み取る", "Take a picture instead"))];
}

/** The letter has one code; people have many others at hand. @param {string} text */
function foreign(text) {
  const what = /^SK1[CP]/.test(text) ? w("これは資格確認のコードです", "This is a code that proves eligibility") : whatItIs(text);
  return w(`${what}。お手紙の有効化コードではありません。お手紙のQRコードを写してください。`, `${what}, not the letter's code. Show the QR code of the letter.`);
}
