// The end of this terminal's enrolment (登録を終える), in two steps: nothing of it comes back.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";

/** @param {string} summary when one may want it @param {() => Promise<void>} end */
export function endEnrolment(summary, end) {
  const really = h(
    "div",
    { id: "really-end", class: "note bad", hidden: true },
    h("p", {}, w("この端末の鍵・暗証番号・照会待ちの確認を消します。もう一度使うには、運営者の新しい登録コードが要ります。サーバー側の登録は運営者が停止します。", "Key, PIN and checks that wait are deleted here. To use it again, a new enrolment code is needed. At the server the operator ends the terminal.")),
    h("button", { type: "button", class: "danger", onclick: () => void end() }, w("消して登録を終える", "Delete and end the enrolment")),
  );
  const show = () => {
    really.hidden = false;
    really.querySelector("button")?.focus();
  };
  const first = h("button", { type: "button", class: "danger", onclick: show }, w("登録を終える…", "End the enrolment…"));
  return h("details", {}, h("summary", {}, summary), h("div", { class: "buttons" }, first), really);
}
