// The place of a rolling code, which renews itself until its view is left.

import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { codePlace } from "./code_view.js";
import { shrink } from "./large_code.js";
import { isTheOne, takeOver } from "./one_tab.js";
import { Rolling } from "./rolling.js";
import { again, askAnew, untilLeft } from "./session.js";

/** @param {any} connection @param {string} who @param {(challenge: string|null) => Promise<{text: string, kind: string}>} make */
export function rollingCode(connection, who, make) {
  const place = codePlace(who);
  const rolling = new Rolling(/** @type {Element} */ (place.querySelector("#symbol")), connection, make, askAnew);
  untilLeft(() => (rolling.stop(), shrink()));
  const turned = () => place.isConnected && again(); // another tab took over, or was closed
  void isTheOne(turned).then((isOurs) => place.isConnected && (isOurs ? rolling.start() : fill(place, elsewhere())));
  return place;
}

function elsewhere() {
  return [h("p", { class: "note warn", role: "status" }, w("コードは、別のタブで表示中です。", "The code is open in another tab.")), h("button", { type: "button", id: "use-here", class: "first wide", onclick: takeOver }, w("この画面で使う", "Use it here"))];
}
