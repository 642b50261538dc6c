// The code of five minutes for a person whose own phone does not work, from another of theirs.

import { fill, h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { backToCode } from "./back.js";
import { Minted, showMinted } from "./minted.js";
import { connectionOf } from "./people.js";
import { troubleOf } from "./trouble_note.js";
import { called } from "./whose.js";

const minted = new Minted();

/** @param {import("./people.js").Person} person */
export function mintedView(person) {
  const connection = connectionOf(person);
  const trouble = h("div", {});
  const ask = async (event) => {
    event.target.disabled = true;
    try {
      minted.keep(person.id, await connection.ask("POST", "/v1/patient/one-time-codes", {}));
      show();
    } catch (error) {
      fill(trouble, troubleOf(error));
      event.target.disabled = false;
    }
  };
  const button = (kind, words) => h("div", { class: "buttons" }, h("button", { type: "button", class: kind, onclick: (event) => void ask(event) }, words));
  const asking = () => [why(), trouble, button("first wide", w("5分間のコードを出す", "Make the code"))];
  const another = () => h("div", {}, trouble, button("wide", w("別のコードを出す", "Make another code")));
  const place = h("div", {}, asking());
  const show = () => {
    showMinted(place, /** @type {any} */ (minted.stands(person.id, connection.clock)), connection.clock, asking);
    place.append(another()); // this one may have been read already
  };
  if (minted.stands(person.id, connection.clock)) show();
  return [
    backToCode(),
    h("h1", { id: "title", tabindex: "-1" }, w("5分間のコード", "A code of five minutes")),
    h("p", {}, w("だれのコードか: ", "Whose code: "), h("strong", {}, name(called(person)))),
    place,
  ];
}

const why = () => h("p", {}, w("ふだんのコードを出せないとき（スマホが壊れた、鍵が消えたなど）に、サーバーが代わりに作ります。", "Where the usual code cannot be shown, for a broken phone or a lost key, the server makes one instead."));
