// ホーム画面に追加: what comes first on a phone, since a page alone may be erased by the browser.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { symbol } from "./code_view.js";
import { isReachable, platform } from "./platforms.js";

/** The browser's offer to install the page, while it stands. @type {any} */
let offer = null;
/** Draws the shown view anew. @type {() => void} */
let changed = () => {};
let isAdded = false;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  changed();
});
addEventListener("appinstalled", () => {
  isAdded = true;
  changed();
});

/** Whether the page was opened from the home screen. */
export const isInstalled = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;

/** @param {() => void} goOn without it @param {() => void} draw @param {boolean} hasCode whether the letter's code came with the address */
export function installView(goOn, draw, hasCode) {
  changed = draw;
  return h(
    "section",
    { class: "install", "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, isAdded ? w("追加できました", "It is on your home screen") : w("はじめに、ホーム画面に追加", "First, add it to your home screen")),
    isAdded ? h("p", { class: "lead" }, w("ホーム画面の「スマホ保険証」を押して開いてください。", "Open “スマホ保険証” on your home screen.")) : how(),
    hasCode ? h("p", { class: "note" }, w("お手紙のコードを受け取りました。ホーム画面から開いたあと、もう一度読み取ることもあります。", "The letter's code has arrived. After you open it from the home screen you may have to scan it once more.")) : null,
    h("div", { class: "without" }, isAdded ? null : h("p", {}, w("追加しないと、1週間ほど開かないだけで登録が消えるスマホがあります。消えたら、新しいお手紙が必要です。", "Some phones erase a page that was not opened for a week. You would then need a new letter.")), h("button", { type: "button", id: "without-install", onclick: goOn }, isAdded ? w("このまま続ける", "Go on here") : w("追加せずに続ける", "Go on without it"))),
  );
}

function how() {
  if (offer) return [h("p", { class: "lead" }, w("アイコンひとつで開けて、登録が消えにくくなります。", "One icon opens it, and the phone keeps it.")), h("div", { class: "buttons" }, h("button", { type: "button", id: "install", class: "first wide", onclick: ask }, w("ホーム画面に追加する", "Add to the home screen")))];
  const { name, steps } = platform(navigator.userAgent, navigator.maxTouchPoints);
  return [h("p", { class: "lead" }, w("次の順に押してください。", "Step by step:")), h("ol", { class: "steps" }, steps().map((step) => h("li", {}, h("span", {}, step)))), name === "desktop" && isReachable() ? h("div", { class: "white narrow" }, symbol(`${location.origin}/phone/`, w("この画面のアドレス", "The address of this page"))) : null];
}

/** For whoever went on without it, where the browser offers it. */
export const installLater = () => (offer ? h("div", { class: "buttons" }, h("button", { type: "button", id: "install", class: "wide", onclick: ({ target }) => (target.remove(), void ask()) }, w("ホーム画面に追加する", "Add to the home screen"))) : null);

async function ask() {
  const asked = offer;
  offer = null; // a browser answers an offer once
  await asked.prompt();
  const { outcome } = await asked.userChoice;
  isAdded = outcome === "accepted";
  changed();
}
