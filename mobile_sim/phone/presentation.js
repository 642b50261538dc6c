// 提示: the code that the phone makes itself, fresh and for one use (credentials/presentation.py).

import { decode } from "/pages/kit/base64url.js";
import { sign } from "/pages/kit/jose.js";
import { PHONE, pack } from "/pages/kit/transport.js";
import { cupboard } from "./people.js";

const DOMAIN = new TextEncoder().encode("shikaku presentation 1\0");
const OFFLINE = 1;
const CHALLENGED = 2;
const COPY = 3;
const NEWEST_S = 30; // how far ahead the server takes a code

/**
 * The text of a code made at this second, by the phone's key.
 * @param {CryptoKeyPair} key @param {string} handle @param {number} seconds @param {string|null} challenge
 */
export const makeCode = (key, handle, seconds, challenge) =>
  challenge ? sealed(key, CHALLENGED, handle, seconds, decode(challenge)) : sealed(key, OFFLINE, handle, seconds, new Uint8Array());

/**
 * The text of the code beside a certificate's copy (写し); spent like any other.
 * @param {CryptoKeyPair} key @param {string} handle @param {number} seconds @param {string} serial
 */
export const makeCopyCode = (key, handle, seconds, serial) => sealed(key, COPY, handle, seconds, new TextEncoder().encode(serial.replaceAll("-", "")));

async function sealed(key, kind, handle, seconds, more) {
  const instant = new Uint8Array(4);
  new DataView(instant.buffer).setUint32(0, await nextSecond(seconds));
  const message = joined([Uint8Array.of(kind), decode(handle), instant, more]);
  return pack(PHONE, joined([message, await sign(key, joined([DOMAIN, message]))]));
}

/** No two codes of one second, in any tab: the second would pass for the first. */
const nextSecond = (seconds) => navigator.locks.request("shikaku-phone-second", () => counted(seconds));

let newest = 0;

/**
 * A second noted more than half a minute ahead is a wrong clock's: such codes are refused
 * unspent. Where the device can keep nothing, this page remembers.
 */
async function counted(seconds) {
  const last = Math.max(newest, (await cupboard.get("second").catch(() => 0)) ?? 0);
  newest = last - seconds > NEWEST_S ? seconds : Math.max(seconds, last + 1);
  await cupboard.put("second", newest).catch(() => {});
  return newest;
}

function joined(parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((place, part) => (made.set(part, place), place + part.length), 0);
  return made;
}
