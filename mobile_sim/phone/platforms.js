// How a page is put on the home screen, browser by browser, in the words of its menus.

import { svg } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** The share sign of iOS, as it looks there. */
const share = () => svg("svg", { class: "sign", viewBox: "0 0 24 24", role: "img", "aria-label": w("共有", "Share") }, svg("path", { d: "M7 10H5v11h14V10h-2M12 15V2M8 6l4-4 4 4" }));
const open = () => w("ホーム画面の「スマホ保険証」を押して開く", "Open “スマホ保険証” on the home screen");

const IOS = () => [
  [w("共有ボタン ", "Tap the share button "), share(), w(" を押す（見えないときは「…」の中）", " (if you do not see it, look under “…”)")],
  w("「ホーム画面に追加」を押す（見えないときは下へ送る）", "Tap “Add to Home Screen” (scroll down if you do not see it)"),
  w("右上の「追加」を押す", "Tap “Add” at the top right"),
  open(),
];
const ANDROID = () => [w("右上の「︙」を押す", "Tap “︙” at the top right"), w("「ホーム画面に追加」を押す", "Tap “Add to home screen”"), w("「インストール」または「追加」を押す", "Tap “Install” or “Add”"), open()];
const SAMSUNG = () => [w("右下の「≡」を押す", "Tap “≡” at the bottom right"), w("「ページを追加」→「ホーム画面」を押す", "Tap “Add page to”, then “Home screen”"), w("「追加」を押す", "Tap “Add”"), open()];
const INSIDE = () => [w("右上か右下のメニュー（「︙」や共有ボタン）を押す", "Open the menu (“︙” or the share button)"), w("「ブラウザで開く」または「Safari で開く」を押す", "Tap “Open in browser” or “Open in Safari”"), w("開いた画面の案内に進む", "Go on there")];
/** A phone cannot reach this machine by the name that it has for itself. */
export const isReachable = () => !/^(localhost$|127\.)/.test(location.hostname);
const DESKTOP = () => [...(isReachable() ? [w("スマホで、下のコードをカメラで読み取る", "Scan the code below with your phone’s camera")] : []), w("このパソコンで使うときは、アドレス欄の右の「インストール」を押す", "To use this computer, tap “Install” at the right of the address bar")];

/** @typedef {{name: string, steps: () => any[]}} Platform */
/** The first that fits counts: programs that open pages inside themselves come first. @type {[RegExp, Platform][]} */
const KNOWN = [
  [/\bLine\/|FBAN|FBAV|Instagram|; wv\)/, { name: "inside", steps: INSIDE }],
  [/iPhone|iPad|iPod/, { name: "ios", steps: IOS }],
  [/SamsungBrowser/, { name: "samsung", steps: SAMSUNG }],
  [/Android/, { name: "android", steps: ANDROID }],
];

/** What opens this page. @param {string} agent @param {number} fingers an iPad calls itself a Mac, and has a touch screen @returns {Platform} */
export function platform(agent, fingers) {
  const found = KNOWN.find(([looks]) => looks.test(agent));
  if (found) return found[1];
  return /Macintosh/.test(agent) && fingers > 1 ? { name: "ios", steps: IOS } : { name: "desktop", steps: DESKTOP };
}
