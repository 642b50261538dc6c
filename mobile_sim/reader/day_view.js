// Choosing a day of service other than today, with a claim's reason where one is needed.

import { dayOf } from "/pages/kit/dates.js";
import { h } from "/pages/kit/dom.js";
import { w } from "/pages/kit/language.js";
import { inBothCalendars, readTypedDay } from "/pages/kit/typed_day.js";
import { awayWords, CLAIM_REASONS, dayTrouble, needsReason } from "./service_day.js";

const DAY_MS = 86_400_000;

/**
 * @param {{day: string, reason: string}} chosen @param {string} today YYYY-MM-DD
 * @param {{choose: (day: string, reason: string) => void, today: () => void, back: () => void}} ways
 */
export function dayView(chosen, today, ways) {
  const told = h("output", { id: "day-told", class: "told", for: "day", "aria-live": "polite" });
  const reasons = reasonChoice(chosen.reason);
  const typed = h("input", { id: "day", autocomplete: "off", required: true, "data-first": true, value: chosen.day, "aria-describedby": "day-hint day-told", oninput: () => listen(typed, told, reasons, today) });
  const send = (event) => {
    event.preventDefault();
    const { iso } = readTypedDay(typed.value);
    if (iso === today) ways.today();
    else ways.choose(iso, needsReason(iso, today) ? new FormData(event.target).get("reason")?.toString() ?? "" : "");
  };
  const form = h(
    "form",
    { class: "card narrow", onsubmit: send, "aria-labelledby": "title" },
    h("h1", { id: "title", tabindex: "-1" }, w("受診日を変える", "Another day of service")),
    h("p", {}, w("前後31日以内の日はそのまま確認できます。それより前（5年前まで）は、請求の理由を選びます。", "Days within 31 days are answered as they are; further back, up to five years, with a claim's reason.")),
    h("label", { for: "day" }, w("受診日", "Day of service"), h("span", { id: "day-hint", class: "hint" }, w("例: R8.11.1、令和8年11月1日、2026-11-01", "For example R8.11.1, 令和8年11月1日 or 2026-11-01"))),
    typed,
    told,
    quickDays(today, typed),
    reasons,
    h("div", { class: "buttons" }, h("button", { class: "first" }, w("この日で確認する", "Ask for this day")), h("button", { type: "button", onclick: ways.today }, w("今日に戻す", "Back to today")), h("button", { type: "button", onclick: ways.back }, w("やめる（Esc）", "Cancel (Esc)"))),
  );
  listen(typed, told, reasons, today);
  return form;
}

function listen(typed, told, reasons, today) {
  const { iso, trouble: unread } = readTypedDay(typed.value);
  const trouble = unread || (iso && dayTrouble(iso, today));
  told.textContent = trouble || (iso && `${inBothCalendars(iso)} ${awayWords(iso, today)}`);
  told.classList.toggle("error", Boolean(trouble));
  typed.setCustomValidity(iso && !trouble ? "" : trouble || w("日付として読めません。", "This cannot be read as a date."));
  typed.setAttribute("aria-invalid", String(Boolean(trouble)));
  reasons.hidden = !iso || Boolean(trouble) || !needsReason(iso, today);
  reasons.disabled = reasons.hidden;
}

function reasonChoice(chosen) {
  const choice = ([code, words]) => h("label", { class: "choice" }, h("input", { type: "radio", name: "reason", value: code, required: true, checked: code === chosen }), words());
  return h("fieldset", { id: "reasons", hidden: true }, h("legend", {}, w("31日より前の日を確認する理由", "Why a day more than 31 days back is asked")), CLAIM_REASONS.map(choice));
}

function quickDays(today, typed) {
  const take = (iso) => {
    typed.value = iso;
    typed.dispatchEvent(new Event("input"));
    typed.focus();
  };
  const before = (days) => dayOf(Date.parse(`${today}T12:00:00+09:00`) - days * DAY_MS);
  const lastOfMonth = before(Number(today.slice(8)));
  const days = [[w("昨日", "Yesterday"), before(1)], [w("おととい", "Two days ago"), before(2)], [w("先月の末日", "Last day of last month"), lastOfMonth]];
  return h("div", { class: "buttons" }, days.map(([words, iso]) => h("button", { type: "button", class: "quiet", onclick: () => take(iso) }, words)));
}

/** The sign that another day than today is asked for; nothing for today. @param {{day: string, notice: string}} chosen @param {string} today @param {{today: () => void, day: () => void}} ways */
export function daySign({ day: chosen, notice }, today, ways) {
  if (!chosen) return notice ? h("p", { id: "day-sign", class: "note good", role: "status" }, notice) : null;
  return h(
    "div",
    { id: "day-sign", class: "day-sign", role: "status" },
    h("strong", {}, w(`受診日は ${inBothCalendars(chosen)} です`, `Day of service: ${inBothCalendars(chosen)}`)),
    h("span", {}, w(`今日ではありません（${awayWords(chosen, today)}）。10分で今日に戻ります。`, `Not today (${awayWords(chosen, today)}). It goes back to today in 10 minutes.`)),
    h("span", { class: "buttons" }, h("button", { type: "button", id: "back-to-today", onclick: ways.today }, w("今日に戻す", "Back to today")), h("button", { type: "button", onclick: ways.day }, w("変える（F8）", "Change (F8)"))),
  );
}
