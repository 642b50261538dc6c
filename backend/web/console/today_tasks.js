// What waits among reports, certificates, lists and keys; each with its one next step.

import { ago, instant } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { count } from "./run_words.js";

const DAY_MS = 86_400_000;
const OLD_LIST_MS = 31 * DAY_MS; // our own choice: longer than a monthly list
const MOST_EXPIRING = 10_000; // as far as the house counts

/**
 * @typedef {object} Task
 * @property {string} look good, warn, bad or key
 * @property {any} words what it is
 * @property {any} [detail]
 * @property {[string, string]|null} step address and words of the one next thing
 */

/** One line of what waits. @param {Task} it */
export function task({ look, words, detail, step }) {
  return h("li", { class: `task ${look}` }, h("div", {}, h("p", { class: "strong" }, words), detail && h("p", { class: "muted" }, detail)), step && h("a", { class: "button", href: step[0] }, step[1]));
}

/** @param {any} told @param {number} now @returns {Task[]} */
export function reasonsToAct(told, now) {
  return [key(told), reports(told, now), list(told, now), expiring(told)].flatMap((it) => it ?? []);
}

function key(told) {
  if (told.has_signing_key) return null;
  return { look: "bad", words: w("署名の鍵がないため、資格確認書とスマホ保険証を交付できません。", "There is no signing key: neither certificates nor tokens can be issued."), detail: w("システムの運用担当に伝えてください（shikaku keys new）。", "Tell whoever runs the system (shikaku keys new)."), step: null };
}

function reports(told, now) {
  if (!told.open_reports) return null;
  const age = ago(now - Date.parse(told.oldest_report_at));
  return { look: "warn", words: w(`本人からの申出 ${count(told.open_reports)}件が回答を待っています`, `Reports from members that await an answer: ${count(told.open_reports)}`), detail: w(`いちばん古いものは${age}`, `The oldest was filed ${age}`), step: ["#/reports", w("申出に答える", "Answer them")] };
}

function list(told, now) {
  const isFresh = told.delivered_at && now - Date.parse(told.delivered_at) < OLD_LIST_MS;
  if (isFresh) return null;
  const words = told.delivered_at ? w("加入者の一覧が1か月以上登録されていません", "No member list was committed for more than a month") : w("加入者の一覧がまだ登録されていません", "No member list was committed yet");
  return { look: "warn", words, detail: w("医療機関の画面には、データの古さが表示されます。", "Clinics are shown how old the data is."), step: ["#/list", w("加入者一覧を登録する", "Register a list")] };
}

function expiring(told) {
  const number = told.certificates_expiring;
  if (!number) return null;
  const many = number === MOST_EXPIRING ? w(`${count(number)}件以上`, `${count(number)} or more`) : w(`${count(number)}件`, count(number));
  return { look: "key", words: w(`${told.expiring_days}日以内に期限が切れる資格確認書 ${many}`, `Certificates that expire within ${told.expiring_days} days: ${many}`), detail: w("スマホのない方には、郵送でお知らせできます。", "Members without a phone can be told by letter."), step: ["#/reminders", w("お知らせの一覧を作る", "Make the file of letters")] };
}

/** When the members' data was last told. @param {any} told @param {number} now */
export function freshness(told, now) {
  if (!told.delivered_at) return null;
  const at = Date.parse(told.delivered_at);
  return h("section", { "aria-labelledby": "fresh-title" }, h("h2", { id: "fresh-title" }, w("加入者データの新しさ", "How fresh the members’ data is")), h("dl", { class: "facts" }, h("dt", {}, w("最後の登録・確認", "Last committed or confirmed")), h("dd", {}, instant(told.delivered_at), w("（", " ("), ago(now - at), w("）", ")"))));
}
