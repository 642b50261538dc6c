// Fetches keys and status lists anew while there is network, before they are needed.

import { openStatusList } from "../paper/status_list.js";
import { keepKeys, keepList } from "./trust_data.js";

const PATIENCE_MS = 20_000;
const SOONEST_MS = 60_000;
const USUAL_MS = 300_000;

/**
 * Fetch everything once. What does not verify replaces nothing.
 * @param {import("/pages/kit/connection.js").Connection} connection
 * @returns {Promise<number>} in how many milliseconds it is worth asking again
 */
export async function refresh(connection) {
  const issuer = await connection.issuer();
  const { keys } = await connection.openly("GET", "/.well-known/jwks.json");
  const { clock } = connection;
  await keepKeys({ issuer, keys, fetchedAt: clock.now(), correction: clock.correction });
  const { status_lists: addresses } = await connection.openly("GET", "/status");
  const lives = [];
  for (const uri of addresses) if (uri.startsWith(`${issuer}/`)) lives.push(await fetchList(uri, issuer, keys, clock.now()));
  return Math.max(SOONEST_MS, Math.min(USUAL_MS, ...lives));
}

async function fetchList(uri, issuer, keys, at) {
  const answer = await fetch(uri.slice(issuer.length), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) return USUAL_MS;
  const token = await answer.text();
  const { ttl, issuedAt } = await openStatusList(token, uri, keys, at);
  await keepList(uri, token, issuedAt);
  return ttl || USUAL_MS;
}
