// Whoever reads by keyboard or screen reader stays where they were when that is drawn anew.

import { byId } from "/pages/kit/dom.js";

/** The focus goes to what took its element's place, else to the view's title. @param {() => void} draw */
export function keepingFocus(draw) {
  const before = /** @type {Element} */ (document.activeElement);
  draw();
  if (before.isConnected) return;
  (byId(before.id) ?? byId("title"))?.focus({ preventScroll: true });
}
