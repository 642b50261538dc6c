// A new version of this page: told when it has arrived whole, taken when the person likes.

import { byId, fill, h } from "/pages/kit/dom.js";
import { onLanguage, w } from "/pages/kit/language.js";

const ASK_EVERY_MS = 3_600_000;
let askedAt = Date.now();
let isHere = false;

/** Keep the page's files, and look for newer ones whenever the page is seen again. */
export function keepFiles() {
  const worker = navigator.serviceWorker;
  onLanguage(draw);
  void worker?.register("/phone/service_worker.js").catch(() => {}); // without it the page needs the network
  worker?.addEventListener("message", ({ data }) => data === "renewed" && tell());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - askedAt < ASK_EVERY_MS) return;
    askedAt = Date.now();
    worker?.controller?.postMessage("renew");
  });
}

/** Nothing else on the screen is touched by it. */
function tell() {
  isHere = true;
  draw();
}

function draw() {
  const now = h("button", { type: "button", onclick: () => location.reload() }, w("いま切り替える", "Use it now"));
  if (isHere) fill(byId("new-version"), h("p", {}, w("新しい版が届きました。次に開くときに切り替わります。", "A new version is here. It is used when you open this page next.")), now);
}
