// What stands around every page: who is signed in, and the ways to all pages.

import { byId, fillAnew, h, name } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { count } from "./run_words.js";
import { languageButton } from "/pages/kit/language_button.js";

const START = "#/today";
const REPORTS = "#/reports";
const WAYS = [
  ["#/today", () => w("きょうの仕事", "Today")],
  ["#/runs", () => w("一括処理の状況", "Runs")],
  ["#/issue", () => w("まとめて交付", "Issue by list")],
  ["#/withdraw", () => w("まとめて失効・停止", "Withdraw by list")],
  ["#/list", () => w("加入者一覧の登録", "Member lists")],
  ["#/members", () => w("加入者をさがす", "Find a member")],
  [REPORTS, () => w("本人からの申出", "Reports from members")],
  ["#/figures", () => w("件数の推移", "Numbers over time")],
  ["#/reminders", () => w("期限のお知らせ", "Reminders")],
];

/** Whether the ways are unfolded where the screen is narrow. */
let isOpen = false;

/** The bar on top. @param {import("./sessions.js").Sessions} sessions @param {() => void} leave signs out */
export function drawTop(sessions, leave) {
  const kept = sessions.kept;
  const brand = h("a", { class: "brand", href: START }, w("資格", "Shikaku"), h("span", { class: "brand-more" }, w("保険者コンソール", "Insurer’s console")));
  const who = kept && h("span", { class: "who" }, name(kept.insurerName), h("br"), name(kept.name));
  const out = kept && h("button", { type: "button", id: "sign-out", class: "quiet", onclick: leave }, w("サインアウト", "Sign out"));
  fillAnew(byId("top"), h("div", { class: "bar" }, kept && menuButton(), brand, h("span", { class: "push" }), who, languageButton(), out));
}

/** The ways to all pages; the one shown is marked. @param {boolean} isIn @param {string} hash @param {number} reports how many are open */
export function drawWays(isIn, hash, reports) {
  const ways = byId("ways");
  ways.hidden = !isIn;
  ways.setAttribute("aria-label", w("メニュー", "Menu"));
  byId("frame").classList.toggle("unfolded", isIn && isOpen);
  fillAnew(ways, h("ul", {}, WAYS.map(([href, label]) => way(href, label, hash, href === REPORTS ? reports : 0))));
}

/** Fold the ways again: a page was chosen. */
export function fold() {
  isOpen = false;
}

function way(href, label, hash, waiting) {
  const isHere = hash === href || hash.startsWith(`${href}/`);
  return h("li", {}, h("a", { href, "aria-current": isHere ? "page" : null }, label(), waiting ? waitingBadge(waiting) : null));
}

const waitingBadge = (number) => h("span", { class: "waiting" }, count(number), h("span", { class: "unseen" }, w("件が未対応", " open")));

function menuButton() {
  const toggle = () => {
    isOpen = !isOpen;
    byId("frame").classList.toggle("unfolded", isOpen);
    byId("menu").setAttribute("aria-expanded", String(isOpen));
  };
  return h("button", { type: "button", id: "menu", "aria-expanded": String(isOpen), "aria-controls": "ways", onclick: toggle }, w("メニュー", "Menu"));
}
