// A day as people type it: by era (S60.4.1, 昭和60年4月1日, 3600401) or Western (1985-04-01).
//
// The rules are those of backend/domain/wareki.py; what was understood is read back in
// both calendars, so that an era's digit (1 to 5, 明治 to 令和 [MEM]) deceives nobody.

import { w } from "./language.js";

/** @typedef {{name: string, letter: string, digit: string, year: number, from: string, until: string}} Era */

/** 大正 and 昭和 began on the day itself, which bears two names. Lunar days of 明治 are not read. @type {Era[]} */
const ERAS = [
  { name: "明治", letter: "M", digit: "1", year: 1868, from: "1873-01-01", until: "1912-07-30" },
  { name: "大正", letter: "T", digit: "2", year: 1912, from: "1912-07-30", until: "1926-12-25" },
  { name: "昭和", letter: "S", digit: "3", year: 1926, from: "1926-12-25", until: "1989-01-07" },
  { name: "平成", letter: "H", digit: "4", year: 1989, from: "1989-01-08", until: "2019-04-30" },
  { name: "令和", letter: "R", digit: "5", year: 2019, from: "2019-05-01", until: "2117-12-31" },
];
const WESTERN = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$/;
const BY_ERA = /^(明治|大正|昭和|平成|令和|[MTSHR]) *(?:(\d{1,2}|元) *[年./-] *(\d{1,2}) *[月./-] *(\d{1,2}) *日?|(\d{2})(\d{2})(\d{2}))$/;
const BY_DIGIT = /^([1-5])(\d{2})(\d{2})(\d{2})$/;

/** @typedef {{iso: string, trouble: string}} TypedDay either is "" */
/** @type {TypedDay} */
const NOTHING_YET = { iso: "", trouble: "" };

/** The day typed, or what is wrong with it; neither while nothing can be told yet. @param {string} typed @returns {TypedDay} */
export function readTypedDay(typed) {
  const text = typed.normalize("NFKC").trim().toUpperCase();
  const western = parts(WESTERN, text);
  if (western) return existing(Number(western[0]), western[1], western[2], null);
  const spelled = parts(BY_ERA, text);
  if (spelled) return dayOfEra(spelled);
  const digits = parts(BY_DIGIT, text);
  const day = digits ? dayOfEra(digits) : NOTHING_YET;
  return day.trouble && /^[12]/.test(text) ? NOTHING_YET : day; // seven of eight digits so far
}

/** @returns {TypedDay} */
function dayOfEra([sign, year, month, date]) {
  const era = /** @type {Era} */ (ERAS.find((it) => [it.name, it.letter, it.digit].includes(sign)));
  return existing(era.year + (year === "元" ? 1 : Number(year)) - 1, month, date, era);
}

/** The day in both calendars: 昭和60年4月1日（1985年4月1日）. @param {string} iso */
export function inBothCalendars(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  const era = /** @type {Era} */ (ERAS.findLast((it) => it.from <= iso));
  const yearOfEra = year - era.year + 1;
  const wareki = `${era.name}${yearOfEra === 1 ? "元" : yearOfEra}年${month}月${date}日`;
  return w(`${wareki}（${year}年${month}月${date}日）`, `${iso} (${wareki})`);
}

function parts(pattern, text) {
  return pattern.exec(text)?.slice(1).filter((part) => part !== undefined) ?? null;
}

/** @param {number} year @param {string} month @param {string} date @param {Era|null} era @returns {TypedDay} */
function existing(year, month, date, era) {
  const iso = [String(year).padStart(4, "0"), month.padStart(2, "0"), date.padStart(2, "0")].join("-");
  const day = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(day.valueOf()) || day.toISOString().slice(0, 10) !== iso) return wrong(w("暦にない日付です。", "The calendar has no such day."));
  if (era && (iso < era.from || iso > era.until)) return wrong(w(`${era.name}にない日付です。元号と年を確かめてください。`, `${era.name} has no such day: check era and year.`));
  if (iso < ERAS[0].from) return wrong(w("1873年（明治6年）より前の日付は読めません。", "Days before 1873 cannot be read."));
  return { iso, trouble: "" };
}

/** @param {string} trouble @returns {TypedDay} */
const wrong = (trouble) => ({ iso: "", trouble });
