// How old the data may be by which a paper is judged without network: set by the clinic.
//
// A status list ends by itself after some hours (its `exp`); the clinic may be stricter.

const KEPT = "shikaku-reader-offline-hours";
const HOUR_MS = 3_600_000;

/** Hours that may be chosen; the last is as long as the house's lists live. */
export const HOURS = [1, 2, 3, 6];

/** The hours chosen. */
export function hoursAllowed() {
  const kept = Number(localStorage.getItem(KEPT));
  return HOURS.includes(kept) ? kept : HOURS[HOURS.length - 1];
}

/** @param {number} hours */
export const allowHours = (hours) => localStorage.setItem(KEPT, String(hours));

/** Whether data of then may still be used now. @param {number} asOf @param {number} now milliseconds */
export const isYoungEnough = (asOf, now) => now - asOf <= hoursAllowed() * HOUR_MS;
