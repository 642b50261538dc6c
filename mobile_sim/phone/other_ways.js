// Other ways to show that somebody is covered, where the rolling code does not help.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { paperState } from "./paper_state.js";
import { go } from "./session.js";

/** @param {import("./people.js").Person} person @param {string} today */
export function otherWays({ status, delegation }, today) {
  const papers = delegation ? [] : [...(status?.certificates ?? [])].sort(newestFirst);
  const usable = papers.filter((it) => paperState(it, today) === "valid");
  const shown = usable.length ? usable : papers.slice(0, 1);
  return h(
    "section",
    { "aria-labelledby": "other-ways" },
    h("h2", { id: "other-ways" }, w("ほかの見せ方", "Other ways to show it")),
    shown.map((it) => leading(w("資格確認書の写しを見る", "Show the certificate's copy"), () => go("copy", { about: it.serial }))),
    leading(w("5分間のコードを出す", "Make a code of five minutes"), () => go("minted")),
  );
}

const newestFirst = (a, b) => b.issued_on.localeCompare(a.issued_on);
const leading = (words, onclick) => h("div", { class: "buttons" }, h("button", { type: "button", class: "wide", onclick }, words));
