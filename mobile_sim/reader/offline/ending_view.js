// The shift is to end while something waits, or is unread: says how many, and lets choose.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @param {{waiting: number, unread: number}} left @param {{settle: () => void, end: () => void, back: () => void}} ways */
export function endingView({ waiting, unread }, { settle, end, back }) {
  return h(
    "section",
    { class: "card narrow", "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, w("まだ終わっていない確認があります", "Some checks are not finished")),
    waiting ? h("p", { class: "note warn" }, w(`サーバーに照会していない確認が${waiting}件あります。勤務を終えると消え、結果はわからなくなります。`, `${waiting} not yet asked of the server. They are deleted when the shift ends, and their answers will not be known.`)) : null,
    unread ? h("p", { class: "note warn" }, w(`読んでいないお知らせが${unread}件あります。`, `${unread} notices unread.`)) : null,
    h(
      "div",
      { class: "buttons" },
      waiting ? h("button", { type: "button", class: "first wide", onclick: settle }, w("いま照会する", "Ask now")) : null,
      h("button", { type: "button", class: "wide", onclick: back }, w("勤務を続ける", "Go on working")),
      h("button", { type: "button", class: "danger wide", onclick: end }, w("消して勤務を終える", "Delete them and end the shift")),
    ),
  );
}
