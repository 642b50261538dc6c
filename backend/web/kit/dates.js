// Days and instants as people read them: in Japan's time, with the era's year in Japanese.

import { language, w } from "./language.js";

const ZONE = "Asia/Tokyo";
const format = (tag, options) => new Intl.DateTimeFormat(tag, { timeZone: ZONE, ...options });
const DAY = { year: "numeric", month: "long", day: "numeric" };
const ERA = format("ja-JP-u-ca-japanese", { era: "long", ...DAY });
const JA = format("ja-JP", DAY);
const EN = format("en-GB", DAY);
const WEEKDAY = { ja: format("ja-JP", { weekday: "short" }), en: format("en-GB", { weekday: "short" }) };
const TIME = format("ja-JP", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const ISO = format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" });

/** 令和8年11月27日（2026年） or 27 November 2026. @param {string} iso YYYY-MM-DD */
export function day(iso) {
  const noon = new Date(`${iso}T12:00:00+09:00`);
  return w(`${ERA.format(noon)}（${iso.slice(0, 4)}年）`, EN.format(noon));
}

/** The day in Japan of an instant, YYYY-MM-DD. @param {number} ms */
export const dayOf = (ms) => ISO.format(new Date(ms));

/** Day, weekday and time in Japan. @param {string|number} at */
export function instant(at) {
  const when = new Date(at);
  return `${(language() === "ja" ? JA : EN).format(when)}${w(`（${WEEKDAY.ja.format(when)}）`, `, ${WEEKDAY.en.format(when)}, `)}${TIME.format(when)}`;
}

/** The time of day in Japan, HH:MM. @param {string|number} at */
export const time = (at) => TIME.format(new Date(at));

/** How long ago, roughly. @param {number} ms */
export function ago(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return w("たった今", "just now");
  if (minutes < 60) return w(`${minutes}分前`, `${minutes} min ago`);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return w(`${hours}時間前`, `${hours} h ago`);
  return w(`${Math.floor(hours / 24)}日前`, `${Math.floor(hours / 24)} days ago`);
}
