// The end of the session, announced ten minutes before.

import { h } from "/pages/kit/dom.js";
import { time } from "/pages/kit/dates.js";
import { w } from "/pages/kit/language.js";

const ANNOUNCED = [10, 5, 1, 0]; // minutes left at which it is read out

/** Says when the session ends, once that is near. */
export class Warning {
  #sessions;
  #again;
  /** The announcement made last. */
  #said = Infinity;

  /** @param {import("./sessions.js").Sessions} sessions @param {() => void} again */
  constructor(sessions, again) {
    this.#sessions = sessions;
    this.#again = again;
  }

  draw() {
    if (!this.#sessions.endsSoon) return null;
    const button = h("button", { type: "button", id: "again", onclick: this.#again }, w("もう一度サインイン", "Sign in again"));
    return h("div", { class: "note warn row", id: "ends-soon" }, h("p", {}, this.#words()), button);
  }

  /** What must be read out now; "" if it was, or nothing must. */
  announcement() {
    const due = this.#sessions.endsSoon ? (ANNOUNCED.filter((it) => it >= this.#left).pop() ?? Infinity) : Infinity;
    const isNew = due < this.#said;
    this.#said = due;
    return isNew ? this.#words() : "";
  }

  get #left() {
    return Math.max(0, Math.ceil(this.#sessions.msLeft / 60_000));
  }

  #words() {
    const left = this.#left;
    const at = time(this.#sessions.kept?.endsAt ?? 0);
    if (left <= 0) return w("サインインの期限が切れました。入力した内容は残っています。", "Your session has ended. What you entered is still here.");
    return w(`サインインはあと${left}分（${at}）で終わります。入力した内容は残ります。`, `Your session ends in ${left} min (${at}). What you entered stays.`);
  }
}
