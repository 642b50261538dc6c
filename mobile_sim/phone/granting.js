// Letting somebody else's phone stand for a person: the question, and the code of ten minutes.

import { time } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { symbol } from "./code_view.js";
import { relationChoice } from "./relations.js";
import { troubleOf } from "./trouble_note.js";
import { untilChoice } from "./until.js";

export const DOOR = "/v1/patient/delegations";

/** The newest code, as long as it is good: it stays while views change. @type {{by: string, code: string, expires_at: string}|null} */
let granted = null;

/**
 * The form; the code stands in its place while it is good. Also what says so when the
 * code was spent.
 * @param {any} connection @param {() => void} onGranted @returns {[Element, () => void]}
 */
export function granting(connection, onGranted) {
  const trouble = h("div", {});
  const send = async (event) => {
    event.preventDefault();
    try {
      granted = { by: connection.clientId, ...(await connection.ask("POST", DOOR, asked(event.target))) };
      show();
      place.querySelector("h2")?.focus();
    } catch (error) {
      fill(trouble, troubleOf(error));
    }
  };
  const place = h("section", { "aria-live": "polite" }, form(send, trouble));
  const show = () => (fill(place, codeCard(granted)), onGranted());
  const spent = () => ((granted = null), fill(place, h("p", { class: "note good" }, w("登録されました。", "Their phone is let in.")), form(send, trouble)));
  if (granted?.by === connection.clientId && Date.parse(granted.expires_at) > connection.clock.now()) show();
  return [place, spent];
}

function form(send, trouble) {
  fill(trouble);
  return h(
    "form",
    { onsubmit: send },
    h("h2", {}, w("新しく頼む", "Let somebody in")),
    relationChoice(w("その人は、あなたから見て", "To you, they are your")),
    untilChoice(),
    h("label", { class: "choice" }, h("input", { type: "checkbox", name: "history" }), w("だれが確認したかの履歴も見せる", "They may also read who looked")),
    trouble,
    h("div", { class: "buttons" }, h("button", { class: "first wide" }, w("コードを出す", "Make the code"))),
  );
}

function asked(form) {
  const { relation, until, history } = Object.fromEntries(new FormData(form));
  return { relation, until, may_see_history: history === "on" };
}

function codeCard({ code, expires_at }) {
  return h(
    "div",
    { class: "card" },
    h("h2", { tabindex: "-1" }, w("代理のコード", "The code for their phone")),
    h("div", { class: "white" }, symbol(`${location.origin}/phone/#code=${code}`, w("代理のコードのQR", "The code as a QR"))),
    h("p", { class: "big number" }, code),
    h("p", {}, h("strong", {}, w(`${time(expires_at)}まで（10分間、1回だけ）`, `Until ${time(expires_at)} (ten minutes, once)`))),
    h("p", {}, w("相手のスマホのカメラで読み取るか、「人を追加する」から入れてもらってください。ほかの人には見せないでください。", "Have their phone's camera read it, or enter it there under “Add a person”. Show it to nobody else.")),
  );
}
