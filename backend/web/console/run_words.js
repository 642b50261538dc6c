// Words for runs: what they do, where they stand, how many and how long.

import { h } from "/pages/kit/dom.js";
import { language, said, w } from "/pages/kit/language.js";

/** A number with its separators. @param {number} number */
export const count = (number) => number.toLocaleString(language() === "ja" ? "ja-JP" : "en-GB");

/** The forms of a certificate. */
/** @type {[string, () => string][]} */
export const FORMS = [
  ["a4", () => w("A4判", "A4 sheet")],
  ["postcard", () => w("はがき", "Postcard")],
  ["card", () => w("カード", "Card")],
];

/** The reasons for a withdrawal. */
/** @type {[string, () => string][]} */
export const REASONS = [
  ["lost", () => w("紛失", "Lost")],
  ["stolen", () => w("盗難", "Stolen")],
  ["returned", () => w("返納", "Returned")],
  ["replaced", () => w("再交付", "Replaced")],
  ["error", () => w("誤交付・誤記載", "Issued in error")],
  ["death", () => w("死亡", "Death")],
  ["key-compromised", () => w("署名鍵の漏えい", "Signing key compromised")],
  ["other", () => w("その他", "Other")],
];

/** The steps of a withdrawal. */
/** @type {[string, () => string][]} */
export const STEPS = [
  ["revoked", () => w("失効", "Revoke")],
  ["suspended", () => w("使用停止", "Suspend")],
  ["reinstated", () => w("停止の解除", "Reinstate")],
];

/** The word of a code in one of these lists; the code itself if it is none of them. @param {any[]} list @param {string} code */
export const wordOf = (list, code) => list.find(([value]) => value === code)?.[1]() ?? code;

/** What a run does. @param {any} run */
export function runKind(run) {
  if (run.kind === "issue") return w(`資格確認書の交付（${wordOf(FORMS, run.asked)}）`, `Issue certificates (${wordOf(FORMS, run.asked)})`);
  const [step, reason] = run.asked.split(":");
  const words = wordOf(STEPS, step);
  return reason ? w(`一括${words}（${wordOf(REASONS, reason)}）`, `${words} by list (${wordOf(REASONS, reason)})`) : words;
}

const LOOKS = { "awaiting-approval": "warn", finished: "good", cancelled: "", abandoned: "bad", ready: "key", receiving: "key" };

/** Where a run stands, as word and colour. @param {any} run */
export function stateBadge(run) {
  const words = run.state === "ready" ? w("処理中", "Under way") : said(run.state_words);
  return h("span", { class: `badge ${LOOKS[run.state] ?? ""}` }, words);
}

/** How long, in the coarsest words that serve. @param {number} seconds */
export function howLong(seconds) {
  if (seconds < 60) return w(`${seconds}秒`, `${seconds} s`);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return w(`約${minutes}分`, `about ${minutes} min`);
  return w(`約${Math.floor(minutes / 60)}時間${minutes % 60}分`, `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`);
}
