// Letting somebody else's phone stand for a person: the question, and the code of ten minutes.

import { time } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { relationChoice } from "./relations.js";
import { untilChoice } from "./until.js";

export const DOOR = "/v1/patient/delegations";

/** The form; the code stands in its place. @param {any} connection @param {() => void} onGranted */
export function grantForm(connection, onGranted) {
  const trouble = h("p", { class: "error", role: "alert" });
  const send = async (event) => {
    event.preventDefault();
    try {
      fill(place, codeCard(await connection.ask("POST", DOOR, asked(event.target))));
      place.querySelector("h2")?.focus();
      onGranted();
    } catch (error) {
      trouble.textContent = troubleWords(error);
    }
  };
  const place = h("section", {}, form(send, trouble));
  return place;
}

function form(send, trouble) {
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
    h("p", { class: "big number" }, code),
    h("p", {}, h("strong", {}, w(`${time(expires_at)}まで（10分間、1回だけ）`, `Until ${time(expires_at)} (ten minutes, once)`))),
    h("p", {}, w("相手のスマホでこのページを開き、「人を追加する」からこのコードを入れてもらってください。ほかの人に見せないでください。", "On their phone, open this page, choose “Add a person” and enter the code. Show it to nobody else.")),
  );
}
