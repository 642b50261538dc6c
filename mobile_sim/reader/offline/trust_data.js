// What a paper is judged by without network: published keys and status lists, kept between
// shifts. They are public and hold no personal data.

import { openStatusList, StatusUnknownError } from "../paper/status_list.js";
import { cupboard } from "../terminal.js";

const KEYS = "published-keys";
const LIST = "status-list ";

/** @typedef {import("../paper/certificate_code.js").PublishedKey} PublishedKey */
/** @typedef {{issuer: string, keys: PublishedKey[], fetchedAt: number, correction: number}} PublishedKeys `correction`: of this device's clock */

/** The published keys, and where the house stands. @returns {Promise<PublishedKeys|null>} */
export const publishedKeys = async () => (await cupboard.get(KEYS)) ?? null;

/** @param {PublishedKeys} published */
export const keepKeys = (published) => cupboard.put(KEYS, published);

/** @param {string} uri @param {string} token @param {number} issuedAt */
export const keepList = (uri, token, issuedAt) => cupboard.put(LIST + uri, { token, issuedAt });

/** The lists that are kept: whose, and since when each is true. @returns {Promise<{uri: string, issuedAt: number}[]>} */
export async function keptLists() {
  const names = (await cupboard.names()).filter((name) => name.startsWith(LIST));
  return Promise.all(names.map(async (name) => ({ uri: name.slice(LIST.length), issuedAt: (await cupboard.get(name)).issuedAt })));
}

/**
 * The kept list of this address, verified, true at this instant; null if none is kept, or
 * its signer is published no more. Throws StatusUnknownError if it is out of date.
 * @param {string} uri @param {PublishedKey[]} keys @param {number} at
 */
export async function keptList(uri, keys, at) {
  const kept = await cupboard.get(LIST + uri);
  if (!kept) return null;
  return openStatusList(kept.token, uri, keys, at).catch((error) => {
    if (error instanceof StatusUnknownError) throw error;
    return null;
  });
}
