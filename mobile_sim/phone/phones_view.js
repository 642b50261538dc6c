// The phones that hold a person's card: since when, and how one of them ends.

import { instant } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { backToSettings } from "./back.js";
import { titleOf } from "./title.js";
import { troubleAbove } from "./trouble_note.js";
import { inWords } from "./whose.js";

const DOOR = "/v1/patient/phones";

/** @param {any} connection */
export function phonesView(connection) {
  const list = h("div", { "aria-live": "polite" });
  void show(connection, list);
  return [
    backToSettings(),
    titleOf(w("登録したスマホ", "Phones with my card")),
    h("p", {}, w("見覚えのないスマホがあれば、すぐに止めてください。", "If you do not know one of them, end it at once.")),
    list,
  ];
}

async function show(connection, place) {
  try {
    const { phones } = await connection.ask("GET", DOOR);
    const [live, ended] = [phones.filter((it) => it.ended_at === null), phones.filter((it) => it.ended_at !== null)];
    const older = h("details", {}, h("summary", {}, w(`もう使えないスマホ（${ended.length}台）`, `Ended (${ended.length})`)), ended.map((it) => card(it, null)));
    fill(place, live.map((it) => card(it, () => void end(connection, it, place))), ended.length ? older : null);
  } catch (error) {
    fill(place, h("p", { class: "note warn" }, troubleWords(error)));
  }
}

function card(phone, end) {
  const button = h("button", { type: "button", class: "danger", onclick: end }, w("このスマホを止める", "End this phone"), h("span", { class: "unseen" }, ": ", name(phone.name)));
  return h(
    "div",
    { class: "card" },
    h("h2", {}, name(phone.name)),
    h("p", { class: "small" }, w("登録: ", "Since "), instant(phone.enrolled_at)),
    phone.renewed_at ? h("p", { class: "small" }, w("最後の更新: ", "Last renewed "), instant(phone.renewed_at)) : null,
    phone.ended_at ? h("p", { class: "small" }, w("終わり: ", "Ended "), instant(phone.ended_at)) : null,
    phone.is_this_one ? h("p", {}, h("strong", {}, w("いま使っているスマホ", "The one in your hand"))) : end && h("div", { class: "buttons" }, button),
  );
}

async function end(connection, phone, place) {
  if (!confirm(w(`「${inWords(phone.name)}」を止めます。そのスマホでは、すぐにコードを出せなくなります。`, `This ends “${inWords(phone.name)}”. It can show no code from now on.`))) return;
  try {
    await connection.ask("DELETE", `${DOOR}/${phone.id}`);
    await show(connection, place);
  } catch (error) {
    troubleAbove(place, error);
  }
}
