// 代理: who may show this person's card, until when, and how that ends.

import { day, dayOf } from "/pages/kit/dates.js";
import { fill, h, name } from "/pages/kit/dom.js";
import { language, said, w } from "/pages/kit/language.js";
import { troubleWords } from "/pages/kit/trouble.js";
import { backToSettings } from "./back.js";
import { DOOR, granting, isWaiting } from "./granting.js";
import { untilLeft } from "./session.js";
import { titleOf } from "./title.js";
import { troubleAbove } from "./trouble_note.js";
import { inWords } from "./whose.js";

const LOOK_AGAIN_MS = 4_000; // the other phone spends the code within minutes

/** @param {any} connection */
export function delegationsView(connection) {
  const list = h("div", {});
  const [form, heard] = granting(connection);
  const load = () => show(connection, list, heard);
  const timer = setInterval(() => isWaiting(connection) && void load(), LOOK_AGAIN_MS);
  untilLeft(() => clearInterval(timer));
  void load();
  return [
    backToSettings(),
    titleOf(w("わたしの代わりに見せられる人", "Who may show my card")),
    h("p", {}, w("子どもや介護する人などのスマホで、あなたの資格とコードを見せられるようにします。いつでも解除できます。", "Somebody else's phone can show your coverage and your code, such as a parent's or a carer's. You can end it at any time.")),
    list,
    form,
  ];
}

/** Drawn anew only where something is new, so that nobody loses their place. */
async function show(connection, place, heard) {
  try {
    const { delegations } = await connection.ask("GET", DOOR);
    const told = JSON.stringify([language(), delegations]);
    if (place.dataset.told !== told) fill(place, lists(connection, delegations, (it) => void end(connection, it, place, heard)));
    place.dataset.told = told;
    heard(delegations);
  } catch (error) {
    fill(place, h("p", { class: "note warn" }, troubleWords(error)));
    delete place.dataset.told;
  }
}

function lists(connection, delegations, end) {
  const today = dayOf(connection.clock.now());
  const now = delegations.filter((it) => holds(it, today));
  const ended = delegations.filter((it) => !holds(it, today));
  return [now.length ? now.map((it) => card(it, () => end(it))) : h("p", { class: "muted" }, w("いまは、だれもいません。", "Nobody at present.")), older(ended)];
}

const holds = (it, today) => it.ended_at === null && it.until >= today;

function older(ended) {
  return ended.length ? h("details", {}, h("summary", {}, w(`終わった代理（${ended.length}件）`, `Ended (${ended.length})`)), ended.map((it) => card(it, null))) : null;
}

function card(it, end) {
  return h(
    "div",
    { class: "card" },
    h("h2", {}, name(it.name)),
    h(
      "dl",
      { class: "facts" },
      fact(w("あなたから見て", "To you"), said(it.relation_words)),
      fact(w("期限", "Until"), day(it.until)),
      fact(w("履歴", "History"), it.may_see_history ? w("見られます", "may read it") : w("見られません", "may not read it")),
      fact(w("スマホ", "Phone"), name(it.phone_name)),
      it.is_by_letter ? fact(w("登録", "Let in"), w("手紙のコードで", "by the code of a letter")) : null,
      fact(w("登録した日", "Since"), day(dayOf(Date.parse(it.enrolled_at)))),
      it.ended_at ? fact(w("解除した日", "Taken back"), day(dayOf(Date.parse(it.ended_at)))) : null,
    ),
    end ? h("div", { class: "buttons" }, h("button", { type: "button", class: "danger", onclick: end }, w("解除する", "End it"), h("span", { class: "unseen" }, ": ", name(it.name)))) : null,
  );
}

const fact = (label, value) => [h("dt", {}, label), h("dd", {}, value)];

async function end(connection, it, place, heard) {
  if (!confirm(w(`${inWords(it.name)}さんの代理を解除します。相手のスマホでは、すぐに使えなくなります。`, `This ends the delegation of ${inWords(it.name)}. Their phone can show nothing from now on.`))) return;
  try {
    await connection.ask("DELETE", `${DOOR}/${it.id}`);
    await show(connection, place, heard);
  } catch (error) {
    troubleAbove(place, error);
  }
}
