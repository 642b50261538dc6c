// 写し: a certificate as it is printed, in a frame that no paper has, and the code to scan.

import { dayOf } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { backToCode } from "./back.js";
import { shrink } from "./large_code.js";
import { paperState, paperWords } from "./paper_state.js";
import { connectionOf } from "./people.js";
import { makeCopyCode } from "./presentation.js";
import { printedFacts } from "./printed.js";
import { rollingCode } from "./rolling_code.js";
import { onHeard, session } from "./session.js";
import { called } from "./whose.js";

/** @typedef {import("./people.js").Person} Person */

/** @param {Person} person @param {string} serial */
export function copyView(person, serial) {
  const place = h("div", {}, h("p", {}, w("確認しています…", "Looking…")));
  const copy = new Copy(person.id, serial, place);
  void copy.look();
  onHeard(() => void copy.look());
  return [backToCode(), h("h1", { id: "title", tabindex: "-1" }, w("資格確認書の写し", "Copy of the certificate")), place];
}

/** The copy as it was last told; what is held out is drawn anew only if it is another by now. */
class Copy {
  #drawn = "";

  /** @param {string} whose @param {string} serial @param {Element} place */
  constructor(whose, serial, place) {
    this.whose = whose;
    this.serial = serial;
    this.place = place;
  }

  async look() {
    const person = session.people.find(({ id }) => id === this.whose);
    if (!person) return; // they left meanwhile
    const connection = connectionOf(person);
    try {
      const told = await connection.ask("GET", `/v1/patient/certificates/${this.serial}`);
      const today = dayOf(connection.clock.now());
      this.#draw(JSON.stringify([told, today, person.handle]), () => framed(person, told, today));
    } catch (error) {
      this.#draw(String(error), () => h("p", { class: "note warn", role: "alert" }, troubleWords(error)));
    }
  }

  #draw(what, drawing) {
    if (what === this.#drawn || !this.place.isConnected) return;
    this.#drawn = what;
    shrink();
    fill(this.place, drawing());
  }
}

function framed(person, copy, today) {
  const { expires_on } = copy.printed;
  const state = paperState({ state: copy.state, expires_on }, today);
  return h(
    "article",
    { class: "copy", "aria-label": w("写し", "Copy") },
    stamp(),
    h("p", { class: `state ${state}` }, paperWords(state, expires_on)),
    state === "valid" ? code(person, copy.serial) : null,
    printedFacts(copy.serial, copy.printed),
    stamp(),
  );
}

/** The phone's key says that it is shown now; the paper itself answers. */
function code(person, serial) {
  const connection = connectionOf(person);
  if (!person.handle) return h("p", { class: "note warn" }, w("いま有効な資格がないため、読み取りのコードを出せません。", "No coverage holds now, so there is no code to scan."));
  const place = rollingCode(connection, called(person), async () => ({
    text: await makeCopyCode(connection.key, person.handle, connection.clock.seconds(), serial),
    kind: w("写しのコードです。窓口には「写し」と出ます", "The code of a copy: the desk is told so"),
  }));
  place.classList.add("of-copy"); // the frame goes with it where it fills the screen
  place.prepend(stamp());
  return place;
}

const stamp = () => h("p", { class: "stamp" }, "写し ", h("span", { lang: "en" }, "COPY"));
