// The file of reminders for members without a phone: what lapses soon, to be printed.

import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { Acting } from "./acting.js";
import { download } from "./download.js";
import { problemBox } from "./problem_box.js";

const CHOICES = [14, 30, 60, 90];

/** @param {import("./desk.js").Desk} desk @returns {import("./routes.js").Page} */
export function remindersPage(desk) {
  const acting = new Acting(desk.redraw);
  const state = { days: 30 };
  const take = (encoding) => () => download(desk, `/v1/insurer/reminders?days=${state.days}&encoding=${encoding}`, `reminders-${state.days}-${encoding}.csv`);
  const choose = (event) => (state.days = Number(event.target.value));
  const option = (days) => h("option", { value: days, selected: days === state.days }, w(`${days}日以内`, `within ${days} days`));

  return {
    title: () => w("期限のお知らせ", "Reminders"),
    draw: () => [
      h("p", {}, w("スマホのない方の資格確認書などの期限が近づくと、郵送用の一覧に載ります。スマホのある方には画面でお知らせしています。", "Members without a phone whose certificate and the like lapse soon stand in a file for letters. Phones remind their owners themselves.")),
      h("ul", {}, h("li", {}, w("不開示の方の住所は載りません。", "Nobody’s address under 不開示 is in it.")), h("li", {}, w("氏名と住所が入ったファイルです。発送したら消してください。", "The file holds names and addresses: delete it once the letters are sent."))),
      problemBox(acting.trouble),
      h("div", { class: "narrow" }, h("label", { for: "days" }, w("期限が来るまで", "Lapses")), h("select", { id: "days", onchange: choose }, CHOICES.map(option))),
      h("div", { class: "buttons" }, acting.button("reminders-utf8", w("CSV（UTF-8・Excel用）", "CSV (UTF-8, for Excel)"), take("utf-8"), { class: "first" }), acting.button("reminders-cp932", w("CSV（CP932・従来システム用）", "CSV (CP932, for older systems)"), take("cp932"))),
    ],
  };
}
