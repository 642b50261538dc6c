// 窓口でいますぐ: whoever cannot activate this phone spends the letter's code for one check.

import { Connection } from "/pages/kit/connection.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { backTo } from "./back.js";
import { grouped } from "./letter_code.js";
import { Minted, showMinted } from "./minted.js";
import { troubleOf } from "./trouble_note.js";

const minted = new Minted();
const nobody = new Connection(null, null);
let typed = ""; // stays while views change

export function atTheDeskView() {
  const trouble = h("div", {});
  const send = async (event) => {
    event.preventDefault();
    fill(trouble);
    try {
      minted.keep("", await nobody.openly("POST", "/v1/one-time-codes", { code: typed }));
      typed = "";
      show();
    } catch (error) {
      fill(trouble, troubleOf(error));
      event.target.code.focus();
    }
  };
  const place = h("div", {}, form(send, trouble));
  const over = () => h("p", {}, w("もう一度出すには、新しいお手紙が要ります。保険者に頼むか、資格確認書を見せてください。", "For another one you need a new letter from your insurer; or show your certificate."));
  const show = () => showMinted(place, /** @type {any} */ (minted.stands("", nobody.clock)), nobody.clock, over);
  if (minted.stands("", nobody.clock)) show();
  return [backTo("activation", w("登録にもどる", "Back")), h("h1", { id: "title", tabindex: "-1" }, w("いま窓口で使うコード", "A code for the desk, now")), place];
}

function form(send, trouble) {
  return h(
    "form",
    { onsubmit: send },
    h("p", {}, w("スマホを登録できなくても、お手紙のコードで、5分間・1回だけ使えるコードを出せます。", "If this phone cannot be activated, the letter's code can still make a code for one check within five minutes.")),
    h("p", { class: "note warn" }, w("お手紙のコードは使い終わりになります。あとでスマホを登録するには、新しいお手紙が要ります。", "The letter's code is spent by it: to activate a phone later you need a new letter.")),
    h("label", { for: "code" }, w("お手紙のコード（12文字）", "The letter's code (12 characters)")),
    h("input", { id: "code", name: "code", value: typed, required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", oninput: written }),
    trouble,
    h("div", { class: "buttons" }, h("button", { class: "first wide", id: "mint" }, w("5分間のコードを出す", "Make the code of five minutes"))),
  );
}

function written({ target }) {
  if (target.selectionStart === target.value.length) target.value = grouped(target.value);
  typed = target.value;
}
