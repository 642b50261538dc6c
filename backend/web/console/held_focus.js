// What has the focus keeps it though all is drawn anew; if it is gone, the heading above it takes over.

import { byId } from "/pages/kit/dom.js";

/** Remember what has the focus; gives what gives it back. */
export function hold() {
  const held = /** @type {any} */ (document.activeElement);
  const [id, start, end] = [held?.id, held?.selectionStart, held?.selectionEnd];
  const above = id ? headingsAbove(held) : [];
  return () => {
    const again = /** @type {any} */ (id && document.getElementById(id));
    if (again === document.activeElement) return;
    if (!again) return takeOver(above);
    again.focus({ preventScroll: true });
    if (typeof start === "number") again.setSelectionRange(start, end);
  };
}

/** Where somebody goes on who was there: by name, the nearest first. */
function headingsAbove(held) {
  const headings = [...byId("main").querySelectorAll("h1[tabindex], h2[tabindex]")];
  const isAbove = (heading) => heading.compareDocumentPosition(held) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...headings.filter(isAbove).reverse().map((it) => it.id), "title"];
}

function takeOver(above) {
  if (document.activeElement !== document.body) return;
  const heading = above.map((id) => document.getElementById(id)).find(Boolean);
  heading?.focus({ preventScroll: true });
}
