// The first view: the code to show, and whether coverage holds.

import { byId, fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { codePlace } from "./code_view.js";
import { connectionOf } from "./people.js";
import { Rolling } from "./rolling.js";
import { session, untilLeft } from "./session.js";
import { statusView } from "./status_view.js";

/** The handle whose code is on the screen. @type {string|null} */
let shown = null;

export function homeView() {
  const { handle } = person();
  shown = handle;
  return [handle ? rollingCode(handle) : null, h("div", { id: "status", "aria-live": "polite" }, statusOrWait()), h("div", { id: "trouble" }, troubles())];
}

/** A code that is being shown stays as it is: only what was heard is written anew. Whether it could. */
export function renewHome() {
  if (person().handle !== shown) return false;
  fill(byId("status"), statusOrWait());
  fill(byId("trouble"), troubles());
  return true;
}

/** What stands in the way, if anything. */
export function troubles() {
  const { isOff } = connectionOf(person()).clock;
  const clock = isOff ? h("p", { class: "note warn" }, w("このスマホの時計がずれています。サーバーの時刻で補っています。", "This phone's clock is wrong; the server's time is used.")) : null;
  return [session.trouble ? h("p", { class: "note warn", role: "status" }, session.trouble) : null, clock];
}

const person = () => /** @type {import("./people.js").Person} */ (session.person);

function rollingCode(handle) {
  const place = codePlace();
  const rolling = new Rolling(place.querySelector("#symbol"), connectionOf(person()), handle);
  rolling.start();
  untilLeft(() => rolling.stop());
  return place;
}

function statusOrWait() {
  const { status, at } = person();
  if (status) return statusView({ status, at }, connectionOf(person()).clock.now());
  return [h("h1", { id: "title", tabindex: "-1" }, w("確認しています…", "Looking…"))];
}
