// What stands in the desk's way as a whole: open elsewhere, not enrolled any more, cleared.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** The desk is open in another tab. @param {() => void} here */
export function elsewhereView(here) {
  return still(
    w("窓口は別のタブで開いています", "The desk is open in another tab"),
    [w("二つのタブで同時に読み取ると、同じコードを二度使うことになるため、一つだけで使います。", "Two tabs that read at once would use one code twice, so only one is used at a time.")],
    w("このタブで使う", "Use it here"),
    here,
  );
}

/** The server does not know this terminal (any more). @param {() => void} anew @param {() => void} again */
export function unknownTerminalView(anew, again) {
  return still(
    w("この端末は使えなくなっています", "This terminal is no longer admitted"),
    [
      w("運営者が停止したか、サーバーに登録がありません。確認はできません。", "The operator has ended it, or the server has no record of it: nothing can be checked."),
      w("続けて使うには、運営者に新しい登録コードを頼み、登録し直してください。暗証番号はそのままです。", "To go on, ask the operator for a new enrolment code and enrol it anew. The PIN stays."),
    ],
    w("登録し直す", "Enrol it anew"),
    anew,
    h("button", { type: "button", class: "wide", onclick: again }, w("もう一度確かめる", "Try once more")),
  );
}

/** What the browser kept for this desk is gone. @param {() => void} anew */
export function clearedView(anew) {
  return still(
    w("この端末の登録が消えています", "This terminal's enrolment is gone"),
    [w("ブラウザーの閲覧データが消去されました。運営者に新しい登録コードを頼み、登録し直してください。", "The browser's data were cleared. Ask the operator for a new enrolment code and enrol it anew.")],
    w("登録し直す", "Enrol it anew"),
    anew,
  );
}

function still(title, words, action, act, more = null) {
  return h(
    "section",
    { class: "card narrow standstill", "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, title),
    words.map((it) => h("p", {}, it)),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "first wide", "data-first": true, onclick: act }, action), more),
  );
}
