// Whose phone it is: the key, the token's handle, and the status as it was last heard.

import { decodeText } from "/pages/kit/base64url.js";
import { Connection } from "/pages/kit/connection.js";
import { makeKey, open } from "/pages/kit/jose.js";
import { askToKeep, Cupboard } from "/pages/kit/kept.js";

export const cupboard = new Cupboard("phone");

/** A phone whose key this is, or null before activation. @returns {Promise<Connection|null>} */
export async function activatedPhone() {
  const [key, clientId] = [await cupboard.get("key"), await cupboard.get("client")];
  if (!key || !clientId) return null;
  const connection = new Connection(key, clientId);
  connection.clock.correction = (await cupboard.get("correction")) ?? 0; // until we hear better
  return connection;
}

/**
 * Spend the letter's code. The key is kept before it is asked for: whoever lost the
 * answer sends the same code again, for ten minutes.
 * @param {string} code @param {string} name
 */
export async function activate(code, name) {
  const key = (await cupboard.get("key")) ?? (await makeKey());
  await cupboard.put("key", key);
  await askToKeep();
  const connection = new Connection(key, null);
  const answer = await connection.enrol("/v1/activations", code, { name });
  await cupboard.put("client", answer.client_id);
  await cupboard.put("handle", answer.handle);
  return connection;
}

/** The newest status, kept with the instant at which it was heard. @param {Connection} connection */
export async function freshStatus(connection) {
  const status = await connection.ask("GET", "/v1/patient/status");
  const handle = await handleFor(connection, status);
  const heard = { status, at: connection.clock.now(), handle };
  await cupboard.put("handle", handle);
  await cupboard.put("heard", heard);
  return heard;
}

const RENEW_BEFORE_MS = 24 * 3_600_000;

/** The handle of a token that is good for another day at least, if there is coverage. */
async function handleFor(connection, { token }) {
  const left = token ? Date.parse(token.expires_at) - connection.clock.now() : 0;
  if (left > RENEW_BEFORE_MS) return token.handle;
  const renewed = await connection.ask("POST", "/v1/patient/tokens", {}).catch(() => null);
  return renewed?.handle ?? token?.handle ?? null;
}

/** The server's challenge for the next code, and its signed time; null without network. @param {Connection} connection */
export async function freshChallenge(connection) {
  try {
    const { server_time } = await connection.ask("POST", "/v1/patient/challenges", {});
    const told = await open(server_time, "shikaku-time+jwt", await publishedKeys(connection, server_time));
    connection.clock.set(told.iat * 1000);
    await cupboard.put("correction", connection.clock.correction);
    return told.challenge ?? null;
  } catch {
    return null;
  }
}

/** @type {{kid: string}[]} */
let published = [];

/** The server's keys, asked for again when a token names one that is new. */
async function publishedKeys(connection, token) {
  const { kid } = JSON.parse(decodeText(token.split(".")[0]));
  if (!published.some((key) => key.kid === kid)) published = (await connection.openly("GET", "/.well-known/jwks.json")).keys;
  return published;
}

/** The server knows this phone no more: it must be activated anew, with the same key. */
export async function forgetActivation() {
  for (const name of ["client", "handle", "heard"]) await cupboard.remove(name);
}

/** Forget key and all else: the phone must be activated anew. */
export const forget = () => cupboard.empty();
