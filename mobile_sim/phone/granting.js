// Letting somebody else's phone stand for a person: the question, and the code of ten minutes.

import { time } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { symbol } from "./code_view.js";
import { forgetTyped, lastingForm, typedIn } from "./lasting_form.js";
import { relationChoice } from "./relations.js";
import { troubleOf } from "./trouble_note.js";
import { untilChoice } from "./until.js";

export const DOOR = "/v1/patient/delegations";

const GOOD_FOR_MS = 600_000;
/** The newest code, until it is spent or over: it stays while views change. @type {{by: string, code: string, expires_at: string}|null} */
let granted = null;

/** Whether a person's code stands, to be spent at any moment. @param {any} connection */
export const isWaiting = ({ clientId }) => granted?.by === clientId;
const isGood = (connection) => isWaiting(connection) && Date.parse(/** @type {any} */ (granted).expires_at) > connection.clock.now();

/**
 * The form, with the code in its place while it is good; and what is to be told of the
 * list of delegations, so that a spent code goes.
 * @param {any} connection @returns {[Element, (delegations: any[]) => void]}
 */
export function granting(connection) {
  const trouble = h("div", {});
  const name = `grant of ${connection.clientId}`;
  const send = async (typed) => {
    try {
      granted = { by: connection.clientId, ...(await connection.ask("POST", DOOR, asked(typed))) };
      forgetTyped(name);
      show();
      place.querySelector("h2")?.focus();
    } catch (error) {
      fill(trouble, troubleOf(error));
    }
  };
  const place = h("section", { "aria-live": "polite" });
  const show = (told = null) => fill(place, told, isGood(connection) ? codeCard(granted, anew) : form(name, send, trouble));
  const anew = () => ((granted = null), show());
  const heard = (delegations) => {
    const isSpent = delegations.some(isSince);
    if (!isWaiting(connection) || (isGood(connection) && !isSpent)) return;
    granted = null;
    show(isSpent ? h("p", { class: "note good" }, w("登録されました。", "Their phone is let in.")) : null);
  };
  show();
  return [place, heard];
}

/** Whether somebody came in since the code was made. */
const isSince = ({ enrolled_at }) => granted !== null && Date.parse(enrolled_at) >= Date.parse(granted.expires_at) - GOOD_FOR_MS;

function form(name, send, trouble) {
  const typed = typedIn(name);
  fill(trouble);
  return lastingForm(
    name,
    send,
    h("h2", {}, w("新しく頼む", "Let somebody in")),
    relationChoice(w("その人は、あなたから見て", "To you, they are your"), typed.relation),
    untilChoice(typed.until),
    h("label", { class: "choice" }, h("input", { type: "checkbox", name: "history", checked: typed.history === "on" }), w("だれが確認したかの履歴も見せる", "They may also read who looked")),
    trouble,
    h("div", { class: "buttons" }, h("button", { class: "first wide" }, w("コードを出す", "Make the code"))),
  );
}

const asked = ({ relation, until, history }) => ({ relation, until, may_see_history: history === "on" });

function codeCard({ code, expires_at }, anew) {
  return h(
    "div",
    { class: "card" },
    h("h2", { tabindex: "-1" }, w("代理のコード", "The code for their phone")),
    h("div", { class: "white" }, symbol(`${location.origin}/phone/#code=${code}`, w("代理のコードのQR", "The code as a QR"))),
    h("p", { class: "big number" }, code),
    h("p", {}, h("strong", {}, w(`${time(expires_at)}まで（10分間、1回だけ）`, `Until ${time(expires_at)} (ten minutes, once)`))),
    h("p", {}, w("相手のスマホのカメラで読み取るか、「人を追加する」から入れてもらってください。ほかの人には見せないでください。", "Have their phone's camera read it, or enter it there under “Add a person”. Show it to nobody else.")),
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: anew }, w("別のコードを出す", "Make another code"))),
  );
}
