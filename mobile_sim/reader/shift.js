// The shift (勤務): opened by a desk PIN, locked when nobody is there, forgotten at its end.

import { encode } from "/pages/kit/base64url.js";
import { cupboard } from "./terminal.js";

const ROUNDS = 600_000; // PBKDF2-HMAC-SHA-256, as OWASP's cheat sheet asks for
const TRIES = 5;
const MINUTE_MS = 60_000;
const PAUSE_MS = MINUTE_MS;
const IDLE = "shikaku-reader-idle-minutes";
/** After how many minutes the desk may lock itself; the second is usual. */
export const MINUTES = [2, 5, 10, 15, 30];
const SIGNS_OF_LIFE = ["pointerdown", "keydown"];
export const PIN = /^[0-9]{4,8}$/;

/** Whether a PIN has been chosen on this terminal. */
export const hasPin = async () => Boolean(await cupboard.get("pin"));

/** Choose the desk's PIN; only a digest is kept. @param {string} pin */
export async function choosePin(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await cupboard.put("pin", { salt, digest: await digestOf(pin, salt), wrong: 0, until: 0 });
}

/** How long nobody may try any more, in milliseconds; 0 if one may. */
export async function pauseLeft() {
  const kept = await cupboard.get("pin");
  return Math.max(0, (kept?.until ?? 0) - Date.now());
}

/** Whether it is the desk's PIN; after five wrong ones, a minute's pause. @param {string} pin */
export async function isPin(pin) {
  const kept = await cupboard.get("pin");
  const isRight = kept.digest === (await digestOf(pin, kept.salt));
  const wrong = isRight ? 0 : kept.wrong + 1;
  const until = wrong && wrong % TRIES === 0 ? Date.now() + PAUSE_MS : 0;
  await cupboard.put("pin", { ...kept, wrong, until });
  return isRight;
}

async function digestOf(pin, salt) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return encode(await crypto.subtle.deriveBits(how, key, 256));
}

/** After how many minutes without a touch the desk locks. */
export function idleMinutes() {
  const chosen = Number(localStorage.getItem(IDLE));
  return MINUTES.includes(chosen) ? chosen : MINUTES[1];
}

/** @param {number} minutes */
export const setIdleMinutes = (minutes) => localStorage.setItem(IDLE, String(minutes));

/**
 * Call `lock` when nobody has touched anything for so long, with the last instant of life;
 * the answer tells of another sign of life. Timers stand still while a device sleeps: the
 * clock is looked at when somebody is there again.
 * @param {(since: number) => void} lock
 */
export function lockWhenIdle(lock) {
  let [timer, since] = [0, Date.now()];
  const allowed = () => idleMinutes() * MINUTE_MS;
  const look = () => Date.now() - since >= allowed() && lock(since);
  const live = () => {
    look();
    since = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => lock(since), allowed());
  };
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, live, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  live();
  return live;
}
