// An insurer's list of withdrawn papers (失効リスト): Token Status List, two bits each.
//
// Where a list cannot be read, or is out of date, nothing is known: that is never "not
// withdrawn".

import { decode } from "/pages/kit/base64url.js";
import { NotGenuineError, open } from "/pages/kit/jose.js";
import { inflated } from "./inflating.js";

const TYP = "statuslist+jwt";
const MAX_TOKEN = 2 ** 21; // characters
const MAX_OCTETS = 2 ** 20; // four million papers
const CLOCK_SKEW_MS = 60_000;
const STATUSES = ["valid", "invalid", "suspended"];

/** The list says nothing about this paper now. */
export class StatusUnknownError extends Error {}

/**
 * @typedef {{packed: Uint8Array, issuedAt: number, ttl: number}} StatusList
 * `issuedAt` in milliseconds; `ttl`, how long it may be kept unasked, too
 */

/**
 * The list of this address, true at the instant `at`.
 *
 * (1) signed by a published key, (2) of the insurer of the address; (3) this very list;
 * (4) neither from the future nor out of date; (5) two bits each. Throws
 * NotGenuineError or StatusUnknownError.
 * @param {string} token @param {string} uri @param {import("./certificate_code.js").PublishedKey[]} keys @param {number} at milliseconds
 * @returns {Promise<StatusList>}
 */
export async function openStatusList(token, uri, keys, at) {
  if (token.length > MAX_TOKEN) throw new NotGenuineError("malformed");
  const insurer = /\/status\/([0-9]+)\/[0-9]+$/.exec(uri)?.[1];
  const own = keys.filter((key) => key.insurer && key.insurer === insurer); // (2)
  const claims = await open(token, TYP, own); // (1)
  if (claims.sub !== uri) throw new NotGenuineError("misdirected"); // (3)
  const [issuedAt, endsAt] = [claims.iat * 1000, claims.exp * 1000];
  if (!(issuedAt <= at + CLOCK_SKEW_MS) || !(at < endsAt)) throw new StatusUnknownError("out of date"); // (4)
  if (claims.status_list?.bits !== 2) throw new NotGenuineError("malformed"); // (5)
  return { packed: await unpackedList(claims.status_list.lst), issuedAt, ttl: (claims.ttl || 0) * 1000 };
}

/** The bytes of `lst`; throws NotGenuineError. @param {string} lst */
export async function unpackedList(lst) {
  try {
    return await inflated(decode(lst), "deflate", MAX_OCTETS);
  } catch {
    throw new NotGenuineError("malformed");
  }
}

/** The status at a place; StatusUnknownError outside the list, or for one never written. @param {StatusList} list @param {number} index */
export function statusAt({ packed }, index) {
  if (!Number.isInteger(index) || index < 0 || index >= packed.length * 4) throw new StatusUnknownError("no such place");
  const status = STATUSES[(packed[index >> 2] >> ((index & 3) * 2)) & 3];
  if (!status) throw new StatusUnknownError("a status that is never written");
  return status;
}
