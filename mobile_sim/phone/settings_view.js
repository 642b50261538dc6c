// 設定: what this phone holds of a person, who else may show their card, and how it ends.

import { day } from "/pages/kit/dates.js";
import { h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { troubles } from "./home_view.js";
import { installLater } from "./install_view.js";
import { noticeChoice } from "./notices.js";
import { go, session } from "./session.js";
import { called } from "./whose.js";

/** @param {import("./people.js").Person} person @param {() => Promise<void>} end what takes them off this phone */
export function settingsView(person, end) {
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("設定", "Settings")),
    troubles(),
    h("h2", {}, name(called(person)), w(" さん", "")),
    person.delegation ? asDelegate(person, end) : asThemselves(end),
    noticeChoice(session.people),
    installLater(),
    h("h2", {}, w("家族などの分も、このスマホで", "Others on this phone")),
    h("p", {}, w("子どもや介護している人の資格も、このスマホで見せられます。", "This phone can show the coverage of a child, or of somebody you care for, too.")),
    leading("add", w("人を追加する", "Add a person")),
  ];
}

const leading = (view, words) => h("div", { class: "buttons" }, h("button", { type: "button", class: "wide", id: `to-${view}`, onclick: () => go(view) }, words));

function asThemselves(end) {
  const warning = w("このスマホの登録を消します。使うには新しい有効化コードが必要です。", "This ends this phone. A new code is needed to begin again.");
  return [
    leading("delegations", w("わたしの代わりに見せられる人", "Who may show my card")),
    leading("phones", w("登録したスマホ", "Phones with my card")),
    h("p", {}, w("鍵はこのスマホの中だけにあり、取り出せません。", "The key is in this phone alone and cannot be taken out.")),
    ending(warning, w("このスマホの登録を消す", "End this phone"), end),
  ];
}

function asDelegate({ delegation }, end) {
  const warning = w("代理をやめて、このスマホから消します。", "You give the delegation up; the person is removed from this phone.");
  return [
    h("p", {}, w(`${day(delegation.until)}まで、本人の代わりに資格とコードを見せられます。`, `Until ${day(delegation.until)} you may show their coverage and their code.`)),
    h("p", {}, delegation.may_see_history ? w("だれが確認したかの履歴も見られます。", "You may read who looked, too.") : w("だれが確認したかの履歴は、本人が許可していないため出ません。", "Who looked is not shown: the person did not grant that.")),
    h("p", {}, w("資格確認書の写しと登録したスマホは、本人のスマホだけに出ます。", "Copies of certificates and the list of phones are shown on their own phone alone.")),
    ending(warning, w("代理をやめる", "Give the delegation up"), end),
  ];
}

function ending(warning, words, end) {
  const really = async ({ target }) => {
    if (!confirm(warning)) return;
    target.disabled = true;
    await end();
    target.disabled = false;
  };
  return h("div", { class: "buttons" }, h("button", { type: "button", class: "danger", onclick: really }, words));
}
