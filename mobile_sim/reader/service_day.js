// The day of service (受診日): today, unless somebody chose another, and never for long.
//
// A day that was forgotten would answer for the wrong day: it goes back to today by
// itself, at the end of some minutes and at every lock, and says that it did.

import { w } from "/pages/kit/language.js";

const STAYS_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const FREE_DAYS = 31; // as backend/verifying/limits.py: further needs a claim's reason
const LONGEST_CLAIM_DAYS = 5 * 366;

/** Why a day further back is asked; the codes of backend/verifying/question.py. @type {[string, () => string][]} */
export const CLAIM_REASONS = [
  ["late-claim", () => w("月遅れの請求", "a late claim")],
  ["returned-claim", () => w("返戻された請求の再請求", "a claim that was returned")],
  ["corrected-claim", () => w("請求の訂正", "a claim to be corrected")],
];

/** Days from today to a day; negative is past. @param {string} day @param {string} today */
export const daysFrom = (day, today) => Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);

/** Whether a claim's reason must be told. @param {string} day @param {string} today */
export const needsReason = (day, today) => daysFrom(day, today) < -FREE_DAYS;

/** Why a day cannot be asked at all; "" if it can. @param {string} day @param {string} today */
export function dayTrouble(day, today) {
  const away = daysFrom(day, today);
  if (away > FREE_DAYS) return w(`${FREE_DAYS}日より先の日は確認できません（${away}日先です）。`, `No more than ${FREE_DAYS} days ahead can be asked (this is ${away}).`);
  if (away < -LONGEST_CLAIM_DAYS) return w("5年より前の日は確認できません。", "No more than five years back can be asked.");
  return "";
}

/** 26日前, 3日後. @param {string} day @param {string} today */
export function awayWords(day, today) {
  const away = daysFrom(day, today);
  if (away === 0) return w("今日", "today");
  return away < 0 ? w(`${-away}日前`, `${-away} days ago`) : w(`${away}日後`, `in ${away} days`);
}

/** The day that the next checks are asked for. */
export class ServiceDay {
  day = "";
  reason = "";
  /** Said once, after the day went back by itself. */
  notice = "";
  #timer = 0;

  /** @param {() => void} onBack called when the day went back to today by itself */
  constructor(onBack) {
    this.onBack = onBack;
  }

  /** @param {string} day @param {string} reason */
  choose(day, reason) {
    Object.assign(this, { day, reason, notice: "" });
    this.stay();
  }

  /** It is needed still: the minutes begin anew. */
  stay() {
    clearTimeout(this.#timer);
    if (this.day) this.#timer = setTimeout(() => this.#goBack(), STAYS_MS);
  }

  /** What a question says of its day; nothing for today. */
  asked() {
    this.notice = "";
    if (!this.day) return {};
    this.stay();
    return { on: this.day, ...(this.reason ? { claim_reason: this.reason } : {}) };
  }

  /** By hand: nothing needs to be said. */
  backToToday() {
    clearTimeout(this.#timer);
    Object.assign(this, { day: "", reason: "", notice: "" });
  }

  /** The shift is interrupted or over. */
  lock() {
    const wasAnother = this.day !== "";
    this.backToToday();
    if (wasAnother) this.notice = w("受診日は「今日」に戻っています。", "The day of service is today again.");
  }

  #goBack() {
    this.backToToday();
    this.notice = w("10分たったので、受診日を「今日」に戻しました。", "Ten minutes have passed: the day of service is today again.");
    this.onBack();
  }
}
