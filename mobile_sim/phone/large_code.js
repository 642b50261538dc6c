// The code alone on a bright screen, as it is held out at the desk.

import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { letSleep, stayAwake } from "./awake.js";
import { wayBack } from "./way_back.js";

/** Ends the large view that is open. @type {(() => void)|null} */
let close = null;

addEventListener("keydown", ({ key }) => key === "Escape" && shrink());
document.addEventListener("fullscreenchange", () => document.fullscreenElement ?? shrink());

/** Back to the view from which it was enlarged. */
export const shrink = () => close?.();

/** The same code, running on, over everything else. @param {Element} code @param {string} who */
export function enlarge(code, who) {
  if (close) return;
  const home = document.createComment("");
  const others = Array.from(document.body.children, (it) => /** @type {any} */ (it)).filter((it) => !it.inert);
  const screen = drawn(who);
  code.replaceWith(home);
  screen.querySelector(".held")?.append(code);
  document.body.append(screen);
  for (const it of others) it.inert = true;
  close = () => {
    close = null;
    wayBack(before);
    for (const it of others) it.inert = false;
    home.replaceWith(code);
    screen.remove();
    letSleep();
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    document.getElementById("enlarge")?.focus();
  };
  const before = wayBack(() => shrink());
  stayAwake();
  void screen.requestFullscreen?.().catch(() => {}); // iPhones have none for pages
  screen.querySelector("button")?.focus();
}

function drawn(who) {
  return h(
    "div",
    { class: "full", role: "dialog", "aria-modal": "true", "aria-labelledby": "full-name" },
    h("p", { id: "full-name", class: "name" }, name(who)),
    h("div", { class: "held" }),
    h("p", { class: "hint" }, w("読み取れないときは、画面の明るさを上げてください。", "If it cannot be read, turn up the brightness.")),
    h("button", { type: "button", id: "shrink", class: "first wide", onclick: shrink }, w("閉じる", "Close")),
  );
}
