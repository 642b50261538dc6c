// Figures as told day by day, gathered into spans and kinds that a chart can show.

import { w } from "/pages/kit/language.js";

const BY_DAY = 31;
const BY_WEEK = 120;
const BAD = ["bad-signature", "unknown-issuer", "replayed"];
const NOT_USABLE = ["document-expired", "suspended", "revoked", "stale", "wrong-kind", "unreadable"];
const UNCERTAIN = ["could-not-check", "hidden", "registration-in-progress", "several-persons", "several-coverages"];

/** @typedef {{days: any[], words: () => string, short: () => string}} Span */

const checks = (wanted) => (span) => span.days.reduce((total, day) => total + day.checks.filter((it) => wanted(it.outcome)).reduce((before, it) => before + it.count, 0), 0);
const among = (outcomes) => checks((outcome) => outcomes.includes(outcome));
const number = (name) => (span) => span.days.reduce((total, day) => total + day[name], 0);

/** What clinics were answered, in five kinds. */
export const GROUPS = [
  { label: () => w("有効", "Valid"), of: among(["valid"]) },
  { label: () => w("無効・該当なし", "Not covered or not found"), of: checks((outcome) => outcome !== "valid" && ![...BAD, ...NOT_USABLE, ...UNCERTAIN].includes(outcome)) },
  { label: () => w("期限切れ・停止など", "Expired, suspended and the like"), of: among(NOT_USABLE) },
  { label: () => w("偽造・使い回しの疑い", "Maybe forged or copied"), of: among(BAD) },
  { label: () => w("確認できず・点検中", "Could not tell"), of: among(UNCERTAIN) },
];
export const PAPERS = [
  { label: () => w("交付", "Issued"), of: number("certificates_issued") },
  { label: () => w("停止", "Suspended"), of: number("certificates_suspended") },
  { label: () => w("失効", "Revoked"), of: number("certificates_revoked") },
];
export const PHONES = [{ label: () => w("登録", "Activated"), of: number("phones_activated") }];

/** All kinds of one span together. @param {any[]} series @param {Span} span */
export const sum = (series, span) => series.reduce((total, it) => total + it.of(span), 0);

/** Days as they are, or gathered into weeks or months, so that a chart has few bars. @param {any[]} days @returns {Span[]} */
export function spans(days) {
  if (days.length <= BY_DAY) return days.map((it) => span([it]));
  if (days.length <= BY_WEEK) return weeks(days).map(span);
  return months(days).map(span);
}

/** A row for every day, for a spreadsheet. @param {any[]} days */
export function csv(days) {
  const outcomes = [...new Set(days.flatMap((day) => day.checks.map((it) => it.outcome)))].sort();
  const names = ["certificates_issued", "certificates_suspended", "certificates_revoked", "phones_activated"];
  const heading = ["on", ...outcomes.map((it) => `checks:${it}`), ...names];
  const row = (day) => [day.on, ...outcomes.map((outcome) => day.checks.find((it) => it.outcome === outcome)?.count ?? 0), ...names.map((it) => day[it])];
  const lines = [heading, ...days.map(row)].map((cells) => cells.join(","));
  return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
}

const short = (on) => `${Number(on.slice(5, 7))}/${Number(on.slice(8))}`;

function span(days) {
  const [first, last] = [days[0].on, days[days.length - 1].on];
  const isDay = first === last;
  return { days, short: () => short(first), words: () => (isDay ? first : `${first} – ${last}`) };
}

/** Sevens, counted back from today. */
function weeks(days) {
  const made = [];
  for (let end = days.length; end > 0; end -= 7) made.unshift(days.slice(Math.max(0, end - 7), end));
  return made;
}

function months(days) {
  const named = [...new Set(days.map((day) => day.on.slice(0, 7)))];
  return named.map((month) => days.filter((day) => day.on.startsWith(month)));
}
