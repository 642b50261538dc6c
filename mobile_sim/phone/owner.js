// What a person's phone asks the server: the status now, a token in time, the next challenge.

import { decodeText } from "/pages/kit/base64url.js";
import { open } from "/pages/kit/jose.js";
import { connectionOf, cupboard, endOf } from "./people.js";
import { nameIn } from "./token.js";

/** @typedef {import("./people.js").Person} Person */

/** The person with the newest status. @param {Person} person @returns {Promise<Person>} */
export async function freshStatus(person) {
  const connection = connectionOf(person);
  const status = await connection.ask("GET", "/v1/patient/status");
  const token = await tokenFor(connection, status);
  return { ...person, status, delegation: status.delegation, at: connection.clock.now(), handle: token?.handle ?? null, goodUntil: endOf(token), name: nameIn(token?.token) || person.name };
}

const RENEW_BEFORE_MS = 24 * 3_600_000;

/** A token that is good for another day at least, if there is coverage. */
async function tokenFor(connection, { token }) {
  const left = token ? Date.parse(token.expires_at) - connection.clock.now() : 0;
  if (left > RENEW_BEFORE_MS) return token;
  return connection.ask("POST", "/v1/patient/tokens", {}).catch(() => token);
}

/**
 * The server itself says that it knows this key no more, or shows nothing to it. Any other
 * refusal ends nobody: a hotel's network answers 401 as well, and a key cannot be had again.
 * @param {any} error
 */
export const isEnded = (error) => error.code === "invalid_client" || error.code === "not-on-this-phone";

/**
 * The server's challenge for the next code, and its signed time; null without network.
 * @param {import("/pages/kit/connection.js").Connection} connection @param {() => void} onEnded the key is known no more
 */
export async function freshChallenge(connection, onEnded) {
  try {
    const { server_time } = await connection.ask("POST", "/v1/patient/challenges", {});
    const told = await open(server_time, "shikaku-time+jwt", await publishedKeys(connection, server_time));
    connection.clock.set(told.iat * 1000);
    await cupboard.put("correction", connection.clock.correction).catch(() => {}); // good for now, kept or not
    return told.challenge ?? null;
  } catch (error) {
    if (isEnded(error)) onEnded();
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
