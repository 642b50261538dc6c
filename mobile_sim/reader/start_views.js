// Before the counter opens: the enrolment code, the desk's PIN, the lock.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { endEnrolment } from "./end_enrolment.js";
import { choosePin, hasPin, isPin, pauseLeft, PIN } from "./shift.js";
import { enrolledTerminal, enrolTerminal } from "./terminal.js";

/** First start: code and name. @param {(connection: any) => void} onEnrolled */
export function enrolView(onEnrolled) {
  return form(
    w("この端末を登録する", "Enrol this terminal"),
    [
      h("p", {}, w("運営者から届いた登録コードを入力してください。この端末だけの鍵を作ります。", "Enter the code that the operator sent. A key is made that stays in this device.")),
      h("p", { class: "hint" }, w("以前に登録した端末でこの画面が出たときは、ブラウザーの閲覧データが消えています。運営者に新しい登録コードを頼んでください。", "If this terminal was enrolled before, the browser's data were cleared: ask the operator for a new code.")),
      input("code", w("登録コード（12文字）", "Enrolment code (12 characters)"), { required: true, autocomplete: "off", autocapitalize: "characters", "data-first": true }),
      input("name", w("端末の呼び名（例: 窓口1）", "The terminal's name (for example: desk 1)"), { required: true, maxlength: 60 }),
    ],
    w("登録する", "Enrol"),
    async ({ code, name }) => onEnrolled(await enrolTerminal(code, name)),
  );
}

/** Choose the desk's PIN. @param {(pin: string) => void} onChosen */
export function choosePinView(onChosen) {
  return form(
    w("窓口の暗証番号を決める", "Choose the desk's PIN"),
    [
      h("p", {}, w("4〜8桁の数字です。勤務の始めと、席を離れたあとに入力します。", "4 to 8 digits, entered when a shift begins and after a break.")),
      input("pin", w("暗証番号", "PIN"), { type: "password", inputmode: "numeric", required: true, autocomplete: "new-password", pattern: PIN.source, "data-first": true }),
    ],
    w("決める", "Choose"),
    async ({ pin }) => {
      if (!PIN.test(pin)) return w("4〜8桁の数字にしてください。", "Use 4 to 8 digits.");
      await choosePin(pin);
      onChosen(pin);
    },
  );
}

/**
 * The lock: opens with the PIN; who has forgotten it enrols the terminal anew.
 * @param {(pin: string) => void} onOpen @param {() => void} onCleared nothing is kept here any more @param {() => Promise<void>} end
 */
export function lockView(onOpen, onCleared, end) {
  const pin = pinForm(onOpen, onCleared);
  pin.append(endEnrolment(w("暗証番号を忘れたとき", "If the PIN is forgotten"), end));
  return pin;
}

function pinForm(onOpen, onCleared) {
  return form(
    w("窓口を開く", "Open the desk"),
    [input("pin", w("暗証番号", "PIN"), { type: "password", inputmode: "numeric", required: true, autocomplete: "current-password", "data-first": true })],
    w("開く", "Open"),
    async ({ pin }) => {
      if (!(await hasPin()) || !(await enrolledTerminal())) return onCleared();
      const pause = await pauseLeft();
      if (pause) return w(`間違いが続きました。${Math.ceil(pause / 1000)}秒待ってください。`, `Too many tries: wait ${Math.ceil(pause / 1000)} seconds.`);
      if (!(await isPin(pin))) return w("暗証番号が違います。", "That is not the PIN.");
      onOpen(pin);
    },
  );
}

function form(title, children, action, submit) {
  const trouble = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "first wide" }, action);
  const send = async (event) => {
    event.preventDefault();
    button.disabled = true;
    const told = await submit(Object.fromEntries(new FormData(event.target))).catch(troubleWords);
    trouble.textContent = told ?? "";
    button.disabled = false;
  };
  return h("form", { class: "card narrow", onsubmit: send, "aria-labelledby": "title" }, h("h1", { id: "title", tabindex: "-1" }, title), children, trouble, h("div", { class: "buttons" }, button));
}

function input(id, label, attributes) {
  return h("div", {}, h("label", { for: id }, label), h("input", { id, name: id, ...attributes }));
}
