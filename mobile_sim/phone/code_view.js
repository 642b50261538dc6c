// The code as the desk scans it: large, black on white, with the time that it has left.

import encodeQR from "/vendor/qr/index.js";
import { fill, h, svg } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { enlarge } from "./large_code.js";

const QUIET = 4; // modules (ISO/IEC 18004 §6.3.8)
export const SECONDS = 30;
const ROUND = 2 * Math.PI * 20;

/** A QR symbol of error correction M. @param {string} text @param {string} label */
export function symbol(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return svg(
    "svg",
    { class: "symbol", viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    svg("path", { d: path, fill: "#000" }),
  );
}

export const tapWords = () => w("窓口で見せるコード。押すと大きくなります", "The code to show at the desk; tap to enlarge");

/** The place of the code: symbol, ring, words; one tap on it fills the screen. @param {string} who */
export function codePlace(who) {
  const ring = svg("svg", { viewBox: "0 0 48 48", class: "ring", "aria-hidden": "true" }, svg("circle", { cx: 24, cy: 24, r: 20, class: "track" }), svg("circle", { id: "ring", cx: 24, cy: 24, r: 20, class: "left", "stroke-dasharray": ROUND }));
  const large = () => enlarge(place, who);
  const place = h(
    "section",
    { class: "code", "aria-label": w("コード", "Code") },
    h("button", { type: "button", id: "symbol", class: "white", "aria-label": tapWords(), onclick: large }),
    h("div", { class: "time" }, ring, h("p", { id: "left" })),
    h("p", { id: "kind", class: "small muted" }),
    h("button", { type: "button", id: "enlarge", class: "first wide", onclick: large }, w("大きく表示する", "Show it large")),
  );
  return place;
}

/** @param {Element} place @param {string} text @param {string} kind what it is, in words */
export function showCode(place, text, kind) {
  fill(place, symbol(text, w("窓口で見せるコード", "The code to show at the desk")));
  const told = document.getElementById("kind");
  if (told) told.textContent = kind;
}

/** @param {number} seconds */
export function showLeft(seconds) {
  const [ring, left] = ["ring", "left"].map((id) => document.getElementById(id));
  ring?.setAttribute("stroke-dashoffset", String(ROUND * (1 - seconds / SECONDS)));
  if (left) left.textContent = w(`あと${seconds}秒で新しいコード`, `A new code in ${seconds} s`);
}
