// The end of the session, announced ten minutes before.

import { h } from "/pages/kit/dom.js";
import { time } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";

/** Says when the session ends, once that is near. */
export class Warning {
  #sessions;
  #again;

  /** @param {import("./sessions.js").Sessions} sessions @param {() => void} again */
  constructor(sessions, again) {
    this.#sessions = sessions;
    this.#again = again;
  }

  draw() {
    if (!this.#sessions.endsSoon) return null;
    const button = h("button", { type: "button", id: "again", onclick: this.#again }, w("もう一度サインイン", "Sign in again"));
    return h("div", { class: "note warn row", role: "alert", id: "ends-soon" }, h("p", {}, this.#words()), button);
  }

  #words() {
    const left = Math.ceil(this.#sessions.msLeft / 60_000);
    const at = time(this.#sessions.kept?.endsAt ?? 0);
    if (left <= 0) return w("サインインの期限が切れました。入力した内容は残っています。", "Your session has ended. What you entered is still here.");
    return w(`サインインはあと${left}分（${at}）で終わります。入力した内容は残ります。`, `Your session ends in ${left} min (${at}). What you entered stays.`);
  }
}
