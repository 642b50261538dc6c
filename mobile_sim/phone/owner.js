// Whose phone it is: the key, the token's handle, and the status as it was last heard.

import { Connection } from "/pages/kit/connection.js";
import { makeKey, open } from "/pages/kit/jose.js";
import { askToKeep, Cupboard } from "/pages/kit/kept.js";

export const cupboard = new Cupboard("phone");

/** A phone whose key this is, or null before activation. @returns {Promise<Connection|null>} */
export async function activatedPhone() {
  const [key, clientId] = [await cupboard.get("key"), await cupboard.get("client")];
  return key && clientId ? new Connection(key, clientId) : null;
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
    const { keys } = await connection.openly("GET", "/.well-known/jwks.json");
    const told = await open(server_time, "shikaku-time+jwt", keys);
    connection.clock.set(told.iat * 1000);
    return told.challenge ?? null;
  } catch {
    return null;
  }
}

/** Forget key and all else: the phone must be activated anew. */
export const forget = () => cupboard.empty();
