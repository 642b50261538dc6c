// Ready for a lost line (オフラインの備え): what data is at hand, how old, how old it may be.

import { ago, instant } from "/pages/kit/dates.js";
import { fill, h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { allowHours, HOURS, hoursAllowed, isYoungEnough } from "./age_limit.js";
import { keptLists, publishedKeys } from "./trust_data.js";

/** One line for the counter: how old the lists are. @param {number} now @param {() => void} open */
export function preparedLine(now, open) {
  const told = h("button", { type: "button", class: "quiet", onclick: open }, w("オフラインの備え", "Ready for offline"));
  void keptLists().then((lists) => fill(told, ageOf(lists, now)));
  return h("p", { id: "prepared" }, told);
}

function ageOf(lists, now) {
  if (!lists.length) return w("失効リスト：まだありません", "Withdrawal lists: none yet");
  const oldest = Math.min(...lists.map((it) => it.issuedAt));
  const warning = isYoungEnough(oldest, now) ? "" : w("（古すぎるため、オフラインでは判定しません）", " (too old: nothing is judged offline)");
  return w("失効リスト：", "Withdrawal lists: ") + ago(now - oldest) + warning;
}

/** @param {number} now @param {{refresh: () => Promise<void>, back: () => void}} ways */
export function preparedView(now, { refresh, back }) {
  const held = h("div", {});
  const button = h("button", { type: "button", class: "first", onclick: () => renew() }, w("いま取り直す", "Fetch now"));
  const draw = async () => fill(held, table(await publishedKeys(), await keptLists(), now));
  const renew = async () => {
    button.disabled = true;
    await refresh();
    button.disabled = false;
    await draw();
  };
  void draw();
  return [
    h("h1", { id: "title", tabindex: "-1" }, w("オフラインの備え", "Ready for a lost line")),
    h("p", {}, w("回線が切れたとき、紙の資格確認書が本物か、失効していないかを、この端末のデータだけで判定します。資格があるかどうかは、サーバーだけが答えます。", "When the line is lost, this device's own data tells whether a paper is genuine and not withdrawn. Whether coverage holds, only the server can say.")),
    held,
    limitPicker(),
    h("div", { class: "buttons" }, button, h("button", { type: "button", onclick: back }, w("戻る（Esc）", "Back (Esc)"))),
  ];
}

function table(published, lists, now) {
  const rows = lists.map(({ uri, issuedAt }) => [h("dt", {}, w("失効リスト ", "List "), uri.split("/").slice(-2).join("-")), h("dd", {}, `${instant(issuedAt)}（${ago(now - issuedAt)}）`)]);
  const keys = published && [h("dt", {}, w(`公開鍵 ${published.keys.length}件`, `${published.keys.length} public keys`)), h("dd", {}, `${instant(published.fetchedAt)}（${ago(now - published.fetchedAt)}）`)];
  return keys ? h("dl", { class: "facts" }, keys, rows) : h("p", { class: "note warn" }, w("まだデータがありません。回線があるときに取り直してください。", "No data yet. Fetch it while there is a line."));
}

function limitPicker() {
  const choice = (hours) => h("option", { value: hours, selected: hours === hoursAllowed() }, w(`${hours}時間`, `${hours} h`));
  const select = h("select", { id: "limit", "aria-describedby": "limit-hint", onchange: ({ target }) => allowHours(Number(target.value)) }, HOURS.map(choice));
  return h(
    "div",
    {},
    h("label", { for: "limit" }, w("これより古いデータでは判定しない", "Judge nothing by data older than")),
    select,
    h("p", { id: "limit-hint", class: "hint" }, w("失効リスト自身の期限（発行から6時間）より長くは使えません。", "A list ends by itself six hours after it was issued.")),
  );
}
