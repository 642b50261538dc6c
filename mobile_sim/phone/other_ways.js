// Other ways to show that somebody is covered, where the rolling code does not help.

import { day } from "/pages/kit/dates.js";
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
    shown.map((it) => leading([w("資格確認書の写しを見る", "Show the certificate's copy"), shown.length > 1 ? which(it) : null], () => go("copy", { about: it.serial }))),
    leading(w("5分間のコードを出す", "Make a code of five minutes"), () => go("minted")),
  );
}

/** The end of the serial, by which one paper is told from another. */
const which = ({ serial, expires_on }) => [h("br"), h("span", { class: "small" }, w(`発行番号の末尾 ${serial.slice(-4)}、${day(expires_on)}まで`, `Serial ending in ${serial.slice(-4)}, until ${day(expires_on)}`))];
const newestFirst = (a, b) => b.issued_on.localeCompare(a.issued_on);
const leading = (words, onclick) => h("div", { class: "buttons" }, h("button", { type: "button", class: "wide", onclick }, h("span", {}, words)));
