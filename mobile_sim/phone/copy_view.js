// 写し: a certificate as it is printed, in a frame that no paper has, and the code to scan.

import { dayOf } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { backToCode } from "./back.js";
import { paperState, paperWords } from "./paper_state.js";
import { connectionOf } from "./people.js";
import { makeCopyCode } from "./presentation.js";
import { printedFacts } from "./printed.js";
import { rollingCode } from "./rolling_code.js";
import { called } from "./whose.js";

/** @typedef {import("./people.js").Person} Person */

/** @param {Person} person @param {string} serial */
export function copyView(person, serial) {
  const place = h("div", {}, h("p", {}, w("確認しています…", "Looking…")));
  void show(person, serial, place);
  return [backToCode(), h("h1", { id: "title", tabindex: "-1" }, w("資格確認書の写し", "Copy of the certificate")), place];
}

async function show(person, serial, place) {
  const connection = connectionOf(person);
  try {
    const copy = await connection.ask("GET", `/v1/patient/certificates/${serial}`);
    if (place.isConnected) fill(place, framed(person, copy, dayOf(connection.clock.now())));
  } catch (error) {
    fill(place, h("p", { class: "note warn", role: "alert" }, troubleWords(error)));
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
