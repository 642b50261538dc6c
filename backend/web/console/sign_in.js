// The page before all others: sign in with one tap, or register this device's passkey.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { problemBox } from "./problem_box.js";

/** Sign-in; once a code is typed, the registration of a passkey. */
export class SignIn {
  #code = "";
  #isRegistered = false;
  #acting;
  #sessions;
  #enter;

  /** @param {import("./sessions.js").Sessions} sessions @param {() => void} redraw @param {() => Promise<void>} enter */
  constructor(sessions, redraw, enter) {
    this.#sessions = sessions;
    this.#acting = new Acting(redraw);
    this.#enter = enter;
  }

  title = () => w("サインイン", "Sign in");

  /** Forget what was typed. */
  clear() {
    this.#code = "";
    this.#isRegistered = false;
  }

  draw() {
    return h("div", { class: "narrow" }, this.#welcome(), problemBox(this.#acting.trouble), this.#signIn(), this.#registration());
  }

  #welcome() {
    if (this.#isRegistered)
      return h("p", { class: "note good", role: "status" }, w("パスキーを登録しました。次のボタンでサインインしてください。", "Your passkey is registered. Sign in with the button below."));
    return h("p", {}, w("この端末の指紋・顔・暗証番号（パスキー）でサインインします。パスワードはありません。", "Sign in with this device’s fingerprint, face or PIN (a passkey). There is no password."));
  }

  #signIn() {
    const act = async () => {
      await this.#sessions.signIn();
      this.clear();
      await this.#enter();
    };
    return h("p", {}, this.#acting.button("sign-in", w("パスキーでサインイン", "Sign in with a passkey"), act, { class: "first wide" }));
  }

  #registration() {
    const type = (event) => (this.#code = event.target.value);
    const field = h("input", { id: "code", value: this.#code, oninput: type, autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "code-hint" });
    const hint = h("span", { class: "hint", id: "code-hint" }, w("運用担当から渡された12文字（例：7K2M-0QX4-9TZB）。1回だけ使えます。", "The 12 characters from whoever runs the system (such as 7K2M-0QX4-9TZB). It works once."));
    const submit = (event) => {
      event.preventDefault();
      this.#acting.run("register", () => this.#register());
    };
    const button = this.#acting.button("register", w("パスキーを登録", "Register a passkey"), () => this.#register(), { type: "submit", onclick: null });
    return h(
      "form",
      { class: "card", onsubmit: submit },
      h("h2", { class: "plain" }, w("はじめて使う・端末を替えた", "First time, or a new device")),
      h("label", { for: "code" }, w("登録コード", "Registration code"), hint),
      field,
      h("div", { class: "buttons" }, button),
    );
  }

  async #register() {
    await this.#sessions.register(this.#code.trim());
    this.#code = "";
    this.#isRegistered = true;
  }
}
