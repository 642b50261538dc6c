// A dialog that says exactly what will happen, and does it only when told to.

import { fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { hold } from "./held_focus.js";
import { problemBox } from "./problem_box.js";

let named = 0;
/** How each open dialog is dropped. @type {Set<() => void>} */
const opened = new Set();

/** Drop every dialog, as if nothing had been tried: whoever opened it is gone. */
export function dropDialogs() {
  for (const drop of opened) drop();
}

/**
 * Ask, and wait until the dialog is closed; whether the act was done, null if it was not even tried.
 * @param {object} asked
 * @param {() => string} asked.title
 * @param {() => any} asked.body drawn anew after every change
 * @param {() => string} asked.label what the button says
 * @param {() => Promise<any>} asked.act
 * @param {boolean} [asked.isDanger]
 * @param {(() => string)|null} [asked.leave] what the button that leaves says; null: there is none
 * @returns {Promise<boolean|null>}
 */
export function ask(asked) {
  const id = `asked-${++named}`;
  const place = h("dialog", { "aria-labelledby": id });
  const acting = new Acting(draw);
  const giveBack = hold();
  document.body.append(place);
  return new Promise((resolve) => {
    /** @type {Promise<boolean>|null} */
    let tried = null;
    const drop = () => { resolve(null); place.close(); };
    place.addEventListener("close", async () => {
      place.remove();
      forget();
      giveBack();
      resolve(await tried);
      opened.delete(drop);
    });
    place.addEventListener("cancel", (event) => acting.busy && event.preventDefault());
    place.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (acting.busy) return;
      tried = acting.run("act", asked.act);
      if (await tried) place.close();
    });
    const forget = listening(draw);
    opened.add(drop);
    draw();
    place.showModal();
    place.querySelector("h2")?.focus();
  });

  function draw() {
    const held = document.activeElement?.id;
    place.setAttribute("closedby", acting.busy ? "none" : "closerequest"); // a second Escape sends no `cancel`
    fill(place, form());
    if (held && place.open) document.getElementById(held)?.focus();
  }

  function form() {
    const buttons = h("div", { class: "buttons" }, actButton(), leaveButton());
    const title = h("h2", { id, tabindex: "-1" }, asked.title());
    return h("form", { method: "dialog" }, title, problemBox(acting.trouble), asked.body(), buttons);
  }

  function actButton() {
    const look = asked.isDanger ? "first danger" : "first";
    return h("button", { type: "submit", id: `${id}-act`, class: look, "aria-busy": acting.busy ? "true" : null }, asked.label());
  }

  function leaveButton() {
    if (asked.leave === null) return null;
    const words = asked.leave?.() ?? w("やめる", "Cancel");
    return h("button", { type: "button", id: `${id}-leave`, onclick: () => acting.busy || place.close() }, words);
  }
}

/** Draw anew while open; gives what ends that. @param {() => void} draw */
function listening(draw) {
  let isOpen = true;
  onLanguage(() => isOpen && draw());
  return () => (isOpen = false);
}
